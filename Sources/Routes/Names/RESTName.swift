import Bytes

/// The mechanical rule from wire names to REST names.
public enum RESTName {
    /// The name by which a query gives a REST name's first value: lists repeat their name, and elements that are objects are
    /// numbered. `instanceIds[]` → `instanceIds`, `tag[].key` → `tag.1.key`.
    static func inQuery(_ name: String) -> String {
        (name.hasSuffix("[]") ? String(name.dropLast(2)) : name).replacing("[]", with: ".1")
    }

    /// `InstanceId` → `instanceId`, `KMSKeyId` → `kmsKeyId`, `SystemDisk.Category` → `systemDisk.category`,
    /// `Tag.n.Key` → `tag[].key`, and of names without capitals `dest_zone_id` → `destZoneId`.
    public static func from(wire name: String) -> String {
        var name = name
        var output: [UInt8] = []
        name.withUTF8 { bytes in
            output.reserveCapacity(bytes.count + 4)
            forEachPart(of: bytes) { part in
                if isIndex(part) { return output.append("[]") }
                if !output.isEmpty { output.append(UInt8(ascii: ".")) }
                append(part, to: &output)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The rule for one part of a name: the leading run of capitals in small letters, except the last one before a small letter.
    static func from(part: String) -> String {
        var part = part
        var output: [UInt8] = []
        part.withUTF8 { append($0, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether a part stands for the number of a repetition: `n`, `m`, `N`, or a fixed number.
    static func isIndex(_ part: ByteView) -> Bool {
        if part.count == 1, part[0] == UInt8(ascii: "n") || part[0] == UInt8(ascii: "m") || part[0] == UInt8(ascii: "N") {
            return true
        }
        return !part.isEmpty && part.allSatisfy(\.isASCIIDigit)
    }

    /// Calls `body` with each part between dots, empty ones too.
    static func forEachPart(of name: ByteView, _ body: (ByteView) -> Void) {
        var start = 0
        while start <= name.count {
            let end = name.firstOffset(of: UInt8(ascii: "."), from: start) ?? name.count
            body(name.slice(start..<end))
            start = end + 1
        }
    }

    private static func append(_ part: ByteView, to output: inout [UInt8]) {
        if part.allSatisfy({ $0.asciiLowercased == $0 }) { return append(joining: part, to: &output) }
        var capitals = 0
        while capitals < part.count, part[capitals].isASCIILetter, part[capitals] != part[capitals].asciiLowercased {
            capitals += 1
        }
        let beginsWord = capitals < part.count && part[capitals].isASCIILetter
        let lowered = beginsWord ? max(min(1, capitals), capitals - 1) : capitals
        for index in 0..<part.count { output.append(index < lowered ? part[index].asciiLowercased : part[index]) }
    }

    /// A part of small letters, its words joined by underscores: a capital takes the place of each underscore.
    private static func append(joining part: ByteView, to output: inout [UInt8]) {
        var beginsWord = false
        for byte in part {
            if byte == UInt8(ascii: "_") {
                beginsWord = true
            } else {
                output.append(beginsWord && byte.isASCIILetter ? byte & ~0x20 : byte)
                beginsWord = false
            }
        }
    }
}
