import Bytes

/// The mechanical rule from wire names to REST names.
public enum RESTName {
    /// `InstanceId` → `instanceId`, `KMSKeyId` → `kmsKeyId`, `SystemDisk.Category` → `systemDisk.category`,
    /// `Tag.n.Key` → `tag[].key`.
    public static func from(wire name: String) -> String {
        var output = ""
        for segment in name.split(separator: ".", omittingEmptySubsequences: false) {
            if isIndex(segment) {
                output += "[]"
            } else {
                if !output.isEmpty { output += "." }
                output += from(segment: segment)
            }
        }
        return output
    }

    /// Whether a segment stands for the number of a repetition: `n`, `m`, `N`, or a fixed number.
    static func isIndex(_ segment: Substring) -> Bool {
        segment == "n" || segment == "m" || segment == "N" || (!segment.isEmpty && segment.utf8.allSatisfy(\.isASCIIDigit))
    }

    /// One segment: the leading run of capitals in small letters, except the last one before a small letter.
    static func from(segment: Substring) -> String {
        let capitals = segment.utf8.prefix { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }.count
        guard capitals > 0 else { return String(segment) }
        let next = segment.utf8.dropFirst(capitals).first
        let startsWord = next.map { $0.isASCIILetter } ?? false
        let lowered = startsWord ? max(1, capitals - 1) : capitals
        return segment.prefix(lowered).lowercased() + segment.dropFirst(lowered)
    }
}
