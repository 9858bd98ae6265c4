import Bytes

/// The RAM role of the instance that this runs on, whose keys the metadata service gives.
public struct InstanceRole: Hashable, Sendable {
    /// Where the metadata service is: an address that leads nowhere but to the instance's own host.
    public static let address = "http://100.100.100.200"

    /// The role's name; nil: the service is asked.
    public var name: String?
    /// `http://host[:port]`
    public var endpoint: String
    /// Whether the service is asked with a session token only, and never without, when it does not give one.
    public var isHardened: Bool

    public init(name: String? = nil, endpoint: String = InstanceRole.address, isHardened: Bool = false) {
        self.name = name
        self.endpoint = endpoint
        self.isHardened = isHardened
    }

    /// What an instance's role may be called.
    public static func isName(_ text: some Sequence<UInt8>) -> Bool {
        var count = 0
        for byte in text {
            count += 1
            guard byte.isASCIILetter || byte.isASCIIDigit || ".@-_".utf8.contains(byte) else { return false }
        }
        return (1...64).contains(count)
    }
}

/// The key of an ``InstanceRole``.
struct InstanceRoleSource: CredentialSource {
    private static let tokenPath = "/latest/api/token"
    private static let rolePath = "/latest/meta-data/ram/security-credentials/"
    /// Seconds that a session token is to live: it serves for one look.
    private static let tokenLife = "300"

    let role: InstanceRole
    let context: CredentialContext

    var name: String { "metadata service" }
    var isLocal: Bool { false }

    func load() async throws(CredentialError) -> Credentials {
        let token = try await token()
        let name = if let name = role.name { name } else { try await roleName(token) }
        let answer = try await get(Self.rolePath + name, token)
        guard answer.status == 200 else {
            throw CredentialError(self.name, "has no key of a role `\(name)` (status \(answer.status))")
        }
        return try answer.credentials(.service(), for: self.name, at: Timestamp(wallNanoseconds: context.clock()))
    }

    /// A session token; nil when the service gives none and may be asked without.
    private func token() async throws(CredentialError) -> LockedBytes? {
        var request = CredentialRequest(.put, url: Array((role.endpoint + Self.tokenPath).utf8), route: .direct)
        request.headers = [.init(name: "X-aliyun-ecs-metadata-token-ttl-seconds", value: Array(Self.tokenLife.utf8))]
        let reason: String
        do throws(CredentialTransportError) {
            let answer = try await context.transport.send(request)
            let isToken = answer.body.withView { !$0.isEmpty && $0.count <= 1024 && $0.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
            if answer.status == 200, isToken { return answer.body }
            reason = "status \(answer.status)"
        } catch {
            reason = error.reason
        }
        if role.isHardened { throw CredentialError(name, "gives no session token: \(reason)") }
        return nil
    }

    private func roleName(_ token: LockedBytes?) async throws(CredentialError) -> String {
        let answer = try await get(Self.rolePath, token)
        guard answer.status != 404 else { throw CredentialError(name, "the instance has no RAM role") }
        guard answer.status == 200 else { throw CredentialError(name, "does not name a role (status \(answer.status))") }
        answer.body.trimLineEnd()
        return try answer.body.withView { (text) throws(CredentialError) in
            guard InstanceRole.isName(text) else { throw CredentialError(name, "does not name a role") }
            return text.text
        }
    }

    private func get(_ path: String, _ token: LockedBytes?) async throws(CredentialError) -> CredentialAnswer {
        var request = CredentialRequest(.get, url: Array((role.endpoint + path).utf8), route: .direct)
        if let token { request.headers = [.init(name: "X-aliyun-ecs-metadata-token", value: token.withView { Array($0) })] }
        return try await context.transport.send(request, for: name)
    }
}
