import Bytes

extension Binder {
    /// Takes what a caller asks of a list's pages. `value` is nil when it was no single value.
    mutating func bindPage(_ member: PageMember, _ value: Scalar?, _ operation: Operation) throws(StopBinding) {
        let name = member.name
        guard let value else { return try fault(name, "must be a single value") }
        guard seenPages & 1 << UInt8(member.rawValue) == 0 else { return try fault(name, "is given twice") }
        seenPages |= 1 << UInt8(member.rawValue)
        let text = text(of: value)
        switch member {
        case .size: bound.page.size = try number(name, text, sizeLimits(operation))
        case .number: bound.page.number = try number(name, text, 1...Int(Int32.max))
        case .all:
            guard text == "true" || text == "false" else {
                return try fault(name, "`\(clipping: text)` is no truth value", allowed: "true, false")
            }
            bound.page.all = text == "true"
        case .token:
            guard !text.isEmpty else { return try fault(name, "must not be empty; leave it out for the first page") }
            let start = bound.arena.count
            bound.arena.append(text: text)
            bound.page.token = start..<bound.arena.count
        }
    }

    /// Faults of page members that contradict each other.
    mutating func checkPages(_ operation: Operation) throws(StopBinding) {
        if bound.route?.isSingle ?? false {
            for member in PageMember.allCases where seenPages & 1 << UInt8(member.rawValue) != 0 {
                try fault(member.name, "is for lists, and this path leads to one thing")
            }
        }
        if bound.page.all, bound.page.number != nil || bound.page.token != nil {
            try fault("all", "gathers every page and goes with neither pageNumber nor pageToken")
        }
        if bound.page.number != nil, bound.page.token != nil {
            try fault("pageToken", "already says which page; leave pageNumber out")
        }
        if bound.page.number != nil, !operation.paging.contains(where: { $0.style == .page }) {
            try fault("pageNumber", "is not known to \(operation.entry.action); follow nextPageToken instead")
        }
    }

    /// Page sizes that every way of paging of the action takes.
    private func sizeLimits(_ operation: Operation) -> ClosedRange<Int> {
        var least = 1
        var greatest = 1000
        for paging in operation.paging {
            guard let size = paging.size.map({ operation.parameters[$0] }) else { continue }
            least = max(least, size.minimum.flatMap(Int.init(exactly:)) ?? least)
            greatest = min(greatest, size.maximum.flatMap(Int.init(exactly:)) ?? greatest)
        }
        return least...max(least, greatest)
    }

    private mutating func number(_ name: String, _ text: String, _ limits: ClosedRange<Int>) throws(StopBinding) -> Int? {
        let value = Array(text.utf8).withView(Scalars.integer).flatMap(Int.init(exactly:))
        if let value, limits.contains(value) { return value }
        try fault(
            name, "`\(clipping: text)` is \(value == nil ? "no whole number" : "out of range")",
            allowed: "\(limits.lowerBound) to \(limits.upperBound)")
        return nil
    }
}
