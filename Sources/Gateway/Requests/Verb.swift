import Routes

/// Something that can be done to a single resource and is no state of it: `POST /instances/{instanceId}/start`.
struct Verb: Sendable {
    let operation: Operation
    let route: Route
    /// `start`, or `delete` for the resource's own DELETE.
    let name: String
    /// What follows the resource's path: `/start`, or nothing.
    let suffix: String

    /// The verb that `route` is for resources at `view`; nil when it is none.
    init?(_ operation: Operation, _ route: Route, of view: Route) {
        if route.method == .delete, route.path == view.path {
            (name, suffix) = ("delete", "")
        } else if route.method == .post, route.segments.count == view.segments.count + 1,
            route.segments.starts(with: view.segments), case .literal(let word)? = route.segments.last
        {
            (name, suffix) = (word, "/" + word)
        } else {
            return nil
        }
        self.operation = operation
        self.route = route
    }

    /// Why the resource's state does not allow the verb; nil when it does, or when no states are documented.
    func refusal(in state: String) -> String? {
        let from = operation.entry.transition?.from ?? []
        guard !from.isEmpty, !from.contains(state) else { return nil }
        return "the state is \(state.isEmpty ? "unknown" : state); it must be \(from.joined(separator: " or "))"
    }
}
