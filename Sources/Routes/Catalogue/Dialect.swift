/// The flavours of one product's API.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    case publicCloud = "public"
    case apsara

    /// Whose dialect it is, for messages.
    public var cloud: String { self == .publicCloud ? "public cloud" : "private cloud" }
}
