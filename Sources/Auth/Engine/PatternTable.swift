/// Patterns of all statements, equal ones once, and which of them each statement has.
struct PatternTable<Pattern: Sendable>: Sendable {
    private(set) var patterns: [Pattern] = []
    /// Indexes of patterns; a statement's stand together.
    private(set) var members: [UInt32] = []

    private var places: [[UInt8]: UInt32] = [:]

    /// Adds the patterns of a statement and returns their place in ``members``. Equal texts are equal patterns.
    mutating func add(_ texts: [[UInt8]], _ compile: ([UInt8]) -> Pattern) -> Range<UInt32> {
        let start = UInt32(members.count)
        for text in texts {
            let place = places[text] ?? UInt32(patterns.count)
            if place == patterns.count {
                patterns.append(compile(text))
                places[text] = place
            }
            members.append(place)
        }
        return start..<UInt32(members.count)
    }

    /// The patterns of a statement by their indexes.
    func indexes(of statement: Range<UInt32>) -> ArraySlice<UInt32> {
        members[Int(statement.lowerBound)..<Int(statement.upperBound)]
    }

    @inline(__always)
    subscript(index: UInt32) -> Pattern { patterns[Int(index)] }

    /// Whether `matches` holds for a pattern of a statement.
    @inline(__always)
    func contains(in statement: Range<UInt32>, where matches: (Pattern) -> Bool) -> Bool {
        for member in statement where matches(patterns[Int(members[Int(member)])]) { return true }
        return false
    }
}
