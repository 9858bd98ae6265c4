import Bytes

/// Header lines to send, kept as the bytes that are sent.
public struct HeaderLines: Sendable {
    /// The lines one after another as they are sent, each `Name: value` with CR LF behind it.
    private(set) var bytes: [UInt8] = []
    /// The number of lines.
    public private(set) var count = 0
    /// Whether one of the lines is a Content-Type.
    private(set) var hasContentType = false
    /// Whether every name is a token and no value holds a control character, so that no line can smuggle in another.
    public private(set) var isValid = true

    public init() {}

    /// Appends a line. A name or value that must not be sent makes ``isValid`` false, and the client refuses the call.
    public mutating func append(_ name: StaticString, _ value: ByteView) {
        append(name.view, value)
    }

    /// Appends a line. A name or value that must not be sent makes ``isValid`` false, and the client refuses the call.
    public mutating func append(_ name: ByteView, _ value: ByteView) {
        guard !name.isEmpty, name.allSatisfy(Self.isTokenByte), value.allSatisfy(Self.isValueByte) else {
            isValid = false
            return
        }
        bytes.append(name)
        bytes.append(UInt8(ascii: ":"))
        if !value.isEmpty {
            bytes.append(UInt8(ascii: " "))
            bytes.append(value)
        }
        bytes.append("\r\n")
        if name.equalsIgnoringCase("content-type") { hasContentType = true }
        count += 1
    }

    /// Removes all lines and keeps the room.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
        hasContentType = false
        isValid = true
    }

    /// `tchar` of RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        if byte.isASCIILetter || byte.isASCIIDigit { return true }
        return switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isValueByte(_ byte: UInt8) -> Bool {
        byte == 9 || byte >= 0x20 && byte != 0x7F
    }
}
