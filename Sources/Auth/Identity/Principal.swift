import Bytes

/// Somebody who may call the gateway, with all that decides what it may do.
public final class Principal: Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case user
        /// Taken on by callers who prove who they are elsewhere; it has no tokens of its own.
        case role
    }

    /// The name in the configuration, in logs and in messages.
    public let name: String
    public let kind: Kind
    /// The groups whose policies it has besides its own, sorted.
    public let groups: [String]
    /// `acs:ram::<account>:user/<name>`, what `acs:PrincipalARN` answers. A role's name is in lower case there, as RAM has it.
    public let arn: [UInt8]
    public let policies: PrincipalPolicies

    public init(
        name: String, kind: Kind = .user, groups: [String] = [], accountID: String, policies: PrincipalPolicies
    ) {
        self.name = name
        self.kind = kind
        self.groups = groups
        let shown = kind == .role ? String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self) : name
        arn = Array("acs:ram::\(accountID):\(kind.rawValue)/\(shown)".utf8)
        self.policies = policies
    }

    /// Whether a text from outside can stand as a name in logs and ARNs.
    static func isName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
