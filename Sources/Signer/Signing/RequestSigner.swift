import Bytes

/// Makes one kind of signature.
public protocol RequestSigner: Sendable {
    /// Writes the signed request for `call` into `request`, whose former content is dropped. `parameters` are the
    /// action's own, in any order; they are sorted, and otherwise left as they are, so that a retry signs the same ones
    /// again.
    func sign(
        _ call: CloudCall, _ parameters: inout WireParameters, with key: AccessKey, stamp: RequestStamp,
        into request: inout SignedRequest
    ) throws(SigningError)
}

extension CloudCall {
    /// Makes sure that action and version may be sent, also in headers.
    func checkNames() throws(SigningError) {
        if !Self.isName(action) { throw .malformedAction(action) }
        if !Self.isName(version) { throw .malformedAction(version) }
    }

    private static func isName(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for byte in bytes where !PercentCoding.isUnreserved(byte) { return false }
            return !bytes.isEmpty
        }
    }
}

extension WireParameters {
    /// Sorts, and makes sure that every name may be sent and stands once.
    mutating func prepareForSigning() throws(SigningError) {
        sort()
        var previous = ByteView.empty
        try forEach { (name, _) throws(SigningError) in
            if name.isEmpty { throw .emptyName }
            if CommonParameter.named(name) != nil { throw .reservedName(name.text) }
            if name.equals(previous) { throw .repeatedName(name.text) }
            previous = name
        }
    }
}
