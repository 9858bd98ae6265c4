/// What a descriptor is watched for, and what happened to it. The bits are those of epoll(7), which Swift sees in part only.
public struct Interest: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, a connection or the end of the stream can be read.
    public static let readable = Interest(rawValue: 0x1)
    /// Bytes can be written without waiting.
    public static let writable = Interest(rawValue: 0x4)
    /// The peer closed its sending side or the whole connection.
    public static let peerClosed = Interest(rawValue: 0x2000)
    /// The descriptor failed or hung up. Reported always, watched for or not.
    public static let failed = Interest(rawValue: 0x8 | 0x10)
}
