import Bytes

/// What a response carries.
public enum ResponseBody {
    case none
    /// Bytes that the response takes over.
    case bytes([UInt8])
    /// Bytes that stay where they are: `owner` is retained until the response was sent, and keeps the view valid and its
    /// bytes unchanged as long as it lives.
    case shared(owner: AnyObject, ByteView)
    case `static`(StaticString)

    /// The number of bytes.
    public var count: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .shared(_, let view): view.count
        case .static(let text): text.utf8CodeUnitCount
        }
    }
}

/// Keeps the bytes of a response alive while they are sent.
final class BodyOwner {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}
