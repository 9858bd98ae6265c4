import Bytes

/// Facts given by name, for explaining and testing policies apart from any request.
public struct ContextMap: ConditionContext {
    private var values: [ConditionKey: ContextValue] = [:]
    private var resourceValues: [Int: [ConditionKey: ContextValue]] = [:]

    public init() {}

    /// Sets the value of `key`, for one resource by its index or for the whole request.
    /// - Returns: false when `key` is no condition key or was set before, in whatever letter case.
    public mutating func set(_ key: String, to value: ContextValue, resource: Int? = nil) -> Bool {
        guard let key = ConditionKey(key) else { return false }
        if let resource { return resourceValues[resource, default: [:]].updateValue(value, forKey: key) == nil }
        return values.updateValue(value, forKey: key) == nil
    }

    /// Sets the value of `key` to a text.
    public mutating func set(_ key: String, to text: String, resource: Int? = nil) -> Bool {
        set(key, to: .bytes(Array(text.utf8)), resource: resource)
    }

    public func value(of key: ConditionKey, resource: Int, arn: ByteView) -> ContextValue {
        resourceValues[resource]?[key] ?? values[key] ?? .missing
    }
}
