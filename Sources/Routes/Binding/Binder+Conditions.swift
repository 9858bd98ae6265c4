import Bytes

extension Binder {
    /// A single value as the caller gave it.
    enum Scalar {
        /// Text in the arena, from this offset to its end.
        case text(Int)
        /// A JSON string, number or truth value.
        case json(JSONScanner.Token, ByteView)
    }

    /// The value that `token` is, when it is a single one.
    func scalar(_ token: JSONScanner.Token, _ bytes: ByteView) -> Scalar? {
        switch token {
        case .string, .number, .bool: .json(token, bytes)
        default: nil
        }
    }

    /// Calls `body` with the text of a single value.
    func text(of scalar: Scalar) -> String {
        switch scalar {
        case .text(let start): bound.arena.withView { $0.slice(start..<$0.count).text }
        case .json(.string(let text), let bytes): JSONText.string(text, of: bytes)
        case .json(.number(let range), let bytes): bytes.slice(range).text
        case .json(.bool(let value), _): value ? "true" : "false"
        case .json: ""
        }
    }

    /// Which of several actions on one route the request means: the first whose conditions all hold, else the one without.
    mutating func choose(_ group: RouteGroup, _ input: Input) throws(StopBinding) -> Int {
        var given: [Route.Condition] = []
        collect(query: input.query, group, &given)
        collect(body: input.body, group, &given)
        let chosen = group.candidates.firstIndex { candidate in
            let conditions = candidate.route?.conditions ?? []
            return conditions.allSatisfy(given.contains)
        }
        if let chosen { return chosen }
        for name in group.conditionNames {
            let values = group.values(of: name)
            try fault(name, "decides which action is meant", allowed: values.joined(separator: ", "))
        }
        throw StopBinding()
    }

    private mutating func collect(query: ByteView, _ group: RouteGroup, _ given: inout [Route.Condition]) {
        for pair in QueryPairs(query) {
            var value: [UInt8] = []
            guard let name = group.conditionName(pair.name), PercentCoding.decode(pair.value, plusIsSpace: true, into: &value)
            else { continue }
            given.append(Route.Condition(name: name, value: String(decoding: value, as: UTF8.self)))
        }
    }

    private mutating func collect(body: ByteView, _ group: RouteGroup, _ given: inout [Route.Condition]) {
        var scanner = JSONScanner(body, maxDepth: maxDepth)
        // What is malformed here is reported when the body is bound.
        guard let first = try? scanner.next(), first == .beginObject else { return }
        while case .name(let text)? = try? scanner.next() {
            guard let name = group.conditionName(body.slice(text.range)) else {
                guard (try? scanner.skipValue()) != nil else { return }
                continue
            }
            guard let token = try? scanner.next() else { return }
            if let value = scalar(token, body) { given.append(Route.Condition(name: name, value: self.text(of: value))) }
            guard (try? scanner.finish(token)) != nil else { return }
        }
    }

    /// Whether `name` is one that chose the action, and therefore no parameter. A value that chooses nothing is a fault.
    mutating func isCondition(
        _ name: ByteView, _ value: Scalar?, _ operation: Operation, _ group: RouteGroup, _ candidate: RouteGroup.Candidate
    ) throws(StopBinding) -> Bool {
        guard let name = group.conditionName(name) else { return false }
        if isGuess { throw StopBinding() }
        guard let value else {
            try fault(name, "must be a single value")
            return true
        }
        let text = text(of: value)
        if candidate.route?.conditions.contains(Route.Condition(name: name, value: text)) ?? false {
            try noteTwice(name)
            return true
        }
        if operation.tree.find(name) != nil { return false }
        let values = group.values(of: name)
        let areBooleans = values.allSatisfy { $0 == "true" || $0 == "false" }
        if areBooleans, text == "true" || text == "false", !values.contains(text) {
            try noteTwice(name)
            return true
        }
        let allowed = areBooleans ? ["true", "false"] : values
        try fault(name, "`\(clipping: text)` is not one of the allowed values", allowed: allowed.joined(separator: ", "))
        return true
    }

    /// Notes a fault when the deciding member `name` was seen before.
    private mutating func noteTwice(_ name: String) throws(StopBinding) {
        if decided.contains(name) { return try fault(name, "is given twice") }
        decided.append(name)
    }
}

extension RouteGroup {
    /// The values by which `name` tells the candidates apart.
    func values(of name: String) -> [String] {
        candidates.flatMap { $0.route?.conditions ?? [] }.filter { $0.name == name }.map(\.value)
    }
}
