import Bytes

/// What the header of a JWT says about how to check it. Keys and addresses of keys in it (`jwk`, `jku`, `x5c`, …) mean
/// nothing: only the configured sets of keys count.
struct JWTHeader {
    let algorithm: JWTAlgorithm
    let keyID: String

    /// Types that a token for this gateway may say it has, in lower case; others are tokens for another purpose.
    private static let types: Set<String> = ["jwt", "at+jwt", "application/at+jwt"]

    /// Reads the encoded header.
    init(_ text: ByteView) throws(JWTFault) {
        let members = try CompactToken.object(text, .header)
        algorithm = try Self.algorithm(members)
        if members.value("crit") != nil { throw .criticalExtension }
        if let type = members.value("typ") {
            guard case .string(let name) = type.content, Self.types.contains(name.lowercased()) else {
                throw .otherType(members.text("typ") ?? type.kind)
            }
        }
        if members.value("cty") != nil { throw .nested }
        guard let keyID = members.text("kid"), !keyID.isEmpty else { throw .missingKeyID }
        self.keyID = keyID
    }

    private static func algorithm(_ members: [JSONNode.Member]) throws(JWTFault) -> JWTAlgorithm {
        guard let name = members.text("alg") else { throw .missingAlgorithm }
        if let algorithm = JWTAlgorithm.allCases.first(where: { name.isExactly($0.rawValue) }) { return algorithm }
        switch name.lowercased() {
        case "none": throw .noAlgorithm
        case let lower where lower.hasPrefix("hs"): throw .symmetricAlgorithm(name)
        default: throw .unknownAlgorithm(name)
        }
    }
}
