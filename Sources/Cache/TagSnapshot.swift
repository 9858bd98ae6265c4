/// The generations that a set of tags had when an answer was asked for.
struct TagSnapshot: Sendable {
    struct Element: Sendable {
        var index: Int
        var generation: UInt64
    }

    var elements: [Element] = []
    /// When one of the tags was written to last, in nanoseconds of the monotonic clock; 0 for never.
    var lastWrite: UInt64 = 0

    var byteCount: Int { elements.count * MemoryLayout<Element>.stride }
}
