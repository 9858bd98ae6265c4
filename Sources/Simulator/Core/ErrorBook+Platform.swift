extension ErrorBook {
    /// The errors of the platform, which most products list among their own in the same words. Codes of `missing` are those
    /// that a product does not have.
    static func platform(without missing: Set<String> = []) -> [Row] {
        platformErrors.filter { !missing.contains($0.code) }
    }

    private static let platformErrors: [Row] = [
        .init(400, "InvalidParameter", "The specified parameter is not valid."),
        .init(400, "IdempotentParameterMismatch", "The request is retried with updated parameters."),
        .init(
            400, "IllegalTimestamp",
            "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."),
        .init(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."),
        .init(400, "InsufficientBalance", "Your account does not have enough balance."),
        .init(400, "InvalidOwner", "OwnerId and OwnerAccount can't be used at one API access."),
        .init(400, "InvalidOwnerAccount", "The specified OwnerAccount is not valid."),
        .init(400, "InvalidOwnerId", "The specified OwnerId is not valid."),
        .init(400, "InvalidParamater", "The specified parameter \"SignatureMethod\" is not valid."),
        .init(400, "InvalidParamater", "The specified parameter \"SignatureVersion\" is not valid."),
        .init(400, "InvalidParameter", "The specified parameter \"Action or Version\" is not valid."),
        .init(400, "InvalidParameter.IsNull", "The required parameter must be not null."),
        .init(
            400, "MissingParameter",
            "The input parameter \"AccessKeyId\" that is mandatory for processing this request is not supplied"),
        .init(400, "SignatureNonceUsed", "The request signature nonce has been used."),
        .init(
            400, "Throttling",
            "You have made too many requests within a short time; your request is denied due to request throttling."),
        .init(400, "UnknownError", "The request processing has failed due to some unknown error."),
        .init(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
        .init(400, "IllegalTimestamp", "The input parameter \"Timestamp\" is not of the form YYYY-MM-DDThh:mm:ssZ."),
        .init(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."),
        .init(400, "InvalidSecurityToken", "Specified SecurityToken is not valid."),
        .init(
            400, "InvalidClientToken.ValueNotSupported",
            "The ClientToken provided is invalid. It should be ASCII characters only."),
        .init(403, "Forbidden.AccessKeyDisabled", "The Access Key is disabled."),
        .init(403, "Forbidden.NotSupportRAM", "This action does not support accessed by RAM mode."),
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
            "The input parameter OwnerId,OwnerAccount that is mandatory for processing this request is not supplied."),
        .init(403, "RealNameAuthenticationError", "Your account has not passed the real-name authentication yet."),
        .init(403, "UnsupportedHTTPMethod", "This http method is not supported."),
        .init(404, "InvalidDiskId.NotFound", "The specified DiskId does not exist."),
        .init(404, "InvalidImageId.NotFound", "The specified ImageId does not exist."),
        .init(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist."),
        .init(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist."),
        .init(404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."),
        .init(404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist."),
        .init(409, "OperationConflict", "Request was denied due to conflict with a previous request."),
        .init(500, "InternalError", "The request processing has failed due to some unknown error, exception or failure."),
        .init(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
        .init(
            503, "ServiceUnavailable.RegionMaintaining",
            "System maintenance is in progress on the selected region, please wait a few minutes before trying again."),
    ]
}
