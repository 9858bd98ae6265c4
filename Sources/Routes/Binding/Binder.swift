import Bytes

/// Turns requests into checked parameters: path variables, query and JSON body, by the catalogue's names, types and limits.
///
/// Keep one for each event loop: its buffers are reused, and a good request allocates nothing once they have grown.
public struct Binder {
    /// What a request brings. All views must stay valid during the call only.
    public struct Input {
        /// The path that was matched, undecoded; the match's ranges are offsets into it.
        public var path: ByteView
        /// Undecoded, without the question mark.
        public var query: ByteView
        /// The JSON body, empty when there is none.
        public var body: ByteView
        /// The region of a request that names none; empty when there is no default.
        public var region: ByteView

        public init(path: ByteView, query: ByteView = .empty, body: ByteView = .empty, region: ByteView = .empty) {
            self.path = path
            self.query = query
            self.body = body
            self.region = region
        }
    }

    /// Faults that one answer lists at most; what comes behind is not looked at.
    static let maximalFaults = 100
    /// Elements of a list without a documented limit.
    static let maximalItems = 1000

    /// Levels that a JSON body may have.
    let maxDepth: Int
    var bound = BoundRequest()
    var faults: [BindFault] = []
    /// Objects and lists seen in the body, to find those given twice; and space to sort numbers in.
    var places: [UInt64] = []
    /// Space to make the elements of a list in.
    var scratch: [UInt8] = []
    /// Whether the candidate being bound is only the likely one, so that a deciding member means to choose and begin again.
    var isGuess = false
    /// Whether a name with a number in it was seen, so that numbers may be left out.
    var hasNumberedNames = false
    /// Deciding members and page members that were given, to find those given twice.
    var decided: [String] = []
    var seenPages: UInt8 = 0
    /// Unknown names for which a near one may still be looked up: the search is the dearest step.
    var remainingHints = 0
    /// Whether the body could not be read to its end, so that nobody knows what it lacks.
    var isBodyBroken = false

    public init(maxDepth: Int = 32) {
        self.maxDepth = maxDepth
    }

    /// Binds a request to the operation that was matched, reusing `bound`, whose contents are undefined after a fault.
    public mutating func bind(
        _ match: RouteMatch, _ input: Input, into bound: inout BoundRequest
    ) throws(BindFaults) {
        swap(&self.bound, &bound)
        defer { swap(&self.bound, &bound) }
        reset()
        do throws(StopBinding) {
            try bindLikely(match, input)
        } catch {
            // INVARIANT: whoever stops has noted a fault; the guess alone stops without one, and bindLikely begins again then.
            assert(!faults.isEmpty)
        }
        if !faults.isEmpty { throw BindFaults(faults: faults) }
    }

    /// Most requests name no condition and need not be read twice: the candidate without one is tried first.
    private mutating func bindLikely(_ match: RouteMatch, _ input: Input) throws(StopBinding) {
        let group = match.group
        isGuess = !group.conditionNames.isEmpty
        if let likely = group.candidates.last, !likely.hasConditions {
            do throws(StopBinding) {
                return try bind(likely, match, input)
            } catch {
                guard isGuess, faults.count <= Self.maximalFaults else { throw error }
                reset()
            }
        }
        isGuess = false
        try bind(group.candidates[choose(group, input)], match, input)
    }

    private mutating func bind(
        _ candidate: RouteGroup.Candidate, _ match: RouteMatch, _ input: Input
    ) throws(StopBinding) {
        let operation = candidate.operation
        bound.operation = operation
        bound.route = candidate.route
        bound.routeIndex = candidate.routeIndex
        if let route = candidate.route { try bindPath(match, route, input.path, operation) }
        try bindQuery(input.query, operation, match.group, candidate)
        try bindBody(input.body, operation, match.group, candidate)
        try finish(operation, input.region)
    }

    private mutating func reset() {
        bound.reset()
        faults.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        decided.removeAll(keepingCapacity: true)
        seenPages = 0
        hasNumberedNames = false
        remainingHints = 16
        isBodyBroken = false
    }

    private mutating func bindPath(
        _ match: RouteMatch, _ route: Route, _ path: ByteView, _ operation: Operation
    ) throws(StopBinding) {
        for (index, variable) in route.variables.enumerated() {
            let start = bound.arena.count
            if let reason = decode(path.slice(match.variables[index]), plusIsSpace: false) {
                try fault(operation.restPath(variable.parameter, 0, 0), reason)
                // Held as given, so that the parameter does not count as missing as well.
                bound.entries.append(BoundRequest.Entry(variable.parameter, 0, 0, .path, start..<start))
                continue
            }
            if let field = variable.field {
                try addObject(of: field, variable, start, operation)
                continue
            }
            try addFirst(operation, variable.parameter, .path, start)
        }
        for constant in route.fixed {
            let start = bound.arena.count
            bound.arena.append(text: constant.value)
            if operation.rules[constant.parameter].isList {
                try addList(operation, constant.parameter, 0, .route, start)
            } else {
                try addFirst(operation, constant.parameter, .route, start)
            }
        }
    }

    /// Adds the value that stands at the end of the arena as the only one, or the first of every list that it lies in.
    private mutating func addFirst(
        _ operation: Operation, _ position: Int, _ origin: BoundRequest.Origin, _ start: Int
    ) throws(StopBinding) {
        let rule = operation.rules[position]
        let levels = rule.indexCount + (rule.isList ? 1 : 0)
        try add(operation, position, levels > 0 ? 1 : 0, levels > 1 ? 1 : 0, origin, start)
    }

    /// Appends `text` decoded to the arena. Returns what is wrong with it, if anything; then the arena is as it was.
    mutating func decode(_ text: ByteView, plusIsSpace: Bool) -> String? {
        Self.decode(text, plusIsSpace: plusIsSpace, into: &bound.arena)
    }

    static func decode(_ text: ByteView, plusIsSpace: Bool, into output: inout [UInt8]) -> String? {
        let start = output.count
        if text.isPlain {
            output.append(text)
            return nil
        }
        guard PercentCoding.decode(text, plusIsSpace: plusIsSpace, into: &output) else {
            return "has a `%` that is not followed by two hexadecimal digits"
        }
        let isText = output.withView { $0.slice(start..<$0.count).isValidUTF8 }
        if isText { return nil }
        output.removeSubrange(start...)
        return "is not valid UTF-8"
    }

    /// Notes a fault; ends the binding when there are too many.
    mutating func fault(_ location: String, _ reason: String, allowed: String? = nil) throws(StopBinding) {
        faults.append(BindFault(location, reason, allowed: allowed))
        if faults.count >= Self.maximalFaults {
            faults.append(BindFault("body", "has more faults; only the first \(Self.maximalFaults) are listed"))
            throw StopBinding()
        }
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// Whether decoding changes nothing: all ASCII, without `%` and `+`.
    var isPlain: Bool {
        for byte in self where byte >= 0x80 || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") { return false }
        return true
    }
}

/// Ends a binding whose faults are noted already.
struct StopBinding: Error {}
