/// Somebody whose tokens are believed, and how far.
public struct JWTIssuer: Sendable {
    /// Exactly what `iss` has to say.
    public var issuer: String
    /// `aud` has to name one of them.
    public var audiences: [String]
    public var algorithms: Set<JWTAlgorithm>
    /// Seconds by which its clock may differ from ours.
    public var clockSkew: Int64
    public var principal: ClaimRule
    /// Nil where tokens bring no groups.
    public var groups: ClaimRule?
    /// The claim that tells how the caller proved who it is, and the values of it that stand for a second factor.
    public var secondFactor: (claim: ClaimRule, values: [String])
    public var keys: KeyStore

    public init(
        issuer: String, audiences: [String], keys: KeyStore, algorithms: Set<JWTAlgorithm> = Set(JWTAlgorithm.allCases),
        clockSkew: Int64 = 60, principal: ClaimRule = ClaimRule(path: ["sub"]), groups: ClaimRule? = nil,
        secondFactor: (claim: ClaimRule, values: [String]) = (ClaimRule(path: ["amr"]), ["mfa"])
    ) {
        self.issuer = issuer
        self.audiences = audiences
        self.keys = keys
        self.algorithms = algorithms
        self.clockSkew = clockSkew
        self.principal = principal
        self.groups = groups
        self.secondFactor = secondFactor
    }
}
