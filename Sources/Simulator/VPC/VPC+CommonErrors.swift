extension VPC {
    /// The errors that every action of the product can answer with (VPC API reference, common errors).
    static let commonErrors: [ErrorBook.Row] = documented + signatures + missing

    private static let documented: [ErrorBook.Row] = [
        .init(
            400, "MissingParameter",
            "The input parameter \"Action\" that is mandatory for processing this request is not supplied"),
        .init(
            400, "MissingParameter",
            "The input parameter \"AccessKeyId\" that is mandatory for processing this request is not supplied"),
        .init(
            400, "MissingParameter",
            "An input parameter \"Signature\" that is mandatory for processing the request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"TimeStamp\" that is mandatory for processing this request is not supplied"),
        .init(
            400, "MissingParameter",
            "The input parameter \"Version\" that is mandatory for processing this request is not supplied"),
        .init(400, "InvalidParameter", "The specified parameter \"Action or Version\" is not valid."),
        .init(400, "InvalidAccessKeyId.NotFound", "The Access Key ID provided does not exist in our records."),
        .init(403, "Forbidden.AccessKeyDisabled", "The Access Key is disabled."),
        .init(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."),
        .init(400, "InvalidParamater", "The specified parameter \"SignatureMethod\" is not valid."),
        .init(400, "InvalidParamater", "The specified parameter \"SignatureVersion\" is not valid."),
        .init(
            400, "IllegalTimestamp",
            "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."),
        .init(400, "SignatureNonceUsed", "The request signature nonce has been used."),
        .init(400, "InvalidOwnerId", "The specified OwnerId is not valid."),
        .init(400, "InvalidOwnerAccount", "The specified OwnerAccount is not valid."),
        .init(400, "InvalidOwner", "OwnerId and OwnerAccount can't be used at one API access."),
        .init(400, "Throttling", "Request was denied due to request throttling."),
        .init(403, "InvalidAction", "Specified action is not valid."),
        .init(403, "UnsupportedHTTPMethod", "This http method is not supported."),
        .init(400, "UnsupportedParameter", "The parameter is not supported."),
        .init(
            500, "InternalError",
            "The request processing has failed due to some unknown error, exception or failure."),
        .init(
            403, "MissingParameter",
            "The input parameter OwnerId,OwnerAccount that is mandatory for processing this request is not supplied."),
        .init(403, "Forbidden.SubUser", "The specified action is not available for you."),
        .init(
            404, "Forbidden.InstanceNotFound",
            "The specified Instance is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.DiskNotFound",
            "The specified Disk is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.SecurityGroupNotFound",
            "The specified SecurityGroup is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.SnapshotNotFound",
            "The specified Snapshot is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.ImageNotFound",
            "The specified Image is not found, so we cann't get enough information to check permission in RAM."),
        .init(
            403, "Forbidden.RAM",
            "User not authorized to operate the specified resource, or this API doesn't support RAM."),
        .init(403, "Forbidden.NotSupportRAM", "This action does not support accessed by RAM mode."),
        .init(400, "InsufficientBalance", "Your account does not have enough balance."),
        .init(
            400, "IdempotentParameterMismatch",
            "Request uses a client token in a previous request but is not identical to that request."),
        .init(403, "RealNameAuthenticationError", "Your account has not passed the real-name authentication yet."),
        .init(403, "InvalidIdempotenceParameter.Mismatch", "The specified parameters are different from before"),
        .init(403, "LastTokenProcessing", "The last token request is processing"),
        .init(400, "InvalidParameter", "The specified parameter is not valid"),
        .init(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
    ]

    /// What the signature can be refused with besides.
    private static let signatures: [ErrorBook.Row] = [
        .init(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
        .init(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."),
        .init(400, "InvalidSecurityToken", "Specified SecurityToken is not valid."),
    ]

    /// What some actions document for their sisters that have the same rule without a row for it; and last, in the cloud's
    /// own words, what stands in the way where the reference is silent.
    private static let missing: [ErrorBook.Row] = [
        .init(404, "InvalidRegionId.NotFound", "The RegionId provided does not exist in our records."),
        .init(404, "Forbidden.RegionNotFound", "Specified region is not found during access authentication."),
        .init(404, "InvalidVpcId.NotFound", "Specified VPC does not exist."),
        .init(404, "InvalidVSwitchId.NotFound", "The specified virtual switch does not exists."),
        .init(404, "InvalidAllocationId.NotFound", "Specified allocation ID is not found."),
        .init(404, "InvalidNatGatewayId.NotFound", "Specified value of NatGatewayId is not found in our record."),
        .init(
            404, "InvalidBandwidthPackageId.NotFound",
            "Specified value of BandwidthPackageId is not found in our record."),
        .init(404, "InvalidSnatTableId.NotFound", "Specified SNAT table does not exist."),
        .init(
            400, "InvalidClientToken.ValueNotSupported",
            "The ClientToken provided is invalid. It should be ASCII characters only."),
        .init(400, "VpnGateway.Configuring", "The specified service is configuring"),
        .init(404, "InvalidVpnConnectionId.NotFound", "Specified vpn connection id is not found"),
        .init(
            404, "InvalidPhysicalConnectionId.NotFound",
            "The PhysicalConnectionId provided does not exist in our records."),
        .init(404, "InvalidRouteEntry.NotFound", "The specified route entry does not exist."),
        .init(400, "DependencyViolation.EIPS", "There are EIPs on specified NatGateway not deleted."),
        .init(400, "Forbidden.IpUsedInForwardTable", "The specified SnatIp already used in forward table"),
        .init(400, "InvalidIpStatus.HasBeenUsedBySnatTable", "The specified IP has been used by an SNAT table."),
        .init(400, "InvalidIpStatus.HasBeenUsedByForwardEntry", "The specified IP has been used by a forward entry."),
    ]
}
