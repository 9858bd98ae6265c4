extension STS {
    /// The errors of STS (its API reference), and those that every product has for faulty signatures.
    static let errors: [ErrorBook.Row] = [
        .init(400, "MissingParameter.RoleArn", "The parameter RoleArn is missing."),
        .init(400, "MissingParameter.RoleSessionName", "The parameter RoleSessionName is missing."),
        .init(400, "MissingParameter.OIDCProviderArn", "The parameter OIDCProviderArn is missing."),
        .init(400, "MissingParameter.OIDCToken", "The parameter OIDCToken is missing."),
        .init(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed."),
        .init(400, "InvalidParameter.RoleSessionName", "The parameter RoleSessionName is wrongly formed."),
        .init(400, "InvalidParameter.DurationSeconds", "The Min/Max value of DurationSeconds is 15min/1hr."),
        .init(400, "InvalidParameter.PolicyGrammar", "The parameter Policy has not passed grammar check."),
        .init(400, "InvalidParameter.PolicySize", "The size of Policy must be smaller than 2048 bytes."),
        .init(400, "AuthenticationFail.OIDCToken.Invalid", "This OIDC Token is invalid."),
        .init(400, "AuthenticationFail.OIDCToken.Expired", "This OIDC Token is expired."),
        .init(403, "NoPermission", "You are not authorized to do this action. You should be authorized by RAM."),
        .init(404, "EntityNotExist.Role", "The specified Role not exists."),
        .init(404, "EntityNotExist.OIDCProvider", "The OIDC Provider does not exist."),
        .init(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."),
    ]
}
