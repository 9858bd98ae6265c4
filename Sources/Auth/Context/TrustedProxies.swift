import Bytes

/// The proxies whose word about where a request comes from is believed.
public struct TrustedProxies: Sendable {
    private let blocks: [AddressBlock]
    /// Whether whoever comes by a Unix socket is one of them.
    private let includesUnixSockets: Bool

    public init(_ blocks: [AddressBlock] = [], includesUnixSockets: Bool = false) {
        self.blocks = blocks
        self.includesUnixSockets = includesUnixSockets
    }

    /// Whether the other end of a connection is trusted; nil is a Unix socket.
    public func trusts(_ peer: NetworkAddress?) -> Bool {
        guard let peer else { return includesUnixSockets }
        return blocks.contains { $0.contains(peer) }
    }

    /// Where a request comes from whose connection's other end is `peer`: the last address of `X-Forwarded-For` that is not
    /// itself one of a trusted proxy, since each proxy appends whom it sees and what stands before that anybody can write.
    ///
    /// - Parameter forwarded: the header's values in the order of its lines. Not looked at unless `peer` is trusted.
    public func source(of peer: NetworkAddress?, forwarded: [ByteView]) -> SourceAddress {
        var source = peer.map { SourceAddress.address($0) } ?? .none
        guard trusts(peer) else { return source }
        for line in forwarded.reversed() {
            var end = line.count
            while end >= 0 {
                let comma = line.slice(0..<end).lastIndex(of: UInt8(ascii: ","))
                let element = line.slice((comma.map { $0 + 1 } ?? 0)..<end).trimmed
                // Empty elements of a list mean nothing (RFC 9110, 5.6.1).
                if !element.isEmpty {
                    guard let address = Self.address(element) else { return .unknown }
                    source = .address(address)
                    if !trusts(address) { return source }
                }
                end = comma ?? -1
            }
        }
        return source
    }

    /// Whether the last value of `X-Forwarded-Proto` says that the caller came by TLS.
    public static func isSecure(_ protocols: ByteView) -> Bool {
        let start = protocols.lastIndex(of: UInt8(ascii: ",")).map { $0 + 1 } ?? 0
        return protocols.slice(start..<protocols.count).trimmed.equalsIgnoringCase("https")
    }

    /// Reads an address as proxies write it: also in brackets, and with a port.
    private static func address(_ text: ByteView) -> NetworkAddress? {
        if text[0] == UInt8(ascii: "[") {
            guard let end = text.firstOffset(of: UInt8(ascii: "]")), isPort(text.slice(end + 1..<text.count)),
                let address = NetworkAddress(text.slice(1..<end)), text.slice(1..<end).contains(UInt8(ascii: ":"))
            else { return nil }
            return address
        }
        if let address = NetworkAddress(text) { return address }
        guard let colon = text.firstOffset(of: UInt8(ascii: ":")), isPort(text.slice(colon..<text.count)) else { return nil }
        return NetworkAddress(text.slice(0..<colon))
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ text: ByteView) -> Bool {
        if text.isEmpty { return true }
        let digits = text.slice(1..<text.count)
        return text[0] == UInt8(ascii: ":") && (1...5).contains(digits.count) && digits.allSatisfy(\.isASCIIDigit)
    }
}
