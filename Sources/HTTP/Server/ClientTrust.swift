import Bytes
import CSystem

/// The authorities whose certificates callers may show, and what they revoked.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: the store behind the pointer is not changed once it is made, and
/// OpenSSL lets any number of threads verify with it at once.
public final class ClientTrust: @unchecked Sendable {
    /// Why two texts make no trust.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    private let pointer: OpaquePointer

    /// Certificates of a chain that are looked at; longer ones are refused.
    private static let longestChain = 10

    /// - Parameters:
    ///   - authorities: PEM certificates, one at least.
    ///   - revocations: PEM lists, one at least for each authority of a chain; a chain that an authority without a valid
    ///     list is part of is then refused.
    public init(authorities: String, revocations: String? = nil) throws(Fault) {
        var reason: UnsafePointer<CChar>?
        let made =
            if let revocations {
                csystem_trust_create(authorities, revocations, &reason)
            } else {
                csystem_trust_create(authorities, nil, &reason)
            }
        guard let made else { throw Fault(description: reason.map { String(cString: $0) } ?? "no memory") }
        pointer = made
    }

    deinit { csystem_trust_release(pointer) }

    /// Judges what the client of a libmicrohttpd connection showed.
    func judge(_ connection: OpaquePointer) -> ClientCertificate {
        withUnsafeTemporaryAllocation(of: csystem_der.self, capacity: Self.longestChain) { chain in
            let count = mhd_client_chain(connection, chain.baseAddress, chain.count)
            if count == 0 { return .none }
            if count > chain.count { return .refused("a chain of \(count) certificates") }
            return judge(UnsafeBufferPointer(rebasing: chain[..<count]), at: Timestamp(wallNanoseconds: SystemClock.wall))
        }
    }

    /// Judges a chain, the caller's own certificate first.
    func judge(_ chain: UnsafeBufferPointer<csystem_der>, at now: Timestamp) -> ClientCertificate {
        guard let own = chain.first else { return .none }
        if let reason = csystem_trust_verify(pointer, chain.baseAddress, chain.count, now.secondsSinceEpoch) {
            return .refused(String(cString: reason))
        }
        return Self.names(own).map { .accepted($0) } ?? .refused("the certificate is malformed")
    }

    private struct Found {
        var subject = ""
        var commonName: String?
        var dns: [String] = []
        var emails: [String] = []
        var uris: [String] = []
    }

    private static func names(_ certificate: csystem_der) -> CertifiedNames? {
        var found = Found()
        let isGood = withUnsafeMutablePointer(to: &found) { found in
            csystem_certificate_names(certificate, found) { context, kind, name, count in
                guard let found = context?.assumingMemoryBound(to: Found.self) else { return }
                let text = ByteView(start: name, count: count).text
                switch kind {
                case csystem_name_subject: found.pointee.subject = text
                case csystem_name_common: found.pointee.commonName = text
                case csystem_name_dns: found.pointee.dns.append(text)
                case csystem_name_email: found.pointee.emails.append(text)
                case csystem_name_uri: found.pointee.uris.append(text)
                default: break
                }
            }
        }
        guard isGood == 1 else { return nil }
        return CertifiedNames(
            subject: found.subject, commonName: found.commonName, dns: found.dns, emails: found.emails, uris: found.uris)
    }
}
