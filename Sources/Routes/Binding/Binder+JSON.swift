import Bytes

/// Why the reading of a body ends early.
enum BodyError: Error {
    case malformed(JSONError)
    case stopped
}

extension JSONScanner {
    mutating func step() throws(BodyError) -> Token {
        do { return try next() } catch { throw .malformed(error) }
    }

    /// Reads past the rest of the value that `token` began.
    mutating func finish(_ token: Token) throws(BodyError) {
        guard token == .beginObject || token == .beginArray else { return }
        let outside = depth - 1
        while depth > outside { _ = try step() }
    }

    /// Reads past the next value.
    mutating func skip() throws(BodyError) {
        do { try skipValue() } catch { throw .malformed(error) }
    }
}

extension JSONScanner.Token {
    /// The kind of value that the token begins, as a person says it.
    var kind: String {
        switch self {
        case .beginObject: "an object"
        case .beginArray: "a list"
        case .string, .name: "a string"
        case .number: "a number"
        case .bool: "a truth value"
        case .null: "null"
        case .endObject, .endArray, .end: "nothing"
        }
    }
}

extension Binder {
    /// Runs a step that may end the binding, from where JSON is read.
    mutating func stopping<Result>(
        _ step: (inout Binder) throws(StopBinding) -> Result
    ) throws(BodyError) -> Result {
        do { return try step(&self) } catch { throw .stopped }
    }

    mutating func note(_ location: String, _ reason: String, allowed: String? = nil) throws(BodyError) {
        do { try fault(location, reason, allowed: allowed) } catch { throw .stopped }
    }

    /// Appends the value that `token` begins to the arena, without white space. A member given twice is a fault.
    mutating func appendCompact(_ token: JSONScanner.Token, _ scanner: inout JSONScanner) throws(BodyError) {
        let outside = scanner.depth - (token == .beginObject || token == .beginArray ? 1 : 0)
        var members = MemberNames()
        var token = token
        var needsComma = false
        while true {
            let bytes = scanner.bytes
            let isEnd = token == .endObject || token == .endArray
            if needsComma, !isEnd { bound.arena.append(UInt8(ascii: ",")) }
            needsComma = true
            switch token {
            case .beginObject, .beginArray:
                bound.arena.append(token == .beginObject ? "{" : "[")
                needsComma = false
                if token == .beginObject { members.open() }
            case .endObject:
                bound.arena.append("}")
                if let twice = members.close(bytes) { throw .malformed(JSONError(.duplicateMember, at: twice)) }
            case .endArray: bound.arena.append("]")
            case .name(let text):
                members.add(text, at: scanner.tokenStart)
                bound.arena.append(quoted: bytes.slice(text.range))
                bound.arena.append(":")
                needsComma = false
            case .string(let text): bound.arena.append(quoted: bytes.slice(text.range))
            case .number(let range): bound.arena.append(bytes.slice(range))
            case .bool(let value): bound.arena.append(value ? "true" : "false")
            case .null: bound.arena.append("null")
            case .end: return
            }
            if scanner.depth == outside { return }
            token = try scanner.step()
        }
    }

    /// Adds the elements of the JSON array whose beginning was read last. `outer` is the index of the list itself, or 0.
    mutating func addElements(
        _ scanner: inout JSONScanner, _ operation: Operation, _ position: Int, _ outer: Int, _ origin: BoundRequest.Origin
    ) throws(BodyError) {
        var number = 0
        while true {
            let token = try scanner.step()
            if token == .endArray { break }
            number += 1
            try addElement(token, &scanner, operation, position, outer, number, origin)
        }
        if number == 0 {
            try note(operation.restPath(position, outer, 0), "needs at least one element, or to be left out")
        }
    }

    /// Adds the element of a JSON array that `token` begins.
    private mutating func addElement(
        _ token: JSONScanner.Token, _ scanner: inout JSONScanner, _ operation: Operation, _ position: Int, _ outer: Int,
        _ number: Int, _ origin: BoundRequest.Origin
    ) throws(BodyError) {
        let start = bound.arena.count
        let (first, second) = outer == 0 ? (number, 0) : (outer, number)
        let holdsObjects = operation.elements[position] != nil
        var isRawJSON = false
        switch token {
        case .string(let text) where !holdsObjects: JSONText.append(text, of: scanner.bytes, to: &bound.arena)
        case .number(let range) where operation.rules[position].takesNumbers: bound.arena.append(scanner.bytes.slice(range))
        case .beginObject where operation.rules[position].takesObjects:
            let place = ObjectPlace(operation: operation, position: position, first: first, second: second)
            try appendJSON(token, &scanner, place)
            isRawJSON = true
        default:
            try scanner.finish(token)
            bound.entries.append(BoundRequest.Entry(position, first, second, origin, start..<start))
            let wanted = holdsObjects ? "an object" : "a string"
            return try note(operation.restPath(position, first, second), "must be \(wanted), not \(token.kind)")
        }
        try stopping { (binder) throws(StopBinding) in
            if let separator = operation.rules[position].separator, binder.bound.arena[start...].contains(separator) {
                try binder.fault(operation.restPath(position, first, second), "must not hold `\(UnicodeScalar(separator))`")
            }
            try binder.add(operation, position, first, second, origin, start, isRawJSON: isRawJSON)
        }
    }

    /// Replaces the JSON text at the end of the arena by its bound form: the elements of a list, a further element of it, or
    /// compact JSON.
    mutating func addJSONText(
        _ operation: Operation, _ position: Int, _ outer: Int, _ origin: BoundRequest.Origin, _ start: Int
    ) throws(StopBinding) {
        let text = Array(bound.arena[start...])
        bound.arena.removeSubrange(start...)
        let error: BodyError?
        do {
            try text.withView { (view) throws(BodyError) in
                var scanner = JSONScanner(view, maxDepth: maxDepth)
                let token = try scanner.step()
                if token == .beginObject, operation.elements[position] != nil, operation.rules[position].isList {
                    let number = elementCount(position, outer, origin) + 1
                    try addElement(token, &scanner, operation, position, outer, number, origin)
                } else if operation.rules[position].isList {
                    guard token == .beginArray else { throw .malformed(JSONError(.unexpectedByte, at: 0)) }
                    try addElements(&scanner, operation, position, outer, origin)
                } else {
                    try appendJSON(
                        token, &scanner, ObjectPlace(operation: operation, position: position, first: outer, second: 0))
                    try stopping { (binder) throws(StopBinding) in
                        try binder.add(operation, position, outer, 0, origin, start)
                    }
                }
                _ = try scanner.step()
            }
            error = nil
        } catch let caught {
            error = caught
        }
        switch error {
        case nil: return
        case .stopped: throw StopBinding()
        case .malformed(let error):
            try fault(operation.restPath(position, outer, 0), "is not valid JSON: \(error)")
        }
    }

    /// Notes that an object or list of the body was entered.
    mutating func enter(_ node: Int, _ first: Int, _ second: Int) {
        places.append(UInt64(truncatingIfNeeded: node) << 32 | UInt64(first & 0xFFFF) << 16 | UInt64(second & 0xFFFF))
    }
}

/// The member names of the objects that are open, to find those given twice.
private struct MemberNames {
    private var names: [(text: JSONScanner.Text, offset: Int)] = []
    private var starts: [Int] = []

    mutating func open() {
        starts.append(names.count)
    }

    mutating func add(_ text: JSONScanner.Text, at offset: Int) {
        names.append((text, offset))
    }

    /// Ends the innermost object. Returns the offset of a name given twice.
    mutating func close(_ bytes: ByteView) -> Int? {
        let start = starts.popLast() ?? 0
        defer { names.removeSubrange(start...) }
        guard names.count - start > 1 else { return nil }
        var decoded = names[start...].map { name in
            var text: [UInt8] = []
            JSONText.append(name.text, of: bytes, to: &text)
            return (text: text, offset: name.offset)
        }
        decoded.sort { $0.text == $1.text ? $0.offset < $1.offset : $0.text.lexicographicallyPrecedes($1.text) }
        return zip(decoded, decoded.dropFirst()).first { $0.text == $1.text }?.1.offset
    }
}

extension Array where Element == UInt8 {
    /// Appends what stands between the quotes of a JSON string, with the quotes.
    fileprivate mutating func append(quoted text: ByteView) {
        append(UInt8(ascii: "\""))
        append(text)
        append(UInt8(ascii: "\""))
    }
}
