extension ENS {
    /// The errors that every action of the product can answer with. The product names no errors of signing; those are the
    /// platform's.
    static let commonErrors: [ErrorBook.Row] =
        [
            .init(400, "NoPermission", "Permission denied."),
            .init(400, "CallInterface", "Call Interface Happen Error."),
            .init(400, "UnsupportedOperation", "The specified action is not supported."),
            // Listed with some actions only; the others answer alike.
            .init(400, "InstanceNotFound", "The input parameter instancId that is not found."),
            .init(
                400, "IncorrectInstanceStatus",
                "The current status of the resource does not support this operation."),
            .init(400, "Invalid%s", "The specified parameter %s is invalid."),
            .init(400, "Missing%s", "You must specify the parameter %s."),
        ] + ECS.commonErrors.filter { platformCodes.contains($0.code) }

    private static let platformCodes: Set<String> = [
        "Forbidden.AccessKeyDisabled", "UnsupportedHTTPMethod", "InvalidParamater", "IllegalTimestamp",
        "InvalidTimeStamp.Expired", "InvalidAccessKeyId.NotFound", "InvalidSecurityToken", "IncompleteSignature",
        "SignatureDoesNotMatch", "SignatureNonceUsed", "ServiceUnavailable", "MissingParameter", "InvalidParameter",
        "InvalidAction", "Throttling", "InternalError", "UnsupportedParameter",
    ]
}
