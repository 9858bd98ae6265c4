/// A JSON tree whose every value and member name knows where it stands in the text, for messages with line and path.
public struct JSONNode: Sendable {
    public indirect enum Content: Sendable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([JSONNode])
        case object([Member])
    }

    public struct Member: Sendable {
        public var name: String
        /// Offset of the name's opening quote.
        public var offset: Int
        public var node: JSONNode
    }

    public var content: Content
    /// Offset of the value's first byte.
    public var offset: Int

    /// Parses one document. A member given twice is an error at its second name, unless `keepingDuplicates`: then both
    /// stand in the tree, for a reader who reports them among other faults.
    public init(parsing bytes: ByteView, maxDepth: Int = 64, keepingDuplicates: Bool = false) throws(JSONError) {
        var scanner = JSONScanner(bytes, maxDepth: maxDepth)
        let first = try scanner.next()
        self = try JSONNode(first, &scanner, keepingDuplicates)
        _ = try scanner.next()
    }

    private init(
        _ token: JSONScanner.Token, _ scanner: inout JSONScanner, _ keepsDuplicates: Bool
    ) throws(JSONError) {
        offset = scanner.tokenStart
        switch token {
        case .bool(let value): content = .bool(value)
        case .number(let range): content = .number(scanner.bytes.slice(range).text)
        case .string(let text): content = .string(JSONText.string(text, of: scanner.bytes))
        case .beginArray: content = .array(try Self.elements(&scanner, keepsDuplicates))
        case .beginObject: content = .object(try Self.members(&scanner, keepsDuplicates))
        default: content = .null
        }
    }

    private static func elements(_ scanner: inout JSONScanner, _ keepsDuplicates: Bool) throws(JSONError) -> [JSONNode] {
        var elements: [JSONNode] = []
        while true {
            let token = try scanner.next()
            if token == .endArray { return elements }
            elements.append(try JSONNode(token, &scanner, keepsDuplicates))
        }
    }

    private static func members(_ scanner: inout JSONScanner, _ keepsDuplicates: Bool) throws(JSONError) -> [Member] {
        var members: [Member] = []
        var names: Set<String.UTF8Key> = []
        while case .name(let text) = try scanner.next() {
            let offset = scanner.tokenStart
            let name = JSONText.string(text, of: scanner.bytes)
            guard names.insert(String.UTF8Key(name)).inserted || keepsDuplicates else {
                throw JSONError(.duplicateMember, at: offset)
            }
            let token = try scanner.next()
            members.append(Member(name: name, offset: offset, node: try JSONNode(token, &scanner, keepsDuplicates)))
        }
        return members
    }

    /// The same tree without offsets.
    public var value: JSONValue {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let text): .number(text)
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(\.value))
        case .object(let members): .object(members.map { JSONValue.Member($0.name, $0.node.value) })
        }
    }

    /// What kind of value this is, as a person says it.
    public var kind: String {
        switch content {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension String {
    /// A name compared by its bytes: `String` equality would take two normalisation forms for one.
    struct UTF8Key: Hashable {
        let bytes: [UInt8]

        init(_ text: String) { bytes = Array(text.utf8) }
    }
}
