import Bytes

/// The classes of policies that stand between a caller and an operation: its own, and optionally those of its session.
public struct PrincipalPolicies: Sendable {
    /// What the principal may do by its own policies and those of its groups.
    public let identity: PolicySet
    /// What its session may do at most; judged first, and only its Allow goes on to the identity policies.
    public let session: PolicySet?

    public init(identity: PolicySet, session: PolicySet? = nil) {
        self.identity = identity
        self.session = session
    }

    /// Decides one request, as ``PolicySet/decide(_:resources:context:)`` does, over both classes.
    public func decide(
        _ action: PreparedAction, resources: UnsafeBufferPointer<ByteView>, context: some ConditionContext
    ) -> Decision {
        if let session {
            var decision = session.decide(action, resources: resources, context: context)
            decision.policyClass = .session
            if !decision.isAllowed { return decision }
        }
        return identity.decide(action, resources: resources, context: context)
    }

    /// The policies that `decision` is about.
    public func policies(of decision: Decision) -> PolicySet {
        decision.policyClass == .session ? session ?? identity : identity
    }

    /// Whether decisions depend on action and resources alone, so that the same request is decided alike at any time.
    public var isUnconditional: Bool {
        identity.conditionKeys.isEmpty && session?.conditionKeys.isEmpty != false
    }

    /// Whether any condition of either class asks for a fact about a resource.
    public var asksForResources: Bool { identity.asksForResources || session?.asksForResources == true }

    /// Whether any condition of either class asks for a key of a single service.
    public var asksForServiceKeys: Bool { identity.asksForServiceKeys || session?.asksForServiceKeys == true }

    /// Whether any condition of either class asks for a tag that the request sets.
    public var asksForRequestTags: Bool { identity.asksForRequestTags || session?.asksForRequestTags == true }
}
