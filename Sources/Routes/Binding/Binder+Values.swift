import Bytes

extension Binder {
    /// Adds the value that stands at the end of the arena, from `start` on, and judges it. A numbered alias of a single
    /// value means that value, whatever the number, so that two of them are one too many.
    mutating func add(
        _ operation: Operation, _ position: Int, _ first: Int, _ second: Int, _ origin: BoundRequest.Origin, _ start: Int,
        isRawJSON: Bool = false
    ) throws(StopBinding) {
        let end = bound.arena.count
        let isNumbered = operation.rules[position].indexCount > 0 || operation.rules[position].isList
        let (first, second) = isNumbered ? (first, second) : (0, 0)
        var entry = BoundRequest.Entry(position, first, second, origin, start..<end)
        if isRawJSON { entry.key |= BoundRequest.Entry.rawJSON }
        if first > 0 { guard try hasRoom(operation, entry) else { return } }
        bound.entries.append(entry)
        if isRawJSON { return }
        let verdict = bound.arena.withView { operation.rules[position].judge($0.slice(start..<end), operation.allowedTexts) }
        if verdict != .fine { try report(verdict, operation, entry) }
        // The cloud drops the white space, and would take another resource than the one that was authorised.
        if operation.rules[position].separator != nil, bound.arena.trimmed(start..<end) != start..<end {
            try fault(operation.restPath(position, first, second), "must not begin or end with white space")
        }
        if start == end, first > 0, operation.rules[position].isList || operation.parameters[position].isList {
            try fault(operation.restPath(position, first, second), "must not be empty; leave the element out")
        }
    }

    /// Adds each element of the comma list, or of the JSON array in text form, that stands at the end of the arena.
    /// Where the wire wants another separator, that one will do as well.
    /// Numbering goes on behind what `origin` gave already. `outer` is the index of the list itself, or 0.
    mutating func addList(
        _ operation: Operation, _ position: Int, _ outer: Int, _ origin: BoundRequest.Origin, _ start: Int
    ) throws(StopBinding) {
        let end = bound.arena.count
        guard end > start else {
            return try fault(operation.restPath(position, outer, 0), "needs at least one element, or to be left out")
        }
        if operation.elements[position] != nil {
            guard bound.arena[start] == UInt8(ascii: "[") || bound.arena[start] == UInt8(ascii: "{") else {
                bound.entries.append(BoundRequest.Entry(position, max(1, outer), 0, origin, start..<start))
                return try fault(operation.restPath(position, outer, 0), "must be a list of objects in JSON")
            }
            return try addJSONText(operation, position, outer, origin, start)
        }
        let separator = operation.rules[position].separator
        if bound.arena[start] == UInt8(ascii: "["), separator == nil {
            return try addJSONText(operation, position, outer, origin, start)
        }
        var number = elementCount(position, outer, origin)
        var from = start
        while from <= end {
            var stop = from
            while stop < end, bound.arena[stop] != UInt8(ascii: ","), bound.arena[stop] != separator { stop += 1 }
            let copy = bound.arena.count
            bound.arena.appendCopy(of: separator == nil ? from..<stop : bound.arena.trimmed(from..<stop))
            number += 1
            try add(operation, position, outer == 0 ? number : outer, outer == 0 ? 0 : number, origin, copy)
            from = stop + 1
        }
    }

    /// How many elements `origin` has given to a list so far.
    func elementCount(_ position: Int, _ outer: Int, _ origin: BoundRequest.Origin) -> Int {
        bound.entries.count { $0.parameter == position && $0.origin == origin && (outer == 0 || $0.first == outer) }
    }

    /// Whether there is room for the entry's numbers; a list that is too long is reported once.
    private mutating func hasRoom(_ operation: Operation, _ entry: BoundRequest.Entry) throws(StopBinding) -> Bool {
        let limit = operation.rules[entry.parameter].maxItems
        let own = max(1, entry.second > 0 ? entry.second : entry.first)
        let outer = entry.second > 0 ? entry.first : 1
        if own <= limit, outer <= Self.maximalItems { return true }
        if own == limit + 1 || outer == Self.maximalItems + 1 {
            try fault(
                operation.restPath(entry.parameter, 0, 0), "has too many elements",
                allowed: "at most \(own > limit ? limit : Self.maximalItems) elements")
        }
        return false
    }

    private mutating func report(
        _ verdict: ValueRule.Verdict, _ operation: Operation, _ entry: BoundRequest.Entry
    ) throws(StopBinding) {
        let value = bound.withValue(of: entry) { $0.text }
        let text = FaultText(operation.parameters[entry.parameter])
        try fault(
            operation.restPath(entry.parameter, entry.first, entry.second), text.reason(verdict, value),
            allowed: text.allowed(verdict))
    }
}

extension Array where Element == UInt8 {
    /// The part of `range` without white space at its ends.
    fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, self[first] <= 0x20 { range = first + 1..<range.upperBound }
        while let last = range.last, self[last] <= 0x20 { range = range.lowerBound..<last }
        return range
    }

    /// Appends a copy of a part of the array itself.
    fileprivate mutating func appendCopy(of range: Range<Int>) {
        for index in range { append(self[index]) }
    }
}
