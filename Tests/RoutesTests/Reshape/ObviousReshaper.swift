import Bytes

@testable import Routes

/// What an answer becomes for callers, computed on trees, slowly and obviously: the rules of answers as they are told, with the
/// documented paths looked up in a plain list again and again. Shares nothing with the reshaper.
struct ObviousReshaper {
    /// Paths as documented, `Disks.Disk[].DiskId`, and their types.
    let rows: [(path: String, type: String)]

    /// The whole answer; in a view of one nil when the collection is empty.
    func answer(_ answer: JSONValue, collection: String?, isSingle: Bool) -> JSONValue? {
        guard case .object(let all) = answer else { return nil }
        // Of what an answer says under two names that are one in REST, the one that looks like REST is left out.
        let documented = Set(rows.map { String($0.path.prefix { $0 != "." && $0 != "[" }) } + ["RequestId"])
        let members = all.filter { member in !documented.contains { $0 != member.name && Self.name($0) == member.name } }
        guard let collection else { return object(members, at: "") }
        let items = elements(of: answer, along: collection.split(separator: ".").map(String.init))
            .map { shaped($0, at: collection + "[]", isMember: false) }
        if isSingle { return items.first }
        let holder = collection.prefix { $0 != "." }
        var output: [JSONValue.Member] = []
        for member in members where member.name != "NextToken" {
            let value = member.name == holder ? .array(items) : shaped(member.value, at: member.name, isMember: true)
            output.append(.init(member.name == holder ? "items" : Self.name(member.name), value))
        }
        if !members.contains(where: { $0.name == holder }) { output.append(.init("items", .array(items))) }
        let around = collection.split(separator: ".").map(String.init)
        let beside = answer[String(holder)].map { pageMembers(of: $0, along: Array(around.dropFirst())) } ?? [:]
        for name in ["TotalCount", "PageNumber", "PageSize"] where !members.contains(where: { $0.name == name }) {
            if let value = beside[name] { output.append(.init(Self.name(name), value)) }
        }
        return .object(output)
    }

    /// The texts at a path such as `InstanceIdSets.InstanceIdSet[]`, of one or of every element.
    func texts(in value: JSONValue, at path: [String]) -> [String] {
        switch value {
        case .array(let elements): return elements.flatMap { texts(in: $0, at: path) }
        case .string(let text): return path.isEmpty ? [text] : []
        case .object:
            guard let first = path.first, let next = value[first.replacing("[]", with: "")] else { return [] }
            return texts(in: next, at: Array(path.dropFirst()))
        default: return []
        }
    }

    private func elements(of value: JSONValue, along names: [String]) -> [JSONValue] {
        if case .array(let elements) = value { return elements }
        guard let name = names.first, let next = value[name] else { return [] }
        return elements(of: next, along: Array(names.dropFirst()))
    }

    /// The numbers that tell of the page in the objects around the list at `names`; of several the last.
    private func pageMembers(of value: JSONValue, along names: [String]) -> [String: JSONValue] {
        guard case .object(let members) = value else { return [:] }
        var found: [String: JSONValue] = [:]
        for member in members {
            if member.name == names.first {
                found.merge(pageMembers(of: member.value, along: Array(names.dropFirst()))) { $1 }
            } else if ["TotalCount", "PageNumber", "PageSize"].contains(member.name) {
                switch member.value {
                case .number(let text), .string(let text): if Int(text) != nil { found[member.name] = member.value }
                default: break
                }
            }
        }
        return found
    }

    private func object(_ members: [JSONValue.Member], at path: String) -> JSONValue {
        .object(
            members.map { member in
                let child = path.isEmpty ? member.name : path + "." + member.name
                return .init(Self.name(member.name), shaped(member.value, at: child, isMember: true))
            })
    }

    private func shaped(_ value: JSONValue, at path: String, isMember: Bool) -> JSONValue {
        switch value {
        case .array(let elements):
            // A documented wrapper may come as the bare list.
            let list = isWrapper(path) ? "\(path).\(children(of: path)[0])" : path
            return .array(elements.map { shaped($0, at: list + "[]", isMember: false) })
        case .object(let members):
            guard isMember || isWrapper(path), mayUnwrap(path) else { return object(members, at: path) }
            if members.isEmpty, isWrapper(path) || isList(path) { return .array([]) }
            guard members.count == 1, case .array = members[0].value else { return object(members, at: path) }
            let inner = isList(path) ? path : "\(path).\(members[0].name)"
            return shaped(members[0].value, at: inner, isMember: true)
        default: return value
        }
    }

    // MARK: What is documented

    /// Whether the object here gives way to the list in it, when it holds nothing else.
    private func mayUnwrap(_ path: String) -> Bool {
        isWrapper(path) || isList(path) || children(of: path).isEmpty && !isOpaque(path)
    }

    /// Whether all that is documented of the object here is one list.
    private func isWrapper(_ path: String) -> Bool {
        let names = children(of: path)
        return names.count == 1 && !isList(path) && isList("\(path).\(names[0])")
    }

    private func isList(_ path: String) -> Bool {
        rows.contains { $0.path == path + "[]" || $0.path.hasPrefix(path + "[].") }
    }

    /// An object of which no member is documented.
    private func isOpaque(_ path: String) -> Bool {
        rows.contains { $0.path == path && ["Object", "Struct"].contains($0.type) }
    }

    /// Names of the documented members of what is at `path`, each once.
    private func children(of path: String) -> [String] {
        var names: [String] = []
        for row in rows where row.path.hasPrefix(path + ".") {
            let name = String(row.path.dropFirst(path.count + 1).prefix { $0 != "." && $0 != "[" })
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// `VSwitchId` → `vSwitchId`, `KMSKeyId` → `kmsKeyId`, `ISP` → `isp`: capitals in front become small, but for the last one
    /// where a small letter follows.
    static func name(_ wire: String) -> String {
        wire.split(separator: ".", omittingEmptySubsequences: false).map { part in
            var letters = Array(part)
            var index = 0
            while index < letters.count, letters[index].isASCII, letters[index].isUppercase {
                let next = index + 1 < letters.count ? letters[index + 1] : nil
                if index > 0, let next, next.isASCII, next.isLowercase { break }
                letters[index] = Character(letters[index].lowercased())
                index += 1
            }
            return String(letters)
        }.joined(separator: ".")
    }
}
