import Auth
import Bytes
import Signer

/// Who may come by the cloud's own protocol: the access keys that the gateway issued. Shared by all loops.
final class FrontDoor: Sendable {
    /// An access key and whose it is.
    struct Grant: Sendable {
        let key: AccessKey
        let principal: Principal
        let name: String?
        let expiry: Timestamp?
        /// The account that its calls go to; nil for the default one.
        let account: String?
    }

    private let grants: [[UInt8]: Grant]
    private let verifier: SignatureVerifier
    private let nonces: NonceStore

    /// `former` is the one of another configuration, whose nonces stay used.
    init(_ configuration: Configuration, _ directory: PrincipalDirectory, after former: FrontDoor?) throws(ServiceError) {
        var grants: [[UInt8]: Grant] = [:]
        if let master = configuration.accessKeyMaster {
            do throws(CredentialError) {
                let issuer = try AccessKeyIssuer(masterFile: master)
                for principal in configuration.principals {
                    for key in principal.accessKeys {
                        grants[Array(key.id.utf8)] = Grant(
                            key: issuer.key(key.id), principal: directory.principal(principal.name), name: key.name,
                            expiry: key.expires, account: key.account)
                    }
                }
            } catch {
                throw ServiceError("access keys: \(error)")
            }
        }
        self.grants = grants
        nonces = former?.nonces ?? NonceStore()
        verifier = SignatureVerifier(nonces: nonces)
    }

    /// Whether any key was issued.
    var isOpen: Bool { !grants.isEmpty }

    /// Finds out whose key signed a call.
    func admit(_ call: ReceivedCall, at now: Timestamp) throws(WireError) -> Grant {
        let key: AccessKey
        do throws(VerificationFailure) {
            key = try verifier.verify(call, at: now) { grants[Array($0)]?.key }
        } catch {
            throw WireError(error, call.style)
        }
        guard let grant = grants[key.id] else { throw WireError(.unknownKey(""), call.style) }
        if let expiry = grant.expiry, now >= expiry { throw .expiredKey }
        return grant
    }
}
