import Bytes

/// One profile of a ``ToolConfiguration``: where its members stand in the file.
struct ToolProfile {
    var name = ""
    var offset = 0
    private var members: [(name: JSONScanner.Text, value: JSONScanner.Token)] = []

    /// The elements of an array whose beginning was read.
    static func list(_ scanner: inout JSONScanner) throws(JSONError) -> [ToolProfile] {
        var profiles: [ToolProfile] = []
        while true {
            let token = try scanner.next()
            if token == .endArray { return profiles }
            guard token == .beginObject else {
                try scanner.skipRest(of: token)
                continue
            }
            var profile = ToolProfile()
            profile.offset = scanner.tokenStart
            while case .name(let name) = try scanner.next() {
                let value = try scanner.next()
                profile.members.append((name, value))
                try scanner.skipRest(of: value)
            }
            profile.name = profile.text("name", scanner.bytes) ?? ""
            profiles.append(profile)
        }
    }

    /// A member that is a string and not empty.
    func string(_ name: StaticString, _ bytes: ByteView) -> JSONScanner.Text? {
        for member in members where bytes.slice(member.name.range).equals(name) {
            if case .string(let text) = member.value, !text.range.isEmpty { return text }
        }
        return nil
    }

    func text(_ name: StaticString, _ bytes: ByteView) -> String? {
        string(name, bytes).map { JSONText.string($0, of: bytes) }
    }

    func number(_ name: StaticString, _ bytes: ByteView) -> Int64? {
        for member in members where bytes.slice(member.name.range).equals(name) {
            if case .number(let range) = member.value { return Int64(bytes.slice(range).text) }
        }
        return nil
    }
}
