/// What became of one call, for tests that look at what reached the cloud.
public struct CallRecord: Hashable, Sendable {
    /// As sent; empty when the call named none.
    public var action: String
    /// The action's own parameters as decoded.
    public var parameters: [String: String]
    public var status: Int
    /// The error's code; nil for a success.
    public var code: String?
    /// ARN of whoever's key signed the call; nil when that was not found out.
    public var caller: String?
}
