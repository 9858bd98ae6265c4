import Bytes

/// What makes one try of a call unlike every other: a nonce that is never used again, and the time by the cloud's
/// clock. The views belong to whoever made the stamp.
public struct RequestStamp {
    public var nonce: ByteView
    /// `YYYY-MM-DDThh:mm:ssZ`
    public var timestamp: ByteView

    public init(nonce: ByteView, timestamp: ByteView) {
        self.nonce = nonce
        self.timestamp = timestamp
    }
}

/// Makes stamps. Each thread has its own; no two, in whatever process, give the same nonce: 64 random bits and a
/// counter that starts at 64 other random bits.
public struct StampSource: ~Copyable {
    private var nonce: [UInt8] = []
    private var counter: UInt64
    private var timestamp: [UInt8] = []
    private var written: Timestamp?

    public init() {
        nonce.append(hex: SystemRandom.bits64())
        counter = SystemRandom.bits64()
        nonce.append(hex: counter)
    }

    /// Calls `body` with a fresh stamp of the time `now`, valid during the call only.
    public mutating func withStamp<Result, Failure: Error>(
        _ now: Timestamp, _ body: (RequestStamp) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        counter &+= 1
        nonce.removeLast(16)
        nonce.append(hex: counter)
        if written != now {
            written = now
            timestamp.removeAll(keepingCapacity: true)
            now.append(to: &timestamp)
        }
        return try nonce.withView { (nonce) throws(Failure) in
            try timestamp.withView { (timestamp) throws(Failure) in
                try body(RequestStamp(nonce: nonce, timestamp: timestamp))
            }
        }
    }
}
