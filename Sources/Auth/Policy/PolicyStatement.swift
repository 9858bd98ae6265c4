/// One statement of a valid policy, as written.
public struct PolicyStatement: Hashable, Sendable {
    public var effect: Effect
    /// A label without effect; RAM does not document it, policies carry it.
    public var sid: String?
    /// The entries of `Action`, or of `NotAction` when ``isNotAction``. Never empty.
    public var actions: [String]
    /// The statement applies to every action that no entry of ``actions`` matches.
    public var isNotAction: Bool
    /// The entries of `Resource`. Never empty.
    public var resources: [String]
    /// All must be met; empty for a statement without condition.
    public var conditions: [PolicyCondition]
    /// Line of the statement in its document, from 1; 0 for one that came from no text.
    public var line: Int

    public init(
        effect: Effect, sid: String? = nil, actions: [String], isNotAction: Bool = false, resources: [String] = ["*"],
        conditions: [PolicyCondition] = [], line: Int = 0
    ) {
        self.effect = effect
        self.sid = sid
        self.actions = actions
        self.isNotAction = isNotAction
        self.resources = resources
        self.conditions = conditions
        self.line = line
    }
}
