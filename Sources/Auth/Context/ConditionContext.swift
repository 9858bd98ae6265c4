import Bytes

/// Where conditions find the facts about a request. Asked only for keys that a statement with matching action and
/// resource names.
public protocol ConditionContext {
    /// The value of `key`; `resource` and `arn` are the index and name of the request's resource that is being judged,
    /// which matters to keys of resources only.
    func value(of key: ConditionKey, resource: Int, arn: ByteView) -> ContextValue
}

/// The context of a request about which nothing is known.
public struct EmptyContext: ConditionContext {
    public init() {}

    public func value(of key: ConditionKey, resource: Int, arn: ByteView) -> ContextValue { .missing }
}
