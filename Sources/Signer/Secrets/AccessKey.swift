import Bytes
import CSystem

/// An AccessKey: its public id, and its secret as keyed HMAC states in the secure heap. The secret's own bytes are
/// erased as soon as the states are made, so that nothing in the process can give them back.
///
/// `@unchecked Sendable`: all properties are `let`; the memory behind them is written in `init` alone, before anybody
/// else can hold a reference, and released in `deinit`, when nobody does.
public final class AccessKey: @unchecked Sendable {
    /// The AccessKeyId, which is no secret.
    public let id: [UInt8]
    /// Whether id and SecurityToken can stand in headers: visible ASCII alone.
    let isPrintable: Bool

    private struct States {
        var sha1 = csystem_hmac_key()
        var sha256 = csystem_hmac_key()
        var acs3 = csystem_hmac_key()
    }
    private let states: UnsafeMutablePointer<States>
    private let securityToken: SecretBytes?

    /// Turns `secret` into keyed states and erases it. `securityToken` belongs to temporary keys of STS.
    public init(id: [UInt8], secret: consuming SecretBytes, securityToken: consuming SecretBytes? = nil) {
        self.id = id
        let isTokenPrintable = securityToken?.withBytes { $0.allSatisfy(Self.isVisible) } ?? true
        isPrintable = isTokenPrintable && id.allSatisfy(Self.isVisible)
        self.securityToken = securityToken
        let memory = SecureHeap.allocate(MemoryLayout<States>.size)
        states = memory.bindMemory(to: States.self, capacity: 1)
        secret.withBytes { [states] bytes in
            let secret = bytes.baseAddress
            csystem_hmac_sha1_key(&states.pointee.sha1, secret, bytes.count, "&", 1)
            csystem_hmac_sha256_key(&states.pointee.sha256, secret, bytes.count, "&", 1)
            csystem_hmac_sha256_key(&states.pointee.acs3, secret, bytes.count, nil, 0)
        }
    }

    private static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    deinit { SecureHeap.release(states, size: MemoryLayout<States>.size) }

    public var hasSecurityToken: Bool { securityToken != nil }

    /// Calls `body` with the SecurityToken, or nil for a permanent key. The view is valid during the call only; whoever
    /// copies it into a request keeps that out of logs and errors.
    public func withSecurityToken<Result, Failure: Error>(
        _ body: (ByteView?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch securityToken {
        case .none: try body(nil)
        case .some(let token): try token.withBytes { (bytes) throws(Failure) in try body(bytes) }
        }
    }

    /// The HMAC of `message` as `method` keys it: RPC signatures with the secret and `&`, ACS3 with the secret alone.
    public func authenticationCode(of message: ByteView, _ method: SignatureMethod) -> AuthenticationCode {
        switch method {
        case .hmacSHA1:
            AuthenticationCode(count: 20) {
                csystem_hmac_sha1(&states.pointee.sha1, message.baseAddress, message.count, $0)
            }
        case .hmacSHA256:
            AuthenticationCode(count: 32) {
                csystem_hmac_sha256(&states.pointee.sha256, message.baseAddress, message.count, $0)
            }
        case .acs3:
            AuthenticationCode(count: 32) {
                csystem_hmac_sha256(&states.pointee.acs3, message.baseAddress, message.count, $0)
            }
        }
    }
}

extension AccessKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AccessKey(\(id.withView(\.text)), secret •••)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id.withView(\.text), "secret": "•••"]) }
}
