import Bytes
import Signer

/// The security token service: hands out temporary keys of roles. Its actions are not in the catalogue, since nobody calls
/// them through the gateway.
enum STS {
    static let version = "2015-04-01"

    /// Answers a call.
    static func answer(_ call: ReceivedCall, _ context: STSContext, _ sessions: inout STSSessions) throws(CloudError) -> JSONValue
    {
        switch call.action {
        case "AssumeRole": try assumeRole(context, &sessions)
        case "AssumeRoleWithOIDC": try assumeRoleWithOIDC(context, &sessions)
        case "GetCallerIdentity": try callerIdentity(context)
        default: throw CloudError("InvalidAction.NotFound")
        }
    }

    /// Whether an action is called without a signature.
    static func isUnsigned(_ call: ReceivedCall) -> Bool {
        call.version == version && call.action == "AssumeRoleWithOIDC"
    }

    private static func assumeRole(
        _ context: STSContext, _ sessions: inout STSSessions
    ) throws(CloudError) -> JSONValue {
        let role = try role(context)
        if let wanted = role.externalId, context.parameters.text("ExternalId") != wanted { throw CloudError("NoPermission") }
        if let trusted = role.trusted, !trusted.contains(context.caller.arn) { throw CloudError("NoPermission") }
        return try session(of: role, context, &sessions)
    }

    private static func assumeRoleWithOIDC(
        _ context: STSContext, _ sessions: inout STSSessions
    ) throws(CloudError) -> JSONValue {
        let role = try role(context)
        let provider = try context.required("OIDCProviderArn")
        guard provider.hasPrefix("acs:ram::\(context.accountId):oidc-provider/") else {
            throw CloudError("EntityNotExist.OIDCProvider")
        }
        guard let token = OIDCClaims(try context.required("OIDCToken")) else {
            throw CloudError("AuthenticationFail.OIDCToken.Invalid")
        }
        if let end = token.expiry, end <= context.now.timestamp.secondsSinceEpoch {
            throw CloudError("AuthenticationFail.OIDCToken.Expired")
        }
        return try session(of: role, context, &sessions).with(
            "OIDCTokenInfo",
            [
                "Subject": .string(token.subject), "Issuer": .string(token.issuer), "ClientIds": .string(token.audience),
                "VerificationInfo": "Unverified",
            ])
    }

    private static func callerIdentity(_ context: STSContext) throws(CloudError) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("AccountId", .string(context.accountId)), .init("Arn", .string(context.caller.arn)),
            .init("IdentityType", .string(context.caller.kind)), .init("PrincipalId", .string(context.caller.id)),
        ]
        members.append(.init(context.caller.kind == "AssumedRoleUser" ? "RoleId" : "UserId", .string(context.caller.id)))
        return .object(members)
    }

    /// The role that the call names.
    private static func role(_ context: STSContext) throws(CloudError) -> SimulatedRole {
        let arn = try context.required("RoleArn")
        guard RoleSession.account(ofRole: arn) != nil else { throw CloudError("InvalidParameter.RoleArn") }
        let name = arn.split(separator: "/").last.map(String.init) ?? ""
        guard RoleSession.account(ofRole: arn) == context.accountId,
            let role = context.roles.first(where: { $0.name == name })
        else { throw CloudError("EntityNotExist.Role") }
        return role
    }

    private static func session(
        of role: SimulatedRole, _ context: STSContext, _ sessions: inout STSSessions
    ) throws(CloudError) -> JSONValue {
        let name = try context.required("RoleSessionName")
        guard RoleSession.isName(name) else { throw CloudError("InvalidParameter.RoleSessionName") }
        let seconds = context.parameters.text("DurationSeconds").map { Int($0) } ?? RoleSession.standardDuration
        guard let seconds, (RoleSession.shortestDuration...role.longestSession).contains(seconds) else {
            throw CloudError("InvalidParameter.DurationSeconds")
        }
        if let policy = context.parameters.text("Policy") {
            guard policy.utf8.count <= RoleSession.longestPolicy else { throw CloudError("InvalidParameter.PolicySize") }
            guard (try? Array(policy.utf8).withView({ try JSONValue(parsing: $0) })) != nil else {
                throw CloudError("InvalidParameter.PolicyGrammar")
            }
        }
        // A short life of keys, for tests, is the cloud's business: nobody can ask for less than a quarter of an hour.
        let end = context.now.adding(seconds: Int64(context.longestLife.map { min($0, seconds) } ?? seconds))
        let caller = STSCaller(accountId: context.accountId, role: role.name, session: name)
        let key = sessions.issue(caller, until: end, at: context.now)
        return [
            "AssumedRoleUser": ["Arn": .string(caller.arn), "AssumedRoleId": .string(caller.id)],
            "Credentials": [
                "AccessKeyId": .string(key.id), "AccessKeySecret": .string(key.secret),
                "SecurityToken": .string(key.securityToken ?? ""), "Expiration": .string(end.text),
            ],
        ]
    }
}
