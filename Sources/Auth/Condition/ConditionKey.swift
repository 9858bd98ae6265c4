import Bytes

/// The name of a fact about a request. Case is ignored up to the first `/`; the tag key after it minds case and may hold
/// `:` and `/` itself. Wildcards in it are plain text.
public struct ConditionKey: Hashable, Sendable {
    /// Service and name, ASCII letters in lower case, without the tag key.
    public let name: [UInt8]
    /// The tag key of `acs:ResourceTag/team`; nil when the name has no `/`.
    public let tag: [UInt8]?
    /// What the gateway knows to answer by name; nil for every other key.
    public let known: Known?

    /// The keys that a request through the gateway can answer.
    public enum Known: String, CaseIterable, Hashable, Sendable {
        case currentTime = "acs:currenttime"
        case secureTransport = "acs:securetransport"
        case sourceIp = "acs:sourceip"
        case mfaPresent = "acs:mfapresent"
        case principalARN = "acs:principalarn"
        case userAgent = "acs:useragent"
        case accessId = "acs:accessid"
        case requestTag = "acs:requesttag"
        case resourceTag = "acs:resourcetag"
        /// The older forms of the resource tag, filled for resources of that service only.
        case ecsTag = "ecs:tag"
        case vpcTag = "vpc:tag"

        /// Whether the key names a tag, and so needs a tag key.
        var takesTag: Bool {
            switch self {
            case .requestTag, .resourceTag, .ecsTag, .vpcTag: true
            default: false
            }
        }
    }

    /// Nil when `text` is not of the form `<service>:<name>`, optionally with `/<tag key>`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
        guard let colon = bytes[..<end].firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < end else { return nil }
        name = bytes[..<end].map(\.asciiLowercased)
        tag = end < bytes.count ? Array(bytes[(end + 1)...]) : nil
        let known = Known(rawValue: String(decoding: name, as: UTF8.self))
        self.known = known?.takesTag == (tag != nil) ? known : nil
    }

    /// Whether the answer differs from one resource of a request to the next.
    public var isOfResource: Bool {
        switch known {
        case .resourceTag, .ecsTag, .vpcTag: true
        default: false
        }
    }
}

extension ConditionKey: CustomStringConvertible {
    /// The key in lower case up to its tag.
    public var description: String {
        String(decoding: tag.map { name + [UInt8(ascii: "/")] + $0 } ?? name, as: UTF8.self)
    }
}
