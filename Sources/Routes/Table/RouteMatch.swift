import Bytes

/// What a method and path lead to.
public enum RouteResult: Sendable {
    case found(RouteMatch)
    /// `POST /rpc/{product}/{Action}` with an action that the catalogue lacks; ranges of the path.
    case uncatalogued(product: Range<Int>, action: Range<Int>)
    /// The path exists with other methods.
    case methodNotAllowed(MethodSet)
    /// The route exists in another dialect of the API only.
    case notInDialect
    case notFound
}

/// A route with the places of its variables. Holds no bytes: ranges are offsets into the path that was matched.
public struct RouteMatch: Sendable {
    public let group: RouteGroup
    /// Whether HEAD was asked: the answer of GET without its body.
    public let isHead: Bool
    /// Places of the path variables, undecoded, in the order of the path.
    public let variables: PathVariables

    /// The operation, when only one is possible. Where `when` decides, binding tells (``BoundRequest/operation``).
    public var operation: Operation? { group.candidates.count == 1 ? group.candidates[0].operation : nil }
}

/// The places of up to ``Route/maximalVariables`` variables, without allocation.
public struct PathVariables: Sendable {
    private var ranges: (Range<Int>, Range<Int>, Range<Int>, Range<Int>) = (0..<0, 0..<0, 0..<0, 0..<0)
    public private(set) var count = 0

    init() {}

    /// The place of the variable at `index`; empty beyond ``count``.
    public subscript(index: Int) -> Range<Int> {
        guard index < count else { return 0..<0 }
        switch index {
        case 0: return ranges.0
        case 1: return ranges.1
        case 2: return ranges.2
        default: return ranges.3
        }
    }

    /// Adds a place; what does not fit is left out, and the catalogue lets no such route pass.
    mutating func append(_ range: Range<Int>) {
        switch count {
        case 0: ranges.0 = range
        case 1: ranges.1 = range
        case 2: ranges.2 = range
        case 3: ranges.3 = range
        default: return
        }
        count += 1
    }

    mutating func removeLast() {
        count -= 1
    }
}

/// The operations of one method and path in one dialect.
public final class RouteGroup: Sendable {
    /// An operation with the route that leads to it; without one for `/rpc`.
    public struct Candidate: Sendable {
        public let operation: Operation
        public let route: Route?
        /// Position of the route in the action's routes, -1 without one.
        public let routeIndex: Int
    }

    public let candidates: [Candidate]
    public let method: Route.Method
    /// Names by whose values the candidates are told apart; empty when there is nothing to tell.
    public let conditionNames: [String]
    /// The bytes of ``conditionNames``.
    private let conditionBytes: [[UInt8]]

    init(_ candidates: [Candidate], _ method: Route.Method) {
        // Those with conditions come first: the others are what is left when none holds.
        self.candidates = candidates.filter { $0.hasConditions } + candidates.filter { !$0.hasConditions }
        self.method = method
        conditionNames = Set(candidates.flatMap { $0.route?.conditions ?? [] }.map(\.name)).sorted()
        conditionBytes = conditionNames.map { Array($0.utf8) }
    }

    /// The deciding name that these bytes are, or nil.
    func conditionName(_ name: ByteView) -> String? {
        for (index, bytes) in conditionBytes.enumerated() where bytes.count == name.count {
            if bytes.withView({ $0.equals(name) }) { return conditionNames[index] }
        }
        return nil
    }
}

extension RouteGroup.Candidate {
    var hasConditions: Bool { route.map { !$0.conditions.isEmpty } ?? false }
}

/// A set of methods.
public struct MethodSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ method: Route.Method) {
        rawValue = 1 << method.position
    }

    /// The text of an `Allow` header, `GET, HEAD, POST, OPTIONS`.
    public var allow: String {
        var names: [String] = []
        for method in Route.Method.allCases where contains(MethodSet(method)) {
            names.append(method.rawValue)
            if method == .get { names.append("HEAD") }
        }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }
}

extension Route.Method {
    /// Position among all methods.
    var position: Int {
        switch self {
        case .get: 0
        case .post: 1
        case .put: 2
        case .patch: 3
        case .delete: 4
        }
    }
}
