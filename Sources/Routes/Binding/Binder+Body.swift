import Bytes

extension Binder {
    /// Binds the members of a JSON object: nested as REST names are, or flat with dotted names of either spelling.
    mutating func bindBody(
        _ body: ByteView, _ operation: Operation, _ group: RouteGroup, _ candidate: RouteGroup.Candidate
    ) throws(StopBinding) {
        guard !body.isEmpty else { return }
        if candidate.route?.method == .get { return try fault("body", "a GET request takes no body; use the query") }
        var scanner = JSONScanner(body, maxDepth: maxDepth)
        do throws(BodyError) {
            let token = try scanner.step()
            guard token == .beginObject else {
                try note("body", "must be a JSON object, not \(token.kind)")
                return
            }
            try bindMembers(&scanner, operation, group, candidate)
            _ = try scanner.step()
        } catch {
            guard case .malformed(let error) = error else { throw StopBinding() }
            isBodyBroken = true
            try fault("body", "is not valid JSON: \(error)")
        }
    }

    private mutating func bindMembers(
        _ scanner: inout JSONScanner, _ operation: Operation, _ group: RouteGroup, _ candidate: RouteGroup.Candidate
    ) throws(BodyError) {
        while case .name(let text) = try scanner.step() {
            try withName(text, scanner.bytes) { (binder, name) throws(BodyError) in
                try binder.bindMember(name, &scanner, operation, group, candidate)
            }
        }
    }

    /// Calls `body` with a member's name, its escapes undone.
    mutating func withName(
        _ text: JSONScanner.Text, _ bytes: ByteView, _ body: (inout Binder, ByteView) throws(BodyError) -> Void
    ) throws(BodyError) {
        if !text.isEscaped { return try body(&self, bytes.slice(text.range)) }
        var decoded: [UInt8] = []
        JSONText.append(text, of: bytes, to: &decoded)
        try decoded.withView { (name) throws(BodyError) in try body(&self, name) }
    }

    private mutating func bindMember(
        _ name: ByteView, _ scanner: inout JSONScanner, _ operation: Operation, _ group: RouteGroup,
        _ candidate: RouteGroup.Candidate
    ) throws(BodyError) {
        let token = try scanner.step()
        if !group.conditionNames.isEmpty {
            let value = scalar(token, scanner.bytes)
            let isTaken = try stopping { (binder) throws(StopBinding) in
                try binder.isCondition(name, value, operation, group, candidate)
            }
            if isTaken { return try scanner.finish(token) }
        }
        guard let place = resolve(name, operation) else {
            try stopping { (binder) throws(StopBinding) in try binder.unknown(name, operation) }
            return try scanner.finish(token)
        }
        switch place.target {
        case .node(let node): try bindValue(token, node, place.first, place.second, &scanner, operation)
        case .page(let member):
            let value = scalar(token, scanner.bytes)
            try scanner.finish(token)
            try stopping { (binder) throws(StopBinding) in try binder.bindPage(member, value, operation) }
        }
    }

    /// Binds the value that `token` begins to the place `node`.
    private mutating func bindValue(
        _ token: JSONScanner.Token, _ node: Int, _ first: Int, _ second: Int, _ scanner: inout JSONScanner,
        _ operation: Operation
    ) throws(BodyError) {
        let place = operation.tree.nodes[node]
        if let position = place.parameter, token != .beginArray || place.element == nil || operation.rules[position].isList {
            return try bindParameter(token, position, first, second, &scanner, operation)
        }
        switch token {
        case .beginObject where place.hasMembers:
            enter(node, first, second)
            try bindObject(node, first, second, &scanner, operation)
        case .beginArray where place.element != nil:
            enter(node, first, second)
            try bindElements(of: node, first, second, &scanner, operation)
        default:
            try scanner.finish(token)
            let wanted = place.element != nil ? "a list" : "an object"
            try note(operation.tree.text(of: node, first, second), "must be \(wanted), not \(token.kind)")
        }
    }

    private mutating func bindObject(
        _ node: Int, _ first: Int, _ second: Int, _ scanner: inout JSONScanner, _ operation: Operation
    ) throws(BodyError) {
        while case .name(let text) = try scanner.step() {
            try withName(text, scanner.bytes) { (binder, name) throws(BodyError) in
                guard case .node(let child) = operation.tree.find(name, below: node) else {
                    let prefix = operation.tree.text(of: node, first, second) + "."
                    try binder.stopping { (binder) throws(StopBinding) in
                        try binder.unknown(name, operation, below: prefix)
                    }
                    return try scanner.skip()
                }
                try binder.bindValue(try scanner.step(), child, first, second, &scanner, operation)
            }
        }
    }

    private mutating func bindElements(
        of node: Int, _ first: Int, _ second: Int, _ scanner: inout JSONScanner, _ operation: Operation
    ) throws(BodyError) {
        let element = operation.tree.nodes[node].element ?? node
        var number = 0
        while true {
            let token = try scanner.step()
            if token == .endArray { break }
            number += 1
            if number > Self.maximalItems {
                if number == Self.maximalItems + 1 {
                    try note(
                        operation.tree.text(of: node, first, second), "has too many elements",
                        allowed: "at most \(Self.maximalItems) elements")
                }
                try scanner.finish(token)
            } else if first == 0 {
                try bindValue(token, element, number, 0, &scanner, operation)
            } else {
                try bindValue(token, element, first, number, &scanner, operation)
            }
        }
        if number == 0 {
            try note(operation.tree.text(of: node, first, second), "needs at least one element, or to be left out")
        }
    }

    /// Binds a value to a parameter: a list, JSON to be passed on, or a single value.
    private mutating func bindParameter(
        _ token: JSONScanner.Token, _ position: Int, _ first: Int, _ second: Int, _ scanner: inout JSONScanner,
        _ operation: Operation
    ) throws(BodyError) {
        let rule = operation.rules[position]
        let start = bound.arena.count
        switch token {
        case .beginArray where rule.isList:
            enter(operation.tree.nodes.count + position, first, second)
            return try addElements(&scanner, operation, position, first, .body)
        case .beginArray where rule.format == .json, .beginObject where rule.format == .json:
            try appendJSON(token, &scanner, ObjectPlace(operation: operation, position: position, first: first, second: second))
            return try stopping { (binder) throws(StopBinding) in
                try binder.add(operation, position, first, second, .body, start)
            }
        case .string(let text) where rule.type == .string:
            JSONText.append(text, of: scanner.bytes, to: &bound.arena)
            return try stopping { (binder) throws(StopBinding) in
                if rule.isList { return try binder.addList(operation, position, first, .body, start) }
                if rule.format == .json { return try binder.addJSONText(operation, position, first, .body, start) }
                try binder.add(operation, position, first, second, .body, start)
            }
        case .number(let range) where rule.type != .boolean && (rule.type != .string || rule.takesNumbers && !rule.isList):
            bound.arena.append(scanner.bytes.slice(range))
        case .bool(let value) where rule.type == .boolean || rule.takesBooleans:
            bound.arena.append(value ? "true" : "false")
        default:
            try scanner.finish(token)
            // Held as given, so that the parameter does not count as missing as well.
            bound.entries.append(BoundRequest.Entry(position, first, second, .body, start..<start))
            let text = FaultText(operation.parameters[position])
            return try note(
                operation.restPath(position, first, second), "must be \(text.kind), not \(token.kind)", allowed: text.allowed(nil)
            )
        }
        try stopping { (binder) throws(StopBinding) in try binder.add(operation, position, first, second, .body, start) }
    }
}
