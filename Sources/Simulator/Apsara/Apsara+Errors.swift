extension Apsara {
    /// The errors that every action can answer with (developer guide, common errors), and those of the newer signature.
    static let commonErrors: [ErrorBook.Row] =
        ownErrors + ErrorBook.platform(without: ["InsufficientBalance", "InternalError"])

    private static let ownErrors: [ErrorBook.Row] = [
        .init(400, "InvalidAccessKeyId.NotFound", "The Access Key ID provided does not exist in our records."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Action\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "An input parameter \"Signature\" that is mandatory for processing the request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Version\" that is mandatory for processing this request is not supplied."),
        .init(400, "UnsupportedParameter", "The parameter is unsupported."),
        .init(
            403, "Forbidden.RAM",
            "User not authorized to operate the specified resource, or this API doesn't support RAM."),
        .init(403, "Forbidden.RiskControl", "This operation is forbidden by Aliyun Risk Control system."),
        .init(
            403, "MissingParameter",
            "The input parameter OwnerId, OwnerAccount that is mandatory for processing this request is not supplied."),
        .init(
            500, "InternalServerError",
            "The request processing has failed due to some unknown error, exception or failure."),
        .init(500, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
    ]

    /// What the public cloud's errors are here, for actions that have no row for them; the first that is documented.
    static let spellings: [String: [CloudError]] = [
        "InternalError": ["InternalServerError"],
        "ImageNotSupportInstanceType": ["InvalidParameter.Conflict"],
        "IncorrectInstanceStatus.Initializing": ["IncorrectInstanceStatus"],
        "IncorrectDiskStatus": ["CreateSnapshot.Failed"],
        "IncorrectDiskStatus.CreatingSnapshot": ["OperationDenied"],
        "DiskCreatingSnapshot": ["DiskCreatingSnapshots", "OperationDenied"],
        "DiskCategory.OperationNotSupported": ["CreateSnapshot.Failed", "InvalidParameter"],
        "EncryptedOption.Conflict": ["OperationDenied"],
        "ImageIsExporting": ["ImageIsCreating"],
        "ImageIsImporting": ["ImageIsCreating"],
        "ImageNotSupported": ["IncorrectImageStatus"],
        "InvalidDiskCategory.ValueNotSupported": ["InvalidDiskCategory.ValueUnauthorized"],
        "InvalidDiskSize.TooLarge": ["InvalidParameter"],
        "InvalidDiskSize.TooSmall": ["InvalidParameter"],
        "InvalidDevice.Malformed": ["OperationDenied"],
        "InvalidImageId.NotFound": ["ImageId.NotFound"],
        "InvalidInstanceIds.ValueNotSupported": ["InvalidInstanceId.NotFound"],
        "InvalidIp.Address": ["InvalidVSwitchId.NotFound"],
        "InvalidKeyPairNames.ValueNotSupported": ["MissingParameter"],
        "InvalidOperation.AvailabilityZoneMismatch": ["InvalidOperation.VpcMismatch"],
        "InvalidOperation.InvalidEniState": ["InvalidOperation.InvalidEniType"],
        "InvalidOperation.Ipv4CountExceeded": ["EniPerInstanceLimitExceeded"],
        "InvalidOSSBucket.NotFound": ["OSSBucket.NotFound", "Forbidden"],
        "InvalidPassword.Malformed": ["InvalidHostPassword.Malformed"],
        "InvalidPrivateIpAddress.Malformed": ["InvalidParameter"],
        "InvalidPrivateIpAddress.Duplicated": ["OperationDenied", "InvalidVSwitchId.NotFound"],
        "InvalidPrivateIpAddress": ["OperationDenied"],
        "InvalidRegionId.NotFound": ["RegionId.NotFound"],
        "InvalidSize.ValueNotSupported": ["InvalidParameter"],
        "InvalidSystemDiskSize.LessThanMinSize": ["InvalidSystemDiskSize.LessThanMinimumSize"],
        "InvalidVSwitch.NotBelongToVpc": ["InvalidVSwitchId.NotFound"],
        "InvalidVSwitchId.IpInvalid": ["InvalidVSwitchId.NotFound"],
        "InvalidVSwitchId.IpNotEnough": ["InvalidVSwitchId.NotFound"],
        "IncorrectVSwitchStatus": ["InvalidVSwitchId.NotFound"],
        "KeyPair.AlreadyExist": ["InvalidKeyPairName.Malformed"],
        "MissingParameter.Dest": [CloudError("MissingParameter", about: "both blank")],
        "MissingParameter.DiskDeviceMapping": ["MissingParameter"],
        "MissingParameter.Source": [CloudError("MissingParameter", about: "both blank")],
        "OperationDenied.ImageNotValid": ["OperationDenied"],
        "OperationDenied.NoStock": ["OperationDenied"],
        "ParameterInvalid": ["InvalidParameter"],
        "QuotaExceeded.PrivateIpAddress": ["QuotaExceeded", "OperationDenied"],
        "SecurityGroupRule.NotFound": ["OperationDenied"],
        "SharedImageDeleted": ["InvalidSourceSnapshot"],
    ]
}

extension CloudError: ExpressibleByStringLiteral {
    /// The error with a code.
    init(stringLiteral code: String) { self.init(code) }
}
