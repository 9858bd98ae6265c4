extension ErrorBook {
    /// The errors that every action can answer with (ECS API reference, common errors), and those of the newer signature.
    static let common: [Row] = [
        Row(400, "IdempotentParameterMismatch", "The request is retried with updated parameters."),
        Row(
            400, "IllegalTimestamp",
            "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."),
        Row(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."),
        Row(400, "InsufficientBalance", "Your account does not have enough balance."),
        Row(400, "InvalidAccessKeyId.NotFound", "The specified Access Key ID does not exist."),
        Row(400, "InvalidOwner", "OwnerId and OwnerAccount can't be used at one API access."),
        Row(400, "InvalidOwnerAccount", "The specified OwnerAccount is not valid."),
        Row(400, "InvalidOwnerId", "The specified OwnerId is not valid."),
        Row(400, "InvalidParamater", "The specified parameter \"SignatureMethod\" is not valid."),
        Row(400, "InvalidParamater", "The specified parameter \"SignatureVersion\" is not valid."),
        Row(400, "InvalidParameter", "The specified parameter is not valid."),
        Row(400, "InvalidParameter", "The specified parameter \"Action or Version\" is not valid."),
        Row(400, "InvalidParameter.IsNull", "The required parameter must be not null."),
        Row(
            400, "MissingParameter",
            "The input parameter \"Action\" that is mandatory for processing this request is not supplied."),
        Row(
            400, "MissingParameter",
            "The input parameter \"AccessKeyId\" that is mandatory for processing this request is not supplied."),
        Row(
            400, "MissingParameter",
            "The input parameter \"Signature\" that is mandatory for processing the request is not supplied."),
        Row(
            400, "MissingParameter",
            "The input parameter \"TimeStamp\" that is mandatory for processing this request is not supplied."),
        Row(
            400, "MissingParameter",
            "The input parameter \"Version\" that is mandatory for processing this request is not supplied."),
        Row(400, "SignatureNonceUsed", "The request signature nonce has been used."),
        Row(
            400, "Throttling",
            "You have made too many requests within a short time; your request is denied due to request throttling."),
        Row(400, "UnsupportedParameter", "The parameters is unsupported."),
        Row(400, "UnknownError", "The request processing has failed due to some unknown error."),
        Row(403, "ChargeTypeViolation", "The operation is not permitted due to charge type of the instance."),
        Row(403, "Forbidden.AccessKeyDisabled", "The Access Key is disabled."),
        Row(403, "Forbidden.NotSupportRAM", "This action does not support accessed by RAM mode."),
        Row(
            403, "Forbidden.RAM",
            "User not authorized to operate on the specified resource, or this API doesn't support RAM."),
        Row(403, "Forbidden.RiskControl", "This operation is forbidden by Aliyun RiskControl system."),
        Row(403, "Forbidden.SubUser", "The specified action is not available for you."),
        Row(403, "Forbidden.Unauthorized", "User not authorized to operate on the specified resource."),
        Row(403, "InvalidAccount.NotFound", "The specified Account does not exist."),
        Row(403, "InvalidAction", "Specified action is not valid."),
        Row(403, "InvalidIdempotenceParameter.Mismatch", "The specified parameters are different from before."),
        Row(403, "InvalidParameter.OwnerAccount", "OwnerAccount is Invalid."),
        Row(403, "InvalidParameter.ResourceOwnerAccount", "ResourceOwnerAccount is Invalid."),
        Row(403, "LastTokenProcessing", "The last token request is processing."),
        Row(
            403, "MissingParameter",
            "The input parameter OwnerId,OwnerAccount that is mandatory for processing this request is not supplied."),
        Row(403, "RealNameAuthenticationError", "Your account has not passed the real-name authentication yet."),
        Row(403, "UnsupportedHTTPMethod", "This HTTP method is not supported."),
        Row(404, "InvalidDiskId.NotFound", "The specified DiskId does not exist."),
        Row(404, "InvalidImageId.NotFound", "The specified ImageId does not exist."),
        Row(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist."),
        Row(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist."),
        Row(404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."),
        Row(404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist."),
        Row(409, "OperationConflict", "Request was denied due to conflict with a previous request."),
        Row(
            500, "InternalError",
            "The request processing has failed due to some unknown error, exception or failure."),
        Row(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
        Row(
            503, "ServiceUnavailable.RegionMaintaining",
            "System maintenance is in progress on the selected region, please wait a few minutes before trying again."),
        // Not in the table of common errors, but in the rules of many actions.
        Row(400, "DryRunOperation", "Request validation has been passed with DryRun flag set."),
        Row(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
        Row(400, "IllegalTimestamp", "The input parameter \"Timestamp\" is not of the form YYYY-MM-DDThh:mm:ssZ."),
        Row(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."),
        Row(400, "InvalidSecurityToken", "Specified SecurityToken is not valid."),
        Row(
            400, "InvalidClientToken.ValueNotSupported",
            "The ClientToken provided is invalid. It should be ASCII characters only."),
    ]
}
