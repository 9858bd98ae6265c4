import Bytes

/// Reads a policy document and gathers every fault. It goes on after a fault wherever the rest still has a meaning.
struct PolicyParser {
    private var found: [PolicyFault] = []

    private let text: ByteView
    private let file: String
    private let lines: LineMap

    /// `text` must stay valid while the parser is used.
    init(_ text: ByteView, file: String) {
        self.text = text
        self.file = file
        lines = LineMap(text)
    }

    /// The faults so far, in the order of their places.
    var faults: [PolicyFault] { found.sorted { ($0.line, $0.column) < ($1.line, $1.column) } }

    /// The statements, meaningful only when ``faults`` is empty afterwards.
    mutating func parse() -> [PolicyStatement] {
        guard text.count <= PolicyDocument.byteLimit else {
            report(.tooLarge, 0, "", "\(text.count) bytes", "at most \(PolicyDocument.byteLimit) bytes")
            return []
        }
        do throws(JSONError) {
            let root = try JSONNode(
                parsing: text, maxDepth: PolicyDocument.depthLimit, keepingDuplicates: true)
            return parse(root)
        } catch {
            let allowed =
                error.reason == .tooDeep
                ? "at most \(PolicyDocument.depthLimit) levels of objects and lists" : "one JSON document (RFC 8259)"
            report(.jsonSyntax, error.offset, "", error.reason.rawValue, allowed)
            return []
        }
    }

    /// Reads a document that is part of another text; offsets of `root` are offsets into the parser's text.
    mutating func parse(_ root: JSONNode) -> [PolicyStatement] {
        let shape = "an object with Version and Statement"
        guard case .object(let members) = root.content else {
            report(.dataType, root.offset, "", root.found, shape)
            return []
        }
        let known = checkNames(members, path: "", allowed: ["Version", "Statement"])
        if let version = known["Version"] {
            checkVersion(version.node)
        } else {
            report(.invalidVersion, root.offset, "", "no Version", "\"Version\": \"1\"")
        }
        guard let list = known["Statement"] else {
            report(.dataType, root.offset, "", "no Statement", "\"Statement\": a list of one statement or more")
            return []
        }
        guard case .array(let nodes) = list.node.content, !nodes.isEmpty else {
            report(.dataType, list.node.offset, "Statement", list.node.found, "a list of one statement or more")
            return []
        }
        var statements: [PolicyStatement] = []
        for (index, node) in nodes.enumerated() {
            if let statement = parseStatement(node, path: "Statement[\(index)]") { statements.append(statement) }
        }
        return statements
    }

    private mutating func checkVersion(_ node: JSONNode) {
        if case .string(let text) = node.content, text.isExactly("1") { return }
        report(.invalidVersion, node.offset, "Version", node.found, "the string \"1\"")
    }

    // MARK: - Faults, names and lists

    mutating func report(
        _ kind: PolicyFault.Kind, _ offset: Int, _ path: String, _ found: String, _ allowed: String
    ) {
        let (line, column) = lines.position(of: offset)
        self.found.append(
            PolicyFault(
                kind: kind, file: file, line: line, column: column, path: path, found: found, allowed: allowed))
    }

    func line(of node: JSONNode) -> Int { lines.position(of: node.offset).line }

    /// The members of an object by name, the first of each. Unknown and repeated names are faults.
    mutating func checkNames(
        _ members: [JSONNode.Member], path: String, allowed: [String]
    ) -> [String: JSONNode.Member] {
        reportDuplicates(members, path: path)
        var known: [String: JSONNode.Member] = [:]
        for member in members {
            let place = join(path, member.name)
            if let name = allowed.first(where: member.name.isExactly) {
                if known[name] == nil { known[name] = member }
            } else if let refusal = Self.refusals[member.name] {
                report(.invalidElement, member.offset, place, "`\(member.name)`", refusal)
            } else {
                var hint = allowed.joined(separator: ", ")
                if let near = NearestName.find(member.name, among: allowed) { hint += " (is \(near) meant?)" }
                report(.invalidElement, member.offset, place, "the unknown member `\(member.name.abridged)`", hint)
            }
        }
        return known
    }

    /// A parser that keeps the last of two members would silently drop a condition; this one refuses both.
    mutating func reportDuplicates(_ members: [JSONNode.Member], path: String) {
        var seen: Set<[UInt8]> = []
        for member in members where !seen.insert(Array(member.name.utf8)).inserted {
            report(
                .duplicateMember, member.offset, join(path, member.name), "`\(member.name.abridged)` a second time",
                "each member once")
        }
    }

    func join(_ path: String, _ name: String) -> String { path.isEmpty ? name.abridged : "\(path).\(name.abridged)" }

    /// One string, or a list of one string or more, with the offset and path of each.
    mutating func strings(_ node: JSONNode, path: String) -> [(text: String, offset: Int, path: String)]? {
        let allowed = "a string, or a list of one string or more"
        switch node.content {
        case .string(let text): return [(text, node.offset, path)]
        case .array(let nodes) where !nodes.isEmpty:
            var strings: [(String, Int, String)] = []
            for (index, element) in nodes.enumerated() {
                let place = "\(path)[\(index)]"
                guard case .string(let text) = element.content else {
                    report(.dataType, element.offset, place, element.found, "a string in double quotes")
                    continue
                }
                strings.append((text, element.offset, place))
            }
            return strings
        default:
            report(.dataType, node.offset, path, node.found, allowed)
            return nil
        }
    }

    private static let refusals = [
        "NotResource":
            "Resource: RAM's documents dropped NotResource in 2021, so what it would mean is not certain; list the resources in a Deny statement instead",
        "Principal":
            "no Principal: it belongs to policies on a resource (role trust, OSS bucket); these policies are attached to their principals",
    ]
}

extension JSONNode {
    /// The value as a fault names it.
    var found: String {
        switch content {
        case .string(let text): "`\(text.abridged)`"
        case .number(let text): "the number \(text.abridged)"
        case .bool(let value): "the truth value \(value)"
        case .array(let elements): elements.isEmpty ? "an empty list" : kind
        case .object(let members): members.isEmpty ? "an empty object" : kind
        case .null: kind
        }
    }
}

extension String {
    /// Equality of the bytes; `==` would also take other normalisation forms.
    func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// The text cut to a length that a message can carry.
    var abridged: String { utf8.count <= 120 ? self : prefix(100) + "…" }
}
