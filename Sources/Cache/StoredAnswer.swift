import Bytes

/// A finished, immutable answer. Its bytes stay where they are as long as the object lives, so that a server can send them
/// without a copy while it holds a reference.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: `memory` is written in `init` only and freed in `deinit` only.
public final class StoredAnswer: @unchecked Sendable {
    /// What an entry costs beyond its bytes: the object, its place in the tables, and malloc's own.
    static let overhead = 384

    /// The status to answer with.
    public let status: UInt16
    /// The media type of the body.
    public let contentType: StaticString
    /// Whatever the gateway kept with the answer.
    public let payload: (any AnyObject & Sendable)?
    /// When the answer came, in nanoseconds since 1970 by the wall clock.
    public let receivedAt: UInt64
    /// When it was asked for, in nanoseconds of the monotonic clock. Its age counts from then, as it may be that old.
    public let requestedAt: UInt64
    /// How long it stays fresh, in nanoseconds.
    public let lifetime: UInt64

    let tags: TagSnapshot
    private let memory: UnsafeMutablePointer<UInt8>
    private let keyLength: Int
    private let bodyLength: Int

    /// `"` and 32 hexadecimal digits and `"`.
    private static let etagLength = 34

    init(key: ByteView, draft: AnswerDraft, requestedAt: UInt64, lifetime: UInt64, tags: TagSnapshot) {
        status = draft.status
        contentType = draft.contentType
        payload = draft.payload
        receivedAt = draft.receivedAt
        self.requestedAt = requestedAt
        self.lifetime = lifetime
        self.tags = tags
        keyLength = key.count
        bodyLength = draft.body.count
        memory = .allocate(capacity: key.count + bodyLength + Self.etagLength)
        _ = UnsafeMutableBufferPointer(start: memory, count: keyLength).update(fromContentsOf: key)
        let bodyStart = memory + keyLength
        _ = UnsafeMutableBufferPointer(start: bodyStart, count: bodyLength).update(fromContentsOf: draft.body)
        let hash = ContentHash(ByteView(start: bodyStart, count: bodyLength))
        var tag: [UInt8] = []
        tag.reserveCapacity(Self.etagLength)
        tag.append(UInt8(ascii: "\""))
        tag.append(hex: hash.high)
        tag.append(hex: hash.low)
        tag.append(UInt8(ascii: "\""))
        let tagStart = bodyStart + bodyLength
        _ = UnsafeMutableBufferPointer(start: tagStart, count: Self.etagLength).update(fromContentsOf: tag)
    }

    deinit { memory.deallocate() }

    /// The body; valid as long as the object lives.
    public var body: ByteView { ByteView(start: memory + keyLength, count: bodyLength) }

    /// The strong entity tag with its quotation marks, made from the body; valid as long as the object lives.
    public var etag: ByteView { ByteView(start: memory + keyLength + bodyLength, count: Self.etagLength) }

    /// How old the answer is at `now`, in nanoseconds; both by the monotonic clock.
    public func age(at now: UInt64) -> UInt64 { now > requestedAt ? now - requestedAt : 0 }

    /// How long the answer stays fresh after `now`, in nanoseconds.
    public func freshness(at now: UInt64) -> UInt64 {
        let age = age(at: now)
        return age < lifetime ? lifetime - age : 0
    }

    var key: ByteView { ByteView(start: memory, count: keyLength) }

    /// What it counts for in the cache's bound, in bytes.
    var cost: Int { Self.overhead + keyLength + bodyLength + Self.etagLength + tags.byteCount }
}
