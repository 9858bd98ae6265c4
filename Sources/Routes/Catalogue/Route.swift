/// One REST route of an action.
public final class Route: Sendable {
    public enum Method: String, Hashable, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// A part of the path between slashes.
    public enum Segment: Hashable, Sendable {
        case literal(String)
        case variable(String)
    }

    /// A path variable and the parameter that it fills; of a repeated one, the first element.
    public struct Variable: Sendable {
        public let name: String
        /// Position in ``ActionEntry/parameters``.
        public let parameter: Int
        /// Position in ``Parameter/fields`` when the variable fills a member of the only object that the parameter holds.
        public let field: Int?
    }

    /// A parameter that the route itself sets; of a repeated one, the first element.
    public struct Constant: Sendable {
        /// Position in ``ActionEntry/parameters``.
        public let parameter: Int
        public let value: String
    }

    /// A member of the request that chooses this action among those of one method and path; it is not sent.
    public struct Condition: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    /// Where a created resource is found.
    public struct Creation: Hashable, Sendable {
        /// A part of the path between slashes.
        public enum Part: Hashable, Sendable {
            case literal(String)
            /// An id out of the answer.
            case id
            /// The value of a parameter of the request: its position in ``ActionEntry/parameters``.
            case parameter(Int)
        }

        /// Member of the answer that holds the id, as a wire path (`DiskId`, `InstanceIdSets.InstanceIdSet[]`); nil when the
        /// request itself names the resource.
        public let id: String?
        /// Path of the resource.
        public let parts: [Part]
    }

    public let method: Method
    /// The path as written: `/disks/{diskId}`.
    public let path: String
    public let segments: [Segment]
    /// In the order of the path.
    public let variables: [Variable]
    public let fixed: [Constant]
    public let conditions: [Condition]
    /// Member of the answer that this route's list is about; else the action's own, if it lists.
    public let collection: String?
    /// The answer is the single element of the collection; an empty one is "not found".
    public let isSingle: Bool
    /// HTTP status of success.
    public let success: Int
    public let creates: Creation?

    init(
        method: Method, path: String, segments: [Segment], variables: [Variable], fixed: [Constant], conditions: [Condition],
        collection: String?, isSingle: Bool, success: Int, creates: Creation?
    ) {
        self.method = method
        self.path = path
        self.segments = segments
        self.variables = variables
        self.fixed = fixed
        self.conditions = conditions
        self.collection = collection
        self.isSingle = isSingle
        self.success = success
        self.creates = creates
    }

    /// Path variables that one route may have.
    public static let maximalVariables = 4
}

extension Route {
    /// Whether the route, one of `entry`, reads the single resource that its path ends in.
    public func isView(of entry: ActionEntry) -> Bool {
        guard method == .get, conditions.isEmpty, case .variable? = segments.last else { return false }
        return isSingle || collection == nil && entry.collection == nil
    }
}
