import Bytes

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether a Content-Type is JSON in UTF-8: `application/json`, or a type with the suffix `+json`.
    var isJSONMediaType: Bool {
        let type = slice(0..<(firstOffset(of: UInt8(ascii: ";")) ?? count)).trimmed
        if type.equalsIgnoringCase("application/json") { return true }
        return type.count > 5 && type.slice(type.count - 5..<type.count).equalsIgnoringCase("+json")
            && type.firstOffset(of: UInt8(ascii: "/")) != nil
    }

    /// Whether an Accept header asks for the cloud's own answer.
    var prefersNativeAnswer: Bool {
        guard count >= 31 else { return false }
        var start = 0
        while start < count {
            let end = firstOffset(of: UInt8(ascii: ","), from: start) ?? count
            let item = slice(start..<end)
            let type = item.slice(0..<(item.firstOffset(of: UInt8(ascii: ";")) ?? item.count)).trimmed
            if type.equalsIgnoringCase("application/vnd.acs.native+json") { return true }
            start = end + 1
        }
        return false
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether an If-None-Match header names `tag`, weakly compared, or is `*` (RFC 9110, section 13.1.2).
    func containsEntityTag(_ tag: ByteView) -> Bool {
        if equals("*") { return true }
        var start = 0
        while start < count {
            let end = firstOffset(of: UInt8(ascii: ","), from: start) ?? count
            let item = slice(start..<end).trimmed
            if item.equals(tag) || item.hasPrefix("W/") && item.slice(2..<item.count).equals(tag) { return true }
            start = end + 1
        }
        return false
    }
}

/// Preferences of a request (RFC 7240).
enum Preferences {
    /// The longest wait, in seconds.
    static let longestWait = 120

    /// Seconds of a `wait` preference, at most ``longestWait``; nil when there is none.
    static func wait(_ value: ByteView) -> Int? {
        var start = 0
        while start < value.count {
            let end = value.firstOffset(of: UInt8(ascii: ","), from: start) ?? value.count
            let item = value.slice(start..<end).trimmed
            if item.hasPrefix("wait="), item.count <= 14, let seconds = Int(item.slice(5..<item.count).text), seconds > 0 {
                return Swift.min(seconds, longestWait)
            }
            start = end + 1
        }
        return nil
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether a pair of a query says which page is wanted, in whatever spelling; its size is none of that.
    var isPageParameter: Bool {
        let name = slice(0..<(firstOffset(of: UInt8(ascii: "=")) ?? count))
        return name.equalsIgnoringCase("pagetoken") || name.equalsIgnoringCase("pagenumber") || name.equalsIgnoringCase("all")
    }
}

extension Array where Element == UInt8 {
    /// Appends a part of a target as received, fit to stand between `<` and `>` in a Link header.
    mutating func append(uriReference text: ByteView) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): append("%3C")
            case UInt8(ascii: ">"): append("%3E")
            case UInt8(ascii: "\""): append("%22")
            default: append(byte)
            }
        }
    }
}
