import Bytes

/// A key that some local service gives at a URL, as STS formats it.
struct CredentialsURI: CredentialSource {
    let url: String
    let context: CredentialContext

    /// Whether `text` is an absolute `http` or `https` URL.
    static func isURL(_ text: String) -> Bool {
        let scheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }
        guard let scheme else { return false }
        let rest = text.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        return !authority.isEmpty && !authority.contains("@")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    }

    /// Scheme and host alone: what follows may be a secret.
    var name: String {
        let host = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(2).first ?? ""
        return "credentials URI at `\(host.prefix { $0 != "?" })`"
    }

    var isLocal: Bool { false }

    func load() async throws(CredentialError) -> Credentials {
        let answer = try await context.transport.send(
            CredentialRequest(.get, url: Array(url.utf8), route: .configured), for: name)
        guard answer.status == 200 else { throw answer.refusal(for: name) }
        return try answer.credentials(.service(), for: name, at: Timestamp(wallNanoseconds: context.clock()))
    }
}
