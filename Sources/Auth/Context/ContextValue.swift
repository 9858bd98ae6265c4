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
