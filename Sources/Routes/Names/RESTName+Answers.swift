import Bytes

/// The same rule for the names in answers, where no part stands for a number. It changes letters and never the length,
/// so that it works in place.
extension RESTName {
    /// The name of a member of answers.
    static func inAnswers(_ name: String) -> String {
        var bytes = Array(name.utf8)
        bytes.withUnsafeMutableBufferPointer { rewriteDotted($0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a member of an answer is left out, since another of its `siblings` gets the very name in REST: `code` beside
    /// `Code`, `requestId` beside `RequestId`.
    static func isHidden(_ name: String, by siblings: [String]) -> Bool {
        siblings.contains { $0 != name && inAnswers($0) == name }
    }

    /// `InstanceId` → `instanceId`. The name may hold JSON escapes, which stay.
    @inline(__always)
    static func rewrite(_ name: UnsafeMutableBufferPointer<UInt8>) {
        var capitals = 0
        while capitals < name.count, name[capitals] &- UInt8(ascii: "A") < 26 { capitals += 1 }
        let startsWord = capitals < name.count && name[capitals].isASCIILetter
        for index in 0..<(startsWord && capitals > 1 ? capitals - 1 : capitals) { name[index] |= 0x20 }
    }

    /// The same for every part of a name with full stops in it, which some answers have as a whole: `SystemDisk.Size` →
    /// `systemDisk.size`.
    static func rewriteDotted(_ name: UnsafeMutableBufferPointer<UInt8>) {
        var start = 0
        for index in 0...name.count where index == name.count || name[index] == UInt8(ascii: ".") {
            rewrite(UnsafeMutableBufferPointer(rebasing: name[start..<index]))
            start = index + 1
        }
    }
}
