import Bytes

/// What a token whose signature is good says about its caller, checked against the rules of its issuer.
struct JWTClaims {
    let principal: String
    /// What the issuer calls the caller, where that is another name: it tells sessions of one role apart.
    let subject: String?
    let groups: [String]
    /// Nil when the token does not say how the caller proved who it is.
    let hasSecondFactor: Bool?
    /// The first instant at which the token is no longer accepted.
    let expiry: Timestamp

    /// Reads the encoded payload.
    init(_ payload: ByteView, of issuer: JWTIssuer, at now: Timestamp) throws(JWTFault) {
        let claims = try CompactToken.object(payload, .payload)
        let found = claims.text("iss")
        guard let found, found.isExactly(issuer.issuer) else { throw .otherIssuer(found: found, wanted: issuer.issuer) }
        let audiences = claims.value("aud").flatMap(ClaimRule.texts) ?? []
        guard audiences.contains(where: { audience in issuer.audiences.contains { $0.isExactly(audience) } }) else {
            throw .otherAudience
        }
        expiry = try Self.checkTimes(claims, issuer.clockSkew, now)
        principal = try Self.principal(claims, issuer.principal)
        let principal = principal
        subject = claims.text("sub").flatMap { Principal.isName($0) && !$0.isExactly(principal) ? $0 : nil }
        groups = try issuer.groups.map { (rule) throws(JWTFault) in try Self.groups(claims, rule) } ?? []
        hasSecondFactor = Self.secondFactor(claims, issuer)
    }

    private static func checkTimes(
        _ claims: [JSONNode.Member], _ skew: Int64, _ now: Timestamp
    ) throws(JWTFault) -> Timestamp {
        guard let expiry = try seconds("exp", claims) else { throw .missingExpiry }
        let end = Timestamp(secondsSinceEpoch: expiry + skew)
        guard now < end else { throw .expired(Timestamp(secondsSinceEpoch: expiry)) }
        let soon = now.secondsSinceEpoch + skew
        if let start = try seconds("nbf", claims), start > soon { throw .notYetValid(Timestamp(secondsSinceEpoch: start)) }
        if let issue = try seconds("iat", claims), issue > soon { throw .issuedInFuture(Timestamp(secondsSinceEpoch: issue)) }
        return end
    }

    /// The whole seconds of a time; nil when it is missing. Beyond the year 9999 no date is meant.
    private static func seconds(_ name: String, _ claims: [JSONNode.Member]) throws(JWTFault) -> Int64? {
        guard let node = claims.value(name) else { return nil }
        guard case .number(let text) = node.content else { throw .malformedTime(name) }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1)
        guard let whole = parts.first, let seconds = Int64(String(decoding: whole, as: UTF8.self)),
            (0..<253_402_300_800).contains(seconds), parts.dropFirst().allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { throw .malformedTime(name) }
        return seconds
    }

    private static func principal(_ claims: [JSONNode.Member], _ rule: ClaimRule) throws(JWTFault) -> String {
        guard let node = rule.find(in: claims) else { throw .missingClaim(rule.label) }
        guard case .string(let value) = node.content else {
            throw .unusableClaim(rule.label, "is \(node.kind), not a string")
        }
        let name = rule.name(of: value)
        guard Principal.isName(name) else {
            throw .unusableClaim(
                rule.label, "gives `\(name.abridged)`, which is no name: 1 to 128 printable ASCII characters without blanks")
        }
        return name
    }

    private static func groups(_ claims: [JSONNode.Member], _ rule: ClaimRule) throws(JWTFault) -> [String] {
        guard let node = rule.find(in: claims) else { return [] }
        guard let values = ClaimRule.texts(of: node) else {
            // A group may bring a Deny, so none is left out in silence.
            throw .unusableClaim(rule.label, "is neither a string nor a list of strings")
        }
        return values.map(rule.name)
    }

    private static func secondFactor(_ claims: [JSONNode.Member], _ issuer: JWTIssuer) -> Bool? {
        guard let node = issuer.secondFactor.claim.find(in: claims) else { return nil }
        let wanted = issuer.secondFactor.values
        if case .bool(let value) = node.content { return value && wanted.contains { $0.isExactly("true") } }
        return (ClaimRule.texts(of: node) ?? []).contains { value in wanted.contains { $0.isExactly(value) } }
    }
}
