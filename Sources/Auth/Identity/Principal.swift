/// Somebody who may call the gateway, with all that decides what it may do.
public final class Principal: Sendable {
    /// The name in the configuration, in logs and in messages.
    public let name: String
    /// `acs:ram::<account>:user/<name>`, what `acs:PrincipalARN` answers.
    public let arn: [UInt8]
    public let policies: PrincipalPolicies

    public init(name: String, accountID: String, policies: PrincipalPolicies) {
        self.name = name
        arn = Array("acs:ram::\(accountID):user/\(name)".utf8)
        self.policies = policies
    }
}
