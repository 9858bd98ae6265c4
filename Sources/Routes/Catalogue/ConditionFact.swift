/// What an action's request answers for a condition key of its own service, such as `vpc:Vpc`.
public struct ConditionFact: Sendable {
    public let key: String
    /// The value, with parameters in it. The request has none when one of them is absent, unless there is ``otherwise``.
    public let parts: [ResourceTemplate.Part]
    public let otherwise: [ResourceTemplate.Part]?
    /// The parameter with which the fact exists, but is not to be seen in the request.
    public let hiddenBy: Int?
}

/// How an action tells the tags of a single resource: it is asked for them when a policy makes a condition of them.
public struct ResourceTagRule: Sendable {
    /// Positions of the parameters for the type and the id of the resource.
    public let type: Int
    public let id: Int
    /// The type's value by what stands before the `/` in the resource's ARN.
    public let types: [String: String]
}
