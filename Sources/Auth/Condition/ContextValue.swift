import Bytes

/// What a request answers for a condition key. The operator decides how it is read: any value can be read as text.
public enum ContextValue {
    /// The request has no such fact.
    case missing
    /// The fact exists, or may, but could not be found out. Every condition on it is undecided.
    case unknown
    /// A borrowed text, valid until the decision is made.
    case text(ByteView)
    case bytes([UInt8])
    case boolean(Bool)
    case instant(Instant)
    case address(NetworkAddress)
    /// Several values under one key; no values are a missing key.
    case list([ContextValue])
}

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
