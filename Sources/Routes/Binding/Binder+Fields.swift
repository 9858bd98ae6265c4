import Bytes

/// Objects in JSON values whose members the catalogue knows: names in either spelling, values checked as parameters are.
extension Binder {
    /// Where an object stands in the request, for messages.
    struct ObjectPlace {
        let operation: Operation
        let position: Int
        let first: Int
        let second: Int

        /// `backendServers[0]`.
        var text: String { operation.restPath(position, first, second) }

        /// `backendServers[0].serverId`.
        func text(of member: String) -> String { text + "." + member }
    }

    /// Appends the JSON value that `token` begins to the arena, without white space. An object whose members the catalogue
    /// names gets them checked, and under their wire names.
    mutating func appendJSON(
        _ token: JSONScanner.Token, _ scanner: inout JSONScanner, _ place: ObjectPlace
    ) throws(BodyError) {
        guard let fields = place.operation.elements[place.position] else { return try appendCompact(token, &scanner) }
        if token == .beginObject { return try appendObject(&scanner, fields, at: place) }
        try scanner.finish(token)
        try note(place.text, "must be an object, not \(token.kind)")
    }

    /// Appends the object whose beginning was read last to the arena.
    private mutating func appendObject(
        _ scanner: inout JSONScanner, _ fields: ElementFields, at place: ObjectPlace
    ) throws(BodyError) {
        bound.arena.append(UInt8(ascii: "{"))
        var seen: UInt64 = 0
        while case .name(let text) = try scanner.step() {
            try withName(text, scanner.bytes) { (binder, name) throws(BodyError) in
                try binder.appendMember(name, &scanner, fields, place, &seen)
            }
        }
        bound.arena.append(UInt8(ascii: "}"))
        for (index, field) in fields.fields.enumerated() where (fields.required & ~seen) >> UInt64(index) & 1 != 0 {
            try note(place.text(of: field.restName), "is required")
        }
    }

    private mutating func appendMember(
        _ name: ByteView, _ scanner: inout JSONScanner, _ fields: ElementFields, _ place: ObjectPlace, _ seen: inout UInt64
    ) throws(BodyError) {
        let token = try scanner.step()
        guard let index = fields.find(name) else {
            try noteUnknown(name, fields, place)
            return try scanner.finish(token)
        }
        let field = fields.fields[index]
        guard seen >> UInt64(index) & 1 == 0 else {
            try scanner.finish(token)
            return try note(place.text(of: field.restName), "is given twice")
        }
        if seen != 0 { bound.arena.append(UInt8(ascii: ",")) }
        seen |= 1 << UInt64(index)
        bound.arena.append(jsonString: field.name)
        bound.arena.append(UInt8(ascii: ":"))
        try appendValue(token, &scanner, field, fields.rules[index], place)
    }

    /// Appends one value as the caller wrote it: the cloud takes numbers and texts that hold them alike.
    private mutating func appendValue(
        _ token: JSONScanner.Token, _ scanner: inout JSONScanner, _ field: Parameter, _ rule: ValueRule, _ place: ObjectPlace
    ) throws(BodyError) {
        scratch.removeAll(keepingCapacity: true)
        switch token {
        case .string(let text): JSONText.append(text, of: scanner.bytes, to: &scratch)
        case .number(let range) where rule.type != .boolean && (rule.type != .string || rule.takesNumbers):
            scratch.append(scanner.bytes.slice(range))
        case .bool(let value) where rule.type == .boolean || rule.takesBooleans: scratch.append(value ? "true" : "false")
        default:
            try scanner.finish(token)
            let text = FaultText(field)
            return try note(place.text(of: field.restName), "must be \(text.kind), not \(token.kind)", allowed: text.allowed(nil))
        }
        var isText = rule.type == .string
        if case .string = token { isText = true }
        scratch.withView { isText ? bound.arena.append(jsonString: $0) : bound.arena.append($0) }
        let verdict = scratch.withView { rule.judge($0, place.operation.allowedTexts) }
        if verdict != .fine {
            let text = FaultText(field)
            let value = scratch.withView { $0.text }
            try note(place.text(of: field.restName), text.reason(verdict, value), allowed: text.allowed(verdict))
        } else if scratch.isEmpty, field.requirement == .required {
            try note(place.text(of: field.restName), "must not be empty")
        }
    }

    /// Adds the list of one object with one member, whose value stands at the end of the arena, from `start` on.
    mutating func addObject(
        of field: Int, _ variable: Route.Variable, _ start: Int, _ operation: Operation
    ) throws(StopBinding) {
        guard let fields = operation.elements[variable.parameter] else { return }
        scratch.removeAll(keepingCapacity: true)
        bound.arena.withView { scratch.append($0.slice(start..<$0.count)) }
        bound.arena.removeSubrange(start...)
        let member = fields.fields[field]
        let verdict = scratch.withView { fields.rules[field].judge($0, operation.allowedTexts) }
        if verdict != .fine {
            let text = FaultText(member)
            try fault(variable.name, text.reason(verdict, scratch.withView { $0.text }), allowed: text.allowed(verdict))
        }
        bound.arena.append(UInt8(ascii: "{"))
        bound.arena.append(jsonString: member.name)
        bound.arena.append(UInt8(ascii: ":"))
        scratch.withView { fields.rules[field].type == .string ? bound.arena.append(jsonString: $0) : bound.arena.append($0) }
        bound.arena.append(UInt8(ascii: "}"))
        try add(operation, variable.parameter, 1, 0, .path, start, isRawJSON: true)
    }

    private mutating func noteUnknown(
        _ name: ByteView, _ fields: ElementFields, _ place: ObjectPlace
    ) throws(BodyError) {
        var reason = "unknown member of \(place.operation.parameters[place.position].restName)"
        if remainingHints > 0 {
            remainingHints -= 1
            reason += CatalogueReader.nearest(name.text, among: fields.fields.map(\.restName))
        }
        try note(place.text(of: "\(clipping: name)"), reason)
    }
}
