import Bytes

/// A role to assume and what its session is to be: everything that decides which key STS gives.
public struct RoleSession: Hashable, Sendable {
    /// Seconds that STS gives a session when it is not asked for more, and the shortest that it gives.
    public static let standardDuration = 3600
    public static let shortestDuration = 900
    /// The most that a role's own limit can be.
    public static let longestDuration = 43_200
    /// Bytes of the longest session policy.
    public static let longestPolicy = 2048

    /// `acs:ram::<account>:role/<name>`
    public var role: String
    /// What the cloud's audit log calls the session; see ``isName(_:)``.
    public var name: String
    /// Seconds that the key is to live.
    public var duration: Int
    /// A RAM policy that the session is held to besides the role's own.
    public var policy: String?
    public var externalID: String?

    public init(
        role: String, name: String, duration: Int = standardDuration, policy: String? = nil, externalID: String? = nil
    ) {
        self.role = role
        self.name = name
        self.duration = duration
        self.policy = policy
        self.externalID = externalID
    }

    /// The account of a role's ARN; nil when `text` is no such ARN.
    public static func account(ofRole text: String) -> String? {
        let parts = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "acs", parts[1] == "ram", parts[2].isEmpty, parts[4].hasPrefix("role/"),
            !parts[3].isEmpty, parts[3].utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") })
        else { return nil }
        let name = parts[4].dropFirst("role/".count)
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else { return nil }
        return String(parts[3])
    }

    /// Whether STS takes `text` for the name of a session: 2 to 64 letters, digits, `.`, `@`, `-` and `_`.
    public static func isName(_ text: String) -> Bool {
        (2...64).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
    }

    /// A name of a session that tells who it is for. Different callers get different names: what STS does not take, or what
    /// is too long, is replaced and made up for by a hash of the whole.
    public static func name(for caller: String) -> String {
        if isName(caller) { return caller }
        var hash: [UInt8] = []
        hash.append(hex: Array(caller.utf8).withView(Digest.sha256).prefix(6))
        let readable = caller.utf8.prefix(64 - 1 - hash.count).map { isNameByte($0) ? $0 : UInt8(ascii: "-") }
        return String(decoding: readable + [UInt8(ascii: "-")] + hash, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || ".@-_".utf8.contains(byte)
    }
}
