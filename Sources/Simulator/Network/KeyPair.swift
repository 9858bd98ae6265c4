/// An SSH key pair of which the cloud keeps the public part.
struct KeyPair: Sendable {
    let id: String
    let regionId: String
    let name: String
    let fingerprint: String
    let publicKey: String
    let creationTime: SimulatedTime
    var resourceGroupId = ""

    /// The key of the pair in its table and for its tags.
    var key: String { Self.key(region: regionId, name: name) }

    /// The key under which a pair stands in its table: names are unique in a region.
    static func key(region: String, name: String) -> String { "\(region)/\(name)" }
}
