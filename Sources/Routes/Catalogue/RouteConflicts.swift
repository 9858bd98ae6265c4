/// Finds routes that a request could not tell apart.
enum RouteConflicts {
    private struct Key: Hashable {
        let dialect: Dialect
        let method: Route.Method
        /// Variables without their names.
        let shape: String
        /// Nil for routes without a condition.
        let conditions: [Route.Condition]
    }

    static func find(_ entries: [ActionEntry]) -> [LocatedFault] {
        var faults: [LocatedFault] = []
        var owners: [Key: ActionEntry] = [:]
        for entry in entries {
            for route in entry.routes {
                let key = Key(dialect: entry.dialect, method: route.method, shape: route.shape, conditions: route.conditions)
                if let owner = owners.updateValue(entry, forKey: key) {
                    faults.append(
                        entry.fault(
                            "\(route.method.rawValue) \(route.path) of \(entry.action) is already the route of \(owner.action)"
                                + (route.conditions.isEmpty ? "; tell them apart with `when`" : "")))
                }
            }
        }
        return faults
    }
}

extension Route {
    /// Whether a request cannot tell the routes apart.
    func isSame(as other: Route) -> Bool {
        method == other.method && shape == other.shape && Set(conditions) == Set(other.conditions)
    }

    /// The path with nameless variables: `/disks/{}`.
    var shape: String {
        segments.map { if case .literal(let text) = $0 { "/" + text } else { "/{}" } }.joined()
    }
}
