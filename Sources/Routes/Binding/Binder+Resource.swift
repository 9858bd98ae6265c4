extension Binder {
    /// Binds no more than the path variables and the region: enough to name the resource that a route is about, before
    /// anybody has said what else the action needs. `input` has neither query nor body.
    public mutating func bindResource(_ match: RouteMatch, _ input: Input) -> BoundRequest {
        var bound = BoundRequest()
        // The only faults left are parameters that are missing, and those are looked for last.
        try? bind(match, Input(path: input.path, region: input.region), into: &bound)
        return bound
    }
}
