extension Apsara {
    /// The errors that every action can answer with (developer guide, common errors), and those of the newer signature.
    static let commonErrors: [ErrorBook.Row] = [
        .init(400, "IdempotentParameterMismatch", "The request is retried with updated parameters."),
        .init(
            400, "IllegalTimestamp",
            "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."),
        .init(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."),
        .init(400, "InvalidAccessKeyId.NotFound", "The Access Key ID provided does not exist in our records."),
        .init(400, "InvalidOwner", "OwnerId and OwnerAccount can't be used at one API access."),
        .init(400, "InvalidOwnerId", "The specified OwnerId is not valid."),
        .init(400, "InvalidOwnerAccount", "The specified OwnerAccount is not valid."),
        .init(400, "InvalidParamater", "The specified parameter \"SignatureMethod\" is not valid."),
        .init(400, "InvalidParamater", "The specified parameter \"SignatureVersion\" is not valid."),
        .init(400, "InvalidParameter", "The specified parameter \"Action or Version\" is not valid."),
        .init(400, "InvalidParameter", "The specified parameter is not valid."),
        .init(400, "InvalidParameter.IsNull", "The required parameter must be not null."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Action\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"AccessKeyId\" that is mandatory for processing this request is not supplied"),
        .init(
            400, "MissingParameter",
            "An input parameter \"Signature\" that is mandatory for processing the request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Version\" that is mandatory for processing this request is not supplied."),
        .init(400, "SignatureNonceUsed", "The request signature nonce has been used."),
        .init(
            400, "Throttling",
            "You have made too many requests within a short time; your request is denied due to request throttling."),
        .init(400, "UnsupportedParameter", "The parameter is unsupported."),
        .init(400, "UnknownError", "The request processing has failed due to some unknown error."),
        .init(403, "Forbidden.AccessKeyDisabled", "The Access Key is disabled."),
        .init(403, "Forbidden.NotSupportRAM", "This action does not support accessed by RAM mode."),
        .init(
            403, "Forbidden.RAM",
            "User not authorized to operate the specified resource, or this API doesn't support RAM."),
        .init(403, "Forbidden.RiskControl", "This operation is forbidden by Aliyun Risk Control system."),
        .init(403, "Forbidden.SubUser", "The specified action is not available for you."),
        .init(403, "Forbidden.Unauthorized", "User not authorized to operate on the specified resource."),
        .init(403, "InvalidAccount.NotFound", "The specified Account does not exist."),
        .init(403, "InvalidAction", "Specified action is not valid."),
        .init(403, "InvalidIdempotenceParameter.Mismatch", "The specified parameters are different from before."),
        .init(403, "InvalidParameter.OwnerAccount", "OwnerAccount is Invalid."),
        .init(403, "InvalidParameter.ResourceOwnerAccount", "ResourceOwnerAccount is Invalid."),
        .init(403, "LastTokenProcessing", "The last token request is processing."),
        .init(
            403, "MissingParameter",
            "The input parameter OwnerId, OwnerAccount that is mandatory for processing this request is not supplied."),
        .init(403, "RealNameAuthenticationError", "Your account has not passed the real-name authentication yet."),
        .init(403, "UnsupportedHTTPMethod", "This http method is not supported."),
        .init(404, "InvalidDiskId.NotFound", "The specified DiskId does not exist."),
        .init(404, "InvalidImageId.NotFound", "The specified ImageId does not exist."),
        .init(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist."),
        .init(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist."),
        .init(404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."),
        .init(404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist."),
        .init(409, "OperationConflict", "Request was denied due to conflict with a previous request."),
        .init(
            500, "InternalServerError",
            "The request processing has failed due to some unknown error, exception or failure."),
        .init(500, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
        .init(
            503, "ServiceUnavailable.RegionMaintaining",
            "System maintenance is in progress on the selected region, please wait a few minutes before trying again."),
        // Not in the table of common errors.
        .init(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
        .init(400, "IllegalTimestamp", "The input parameter \"Timestamp\" is not of the form YYYY-MM-DDThh:mm:ssZ."),
        .init(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."),
        .init(400, "InvalidSecurityToken", "Specified SecurityToken is not valid."),
        .init(
            400, "InvalidClientToken.ValueNotSupported",
            "The ClientToken provided is invalid. It should be ASCII characters only."),
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
