extension ECS {
    /// The errors that every action can answer with (ECS API reference, common errors), and those of the newer signature.
    static let commonErrors: [ErrorBook.Row] = ownErrors + ErrorBook.platform()

    private static let ownErrors: [ErrorBook.Row] = [
        .init(400, "InvalidAccessKeyId.NotFound", "The specified Access Key ID does not exist."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Action\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"AccessKeyId\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Signature\" that is mandatory for processing the request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"TimeStamp\" that is mandatory for processing this request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"Version\" that is mandatory for processing this request is not supplied."),
        .init(400, "UnsupportedParameter", "The parameters is unsupported."),
        .init(403, "ChargeTypeViolation", "The operation is not permitted due to charge type of the instance."),
        .init(
            403, "Forbidden.RAM",
            "User not authorized to operate on the specified resource, or this API doesn't support RAM."),
        .init(403, "Forbidden.RiskControl", "This operation is forbidden by Aliyun RiskControl system."),
        .init(403, "UnsupportedHTTPMethod", "This HTTP method is not supported."),
        // Not in the table of common errors, but in the rules of many actions.
        .init(400, "DryRunOperation", "Request validation has been passed with DryRun flag set."),
        .init(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."),
    ]
}
