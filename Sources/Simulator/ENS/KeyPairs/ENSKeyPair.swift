/// A key pair for logging in, of which the cloud keeps the public half.
struct ENSKeyPair: Sendable {
    let id: String
    let name: String
    let fingerprint: String
    let creationTime: SimulatedTime
}
