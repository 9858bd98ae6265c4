import Bytes

/// Where a request comes from, behind the proxies that are trusted.
public enum SourceAddress: Hashable, Sendable {
    case address(NetworkAddress)
    /// A process of this machine, by a Unix socket.
    case none
    /// A trusted proxy named something that is no address. Conditions on it are undecided: an Allow does not apply, a Deny
    /// does.
    case unknown

    /// What `acs:SourceIp` answers.
    var value: ContextValue {
        switch self {
        case .address(let address): .address(address)
        case .none: .missing
        case .unknown: .unknown
        }
    }
}

extension SourceAddress: CustomStringConvertible {
    /// The address, `unix` or `unknown`.
    public var description: String {
        switch self {
        case .address(let address):
            var text: [UInt8] = []
            address.append(to: &text)
            return String(decoding: text, as: UTF8.self)
        case .none: return "unix"
        case .unknown: return "unknown"
        }
    }
}
