import Bytes

extension Binder {
    /// Puts the values in order and checks what only shows in the whole.
    mutating func finish(_ operation: Operation, _ region: ByteView) throws(StopBinding) {
        sortEntries()
        try checkPlaces(operation)
        try joinEntries(operation)
        if hasNumberedNames { try checkNumbers(operation) }
        try setRegion(operation, region)
        try checkRequired(operation)
        try checkResourceFields(operation)
        if seenPages != 0 { try checkPages(operation) }
    }

    private mutating func sortEntries() {
        guard bound.entries.count <= 32 else { return bound.entries.sort { $0.key < $1.key } }
        var next = 1
        while next < bound.entries.count {
            let entry = bound.entries[next]
            var hole = next
            while hole > 0, entry.key < bound.entries[hole - 1].key {
                bound.entries[hole] = bound.entries[hole - 1]
                hole -= 1
            }
            bound.entries[hole] = entry
            next += 1
        }
    }

    /// An object or list of the body that was given twice.
    private mutating func checkPlaces(_ operation: Operation) throws(StopBinding) {
        guard places.count > 1 else { return }
        places.sort()
        for index in 1..<places.count where places[index] == places[index - 1] {
            let node = Int(places[index] >> 32)
            let (first, second) = (Int(places[index] >> 16 & 0xFFFF), Int(places[index] & 0xFFFF))
            let position = node - operation.tree.nodes.count
            let isParameter = position >= 0
            try fault(
                isParameter ? operation.restPath(position, first, second) : operation.tree.text(of: node, first, second),
                "is given twice")
        }
    }

    /// Drops or reports what was given twice, and joins the elements of lists that are one value on the wire.
    private mutating func joinEntries(_ operation: Operation) throws(StopBinding) {
        var kept = 0
        var reported = -1
        var hasLists = false
        for index in bound.entries.indices {
            let entry = bound.entries[index]
            if kept > 0, bound.entries[kept - 1].identity == entry.identity {
                if isRepetition(bound.entries[kept - 1], entry) || reported == entry.parameter { continue }
                reported = entry.parameter
                try reportTwice(bound.entries[kept - 1], entry, operation)
                continue
            }
            hasLists = hasLists || operation.rules[entry.parameter].isList
            if kept != index { bound.entries[kept] = entry }
            kept += 1
        }
        bound.entries.removeLast(bound.entries.count - kept)
        if hasLists { joinLists(operation) }
    }

    private func isRepetition(_ earlier: BoundRequest.Entry, _ later: BoundRequest.Entry) -> Bool {
        guard earlier.origin == .path || earlier.origin == .route else { return false }
        return bound.arena.withView { arena in
            arena.slice(earlier.start..<earlier.end).equals(arena.slice(later.start..<later.end))
        }
    }

    private mutating func reportTwice(
        _ earlier: BoundRequest.Entry, _ later: BoundRequest.Entry, _ operation: Operation
    ) throws(StopBinding) {
        let location = operation.restPath(earlier.parameter, earlier.first, earlier.second)
        let value = operation.parameters[earlier.parameter].isSecret ? "" : bound.withValue(of: earlier) { " `\(clipping: $0)`" }
        switch earlier.origin {
        case .path: try fault(location, "the path says\(value) already; leave it out")
        case .route: try fault(location, "this path means\(value) already; leave it out")
        case .query where later.origin == .body: try fault(location, "is given twice: in the query and in the body")
        default: try fault(location, "is given twice")
        }
    }

    private mutating func joinLists(_ operation: Operation) {
        var kept = 0
        var index = 0
        while index < bound.entries.count {
            let entry = bound.entries[index]
            guard operation.rules[entry.parameter].isList, entry.first > 0 else {
                bound.entries[kept] = entry
                kept += 1
                index += 1
                continue
            }
            let outer = operation.rules[entry.parameter].indexCount > 0 ? entry.first : 0
            var end = index
            while end < bound.entries.count, bound.entries[end].parameter == entry.parameter,
                outer == 0 || bound.entries[end].first == outer
            { end += 1 }
            let range = join(index..<end, separator: operation.rules[entry.parameter].separator)
            bound.entries[kept] = BoundRequest.Entry(entry.parameter, outer, 0, entry.origin, range)
            kept += 1
            index = end
        }
        bound.entries.removeLast(bound.entries.count - kept)
    }

    /// Appends the values of some entries as one value to the arena, and returns its place: a JSON array, or the values with
    /// `separator` between them.
    private mutating func join(_ range: Range<Int>, separator: UInt8?) -> Range<Int> {
        let asJSON = separator == nil
        let start = bound.arena.count
        if asJSON { bound.arena.append(UInt8(ascii: "[")) }
        for index in range {
            let entry = bound.entries[index]
            if index > range.lowerBound { bound.arena.append(separator ?? UInt8(ascii: ",")) }
            if asJSON, !entry.isRawJSON {
                scratch.removeAll(keepingCapacity: true)
                bound.withValue(of: entry) { scratch.append(jsonString: $0) }
                scratch.withView { bound.arena.append($0) }
            } else {
                for offset in entry.start..<entry.end { bound.arena.append(bound.arena[offset]) }
            }
        }
        if asJSON { bound.arena.append(UInt8(ascii: "]")) }
        return start..<bound.arena.count
    }
}

extension Binder {
    /// Numbers that the caller wrote into names must go from 1 on without a gap: the cloud would stop at it.
    private mutating func checkNumbers(_ operation: Operation) throws(StopBinding) {
        places.removeAll(keepingCapacity: true)
        for entry in bound.entries where entry.first > 0 {
            let lists = operation.lists[entry.parameter]
            if let first = lists.first { places.append(Self.place(first, 0, entry.first)) }
            if let second = lists.second, entry.second > 0 { places.append(Self.place(second, entry.first, entry.second)) }
        }
        places.sort()
        var before: UInt64?
        for place in places where place != before {
            let isNext = before.map { $0 >> 16 == place >> 16 && $0 + 1 == place } ?? false
            let number = Int(place & 0xFFFF)
            let missing = (before.map { $0 >> 16 == place >> 16 ? Int($0 & 0xFFFF) : 0 } ?? 0) + 1
            before = place
            if isNext || number == missing { continue }
            let location = operation.tree.text(of: Int(place >> 32), Int(place >> 16 & 0xFFFF), 0)
            try fault(location, "number \(number) is given but number \(missing) is not; count from 1 without gaps")
        }
    }

    private static func place(_ node: Int, _ outer: Int, _ number: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: node) << 32 | UInt64(truncatingIfNeeded: outer) << 16 | UInt64(truncatingIfNeeded: number)
    }

    private mutating func setRegion(_ operation: Operation, _ region: ByteView) throws(StopBinding) {
        guard operation.isRegional else { return }
        if let entry = bound.entries.first(where: { $0.parameter == operation.region }) {
            // An empty region would be sent as it is, and the cloud would take one that nobody authorised.
            bound.regionRange = entry.start..<entry.end
            let isName = bound.withRegion { name in
                !name.isEmpty && name.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
            }
            if isName || faults.contains(where: { $0.location == operation.restPath(operation.region, 0, 0) }) { return }
            return try fault(
                operation.restPath(operation.region, 0, 0), "is no name of a region", allowed: "letters, digits and hyphens")
        }
        let start = bound.arena.count
        bound.arena.append(region)
        bound.regionRange = start..<bound.arena.count
        guard !region.isEmpty else { return }
        // Also where it is not documented: the cloud takes it with every action, and then acts in the region that the
        // policies were asked about.
        bound.insert(BoundRequest.Entry(operation.region, 0, 0, .gateway, bound.regionRange))
    }

    private mutating func checkRequired(_ operation: Operation) throws(StopBinding) {
        for position in operation.required {
            if let entry = bound.entries.first(where: { $0.parameter == position }) {
                if entry.start == entry.end, entry.origin != .body || operation.rules[position].type == .string {
                    try checkEmpty(entry, operation)
                }
            } else if !isBodyBroken {
                try fault(operation.restPath(position, 0, 0), "is required")
            }
            if let list = operation.lists[position].first { try checkMembers(position, of: list, operation) }
        }
    }

    /// A required text must not be empty, unless that was reported already.
    private mutating func checkEmpty(_ entry: BoundRequest.Entry, _ operation: Operation) throws(StopBinding) {
        let location = operation.restPath(entry.parameter, entry.first, entry.second)
        let parameter = operation.parameters[entry.parameter]
        guard parameter.minLength != 0, !faults.contains(where: { $0.location == location }) else { return }
        try fault(location, "must not be empty")
    }

    /// Each element of the list that has any member needs the member at `position`.
    private mutating func checkMembers(_ position: Int, of list: Int, _ operation: Operation) throws(StopBinding) {
        places.removeAll(keepingCapacity: true)
        for entry in bound.entries where operation.lists[entry.parameter].first == list {
            places.append(UInt64(entry.first))
        }
        places.sort()
        var before: UInt64 = 0
        for number in places where number != before {
            before = number
            let wanted = BoundRequest.Entry(position, Int(number), 0, .path, 0..<0)
            let place = bound.firstEntry(notBefore: wanted.key)
            let isThere = place.map { $0.parameter == position && $0.first == Int(number) } ?? false
            if !isThere, bound.has(position) { try fault(operation.restPath(position, Int(number), 0), "is required") }
        }
    }

    /// Values that stand before the last field of a resource name must not hold a colon, or the name would mean another resource.
    private mutating func checkResourceFields(_ operation: Operation) throws(StopBinding) {
        for position in operation.resourceFields {
            for entry in bound.entries where entry.parameter == position {
                let isClean = bound.withValue(of: entry) { $0.firstOffset(of: UInt8(ascii: ":")) == nil }
                if !isClean { try fault(operation.restPath(position, entry.first, entry.second), "must not hold a colon") }
            }
        }
    }
}

extension BoundRequest {
    /// The first entry whose key is not below `key`.
    func firstEntry(notBefore key: UInt64) -> Entry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low < entries.count ? entries[low] : nil
    }
}
