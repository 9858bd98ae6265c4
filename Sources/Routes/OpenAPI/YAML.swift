import Bytes

/// Writes a document as YAML 1.2 in block style: the subset that every YAML reader, also those of version 1.1, takes the same way.
public struct YAML {
    private var output: [UInt8] = []

    /// The document `value` with members in their own order and a line feed at the end.
    public static func document(_ value: JSONValue) -> [UInt8] {
        var writer = YAML()
        writer.output.reserveCapacity(1 << 20)
        writer.write(value, indent: 0, afterKey: false)
        return writer.output
    }

    private mutating func write(_ value: JSONValue, indent: Int, afterKey: Bool) {
        switch value {
        case .object(let members) where !members.isEmpty:
            if afterKey { newLine(indent) }
            for (index, member) in members.enumerated() {
                if index > 0 { newLine(indent) }
                write(scalar: member.name)
                output.append(UInt8(ascii: ":"))
                write(member.value, indent: indent + 2, afterKey: true)
            }
        case .array(let elements) where !elements.isEmpty:
            if elements.allSatisfy(\.isScalar) { return write(flow: elements, afterKey: afterKey) }
            if afterKey { newLine(indent) }
            for (index, element) in elements.enumerated() {
                if index > 0 { newLine(indent) }
                output.append("- ")
                write(element, indent: indent + 2, afterKey: false)
            }
        default:
            if afterKey { output.append(UInt8(ascii: " ")) }
            write(leaf: value)
        }
        if indent == 0 { output.append(UInt8(ascii: "\n")) }
    }

    private mutating func newLine(_ indent: Int) {
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }

    private mutating func write(flow elements: [JSONValue], afterKey: Bool) {
        if afterKey { output.append(UInt8(ascii: " ")) }
        output.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(", ") }
            write(leaf: element)
        }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(leaf value: JSONValue) {
        if case .string(let text) = value {
            write(scalar: text)
        } else {
            value.append(to: &output)
        }
    }

    /// A text as a plain scalar where no reader can take it for anything else, otherwise as a JSON string, which YAML reads too.
    private mutating func write(scalar text: String) {
        if Self.isPlain(text) {
            output.append(text: text)
        } else {
            output.append(jsonString: text)
        }
    }

    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        guard first.isASCIILetter || first == UInt8(ascii: "/"), last != UInt8(ascii: ":"), last != UInt8(ascii: " ") else {
            return false
        }
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
                UInt8(ascii: "\""):
                return false
            case UInt8(ascii: " ") where previous == UInt8(ascii: ":"), UInt8(ascii: "#") where previous == UInt8(ascii: " "):
                return false
            case 0x20..<0x7F: break
            default: return false
            }
            previous = byte
        }
        return !reserved.contains(text.lowercased())
    }

    /// What readers of YAML 1.1 or 1.2 take for something else than a text. Numbers and dates begin with a digit or a sign.
    private static let reserved: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        default: true
        }
    }
}
