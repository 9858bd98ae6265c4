import Bytes

/// A JWT in its compact form (RFC 7515, 3.1), cut at its dots: views into the request's header, nothing is copied.
struct CompactToken {
    let header: ByteView
    let payload: ByteView
    let signature: ByteView
    /// What the signature is about: header and payload with the dot between them.
    let signed: ByteView

    /// Nil for a text without exactly two dots, which is another kind of token.
    init?(_ text: ByteView) {
        let dot = UInt8(ascii: ".")
        guard let first = text.firstOffset(of: dot), let second = text.firstOffset(of: dot, from: first + 1),
            text.firstOffset(of: dot, from: second + 1) == nil
        else { return nil }
        header = text.slice(0..<first)
        payload = text.slice(first + 1..<second)
        signature = text.slice(second + 1..<text.count)
        signed = text.slice(0..<second)
    }

    /// Calls `body` with the decoded bytes of a part, which live on the stack where they are few.
    static func withDecoded<Result>(
        _ text: ByteView, _ part: JWTFault.Part, _ body: (ByteView) throws(JWTFault) -> Result
    ) throws(JWTFault) -> Result {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count / 4 * 3 + 2) { output throws(JWTFault) in
            guard let count = Base64.decodeURL(text, into: output) else { throw .malformedEncoding(part) }
            return try body(ByteView(rebasing: output[..<count]))
        }
    }

    /// The members of a part that is a JSON object. A member that is given twice, at any depth, is a fault.
    static func object(_ text: ByteView, _ part: JWTFault.Part) throws(JWTFault) -> [JSONNode.Member] {
        try withDecoded(text, part) { bytes throws(JWTFault) in
            let root: JSONNode
            do throws(JSONError) {
                root = try JSONNode(parsing: bytes, maxDepth: 16)
            } catch {
                throw .malformedJSON(part, "\(error)")
            }
            guard case .object(let members) = root.content else { throw .malformedJSON(part, "it is \(root.kind)") }
            return members
        }
    }
}

extension [JSONNode.Member] {
    /// The value of the member with exactly this name.
    func value(_ name: String) -> JSONNode? { first { $0.name.isExactly(name) }?.node }

    /// The text of a string member; nil when it is missing or of another type.
    func text(_ name: String) -> String? {
        if case .string(let text)? = value(name)?.content { text } else { nil }
    }
}
