import Auth
import Bytes
import HTTP

extension Services {
    /// Where a request comes from, behind the proxies that are trusted.
    func source(of exchange: Exchange) -> SourceAddress {
        let peer = exchange.peer.networkAddress
        guard access.proxies.trusts(peer) else { return peer.map { .address($0) } ?? .none }
        var lines: [ByteView] = []
        for field in exchange.headers where field.name.equalsIgnoringCase("x-forwarded-for") { lines.append(field.value) }
        return access.proxies.source(of: peer, forwarded: lines)
    }

    /// Whether a request came over TLS all the way: what a trusted proxy says of its caller counts, more than how the proxy
    /// itself came. Of several lines the last is the proxy's own.
    func isSecure(_ exchange: Exchange) -> Bool {
        guard access.proxies.trusts(exchange.peer.networkAddress) else { return exchange.isSecure }
        var said: ByteView?
        for field in exchange.headers where field.name.equalsIgnoringCase("x-forwarded-proto") { said = field.value }
        return said.map(TrustedProxies.isSecure) ?? exchange.isSecure
    }

    /// What the connection of a request without `Authorization` header shows about its caller. That of a trusted proxy shows
    /// nothing when the proxy passes on somebody else's request.
    func evidence(of exchange: Exchange) -> Evidence {
        var evidence = Evidence()
        if access.proxies.trusts(exchange.peer.networkAddress), exchange.header(.forwardedFor) != nil { return evidence }
        if case .unix(let uid, let gid, _) = exchange.peer { evidence.unixPeer = UnixPeer(uid: uid, gid: gid) }
        switch exchange.clientCertificate {
        case .none: break
        case .refused(let reason): evidence.certificate = .refused(reason)
        case .accepted(let names):
            evidence.certificate = .accepted(
                CertificateNames(
                    subject: names.subject, commonName: names.commonName, dns: names.dns, emails: names.emails, uris: names.uris))
        }
        return evidence
    }
}

extension Peer {
    /// The address; nil for a Unix socket.
    var networkAddress: NetworkAddress? {
        guard case .ip(let address, _) = self else { return nil }
        return address.isIPv4
            ? NetworkAddress(v4: UInt32(truncatingIfNeeded: address.low))
            : NetworkAddress(v6: UInt128(address.high) << 64 | UInt128(address.low))
    }
}
