/// A descriptor registered with an event loop, from ``EventLoop/watch(_:_:_:)`` until `cancel`.
///
/// Its loop keeps it alive: dropping the reference does not end the watch.
public final class Watch {
    /// The descriptor. The watch does not own it; cancel before closing it.
    public let descriptor: Int32
    let slot: Int
    let handler: (Interest) -> Void
    /// Both methods are for the loop's thread, which the loop outlives.
    private unowned let loop: EventLoop

    init(_ descriptor: Int32, slot: Int, loop: EventLoop, handler: @escaping (Interest) -> Void) {
        self.descriptor = descriptor
        self.slot = slot
        self.loop = loop
        self.handler = handler
    }

    /// Watches for `interest` from now on instead. Only on the loop.
    public func update(_ interest: Interest) throws(SystemError) {
        try loop.update(self, interest)
    }

    /// Ends the watch: its handler is not called again, not even for what already happened. Only on the loop.
    public func cancel() {
        loop.remove(self)
    }
}
