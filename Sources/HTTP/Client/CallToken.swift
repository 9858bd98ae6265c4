/// Names one call of a client; harmless once that has ended.
public struct CallToken: Hashable, Sendable {
    let slot: Int
    let sequence: UInt64
}
