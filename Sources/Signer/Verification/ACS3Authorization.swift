import Bytes

/// The Authorization header of an ACS3 signature: `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=a;b;c,Signature=…`.
/// The views are borrowed.
struct ACS3Authorization {
    var credential: ByteView
    /// Names in lower case, sorted.
    var signedHeaders: ByteView
    var signature: ByteView

    init(_ text: ByteView) throws(VerificationFailure) {
        let blank = text.firstOffset(of: UInt8(ascii: " ")) ?? text.count
        let algorithm = text.slice(0..<blank)
        guard algorithm.equals(ACS3.algorithm) else { throw .unsupportedSignatureMethod(algorithm.text) }
        var credential: ByteView?
        var signedHeaders: ByteView?
        var signature: ByteView?
        var start = blank + 1
        while start < text.count {
            let end = text.firstOffset(of: UInt8(ascii: ","), from: start) ?? text.count
            let part = text.slice(start..<end).trimmed
            start = end + 1
            if part.hasPrefix("Credential="), credential == nil {
                credential = part.slice(11..<part.count)
            } else if part.hasPrefix("SignedHeaders="), signedHeaders == nil {
                signedHeaders = part.slice(14..<part.count)
            } else if part.hasPrefix("Signature="), signature == nil {
                signature = part.slice(10..<part.count)
            } else {
                throw .malformedAuthorization("unexpected or repeated part")
            }
        }
        guard let credential, !credential.isEmpty else { throw .malformedAuthorization("Credential is missing") }
        guard let signedHeaders, !signedHeaders.isEmpty else {
            throw .malformedAuthorization("SignedHeaders is missing")
        }
        guard let signature, !signature.isEmpty else { throw .malformedAuthorization("Signature is missing") }
        self.credential = credential
        self.signedHeaders = signedHeaders
        self.signature = signature
    }

    /// Calls `body` for each signed header's name; they must be in strictly ascending order.
    func forEachSignedHeader(_ body: (ByteView) throws(VerificationFailure) -> Void) throws(VerificationFailure) {
        var previous: ByteView?
        var start = 0
        while start <= signedHeaders.count {
            let end = signedHeaders.firstOffset(of: UInt8(ascii: ";"), from: start) ?? signedHeaders.count
            let name = signedHeaders.slice(start..<end)
            start = end + 1
            if name.isEmpty || previous.map({ !$0.precedes(name) }) == true {
                throw .malformedAuthorization("SignedHeaders are not in order")
            }
            previous = name
            try body(name)
        }
    }

    func covers(_ name: ByteView) -> Bool {
        var start = 0
        while start <= signedHeaders.count {
            let end = signedHeaders.firstOffset(of: UInt8(ascii: ";"), from: start) ?? signedHeaders.count
            if signedHeaders.slice(start..<end).equalsIgnoringCase(name) { return true }
            start = end + 1
        }
        return false
    }
}
