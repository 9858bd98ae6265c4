import CSystem

extension Exchange {
    /// Suspends the connection and runs `work` as a task on the loop. The work must end in `respond`; if it returns without,
    /// a 500 is sent.
    ///
    /// When the caller hangs up meanwhile, the task is cancelled and `isAbandoned` becomes true; the exchange and its views
    /// stay valid until the work responds or returns.
    public func perform(_ work: @escaping @Sendable (Exchange) async -> Void) {
        perform(work, then: { _ in })
    }

    /// The same for work that only waits for something: `then` is called when it has ended, on the loop, with the connection
    /// still suspended. It must respond, or go on with ``perform(_:)`` or ``forward(_:through:then:)``.
    public func perform(
        _ work: @escaping @Sendable (Exchange) async -> Void, then: @escaping @Sendable (Exchange) -> Void
    ) {
        assert(loop.isCurrent)
        guard stage == .handling, !isWaiting, let connection else { return }
        if !isSuspended {
            mhd_suspend(connection.handle)
            isSuspended = true
            shard.watchForHangUp(self)
        }
        task = Task(executorPreference: loop) {
            await work(self)
            self.task = nil
            then(self)
            self.workEnded()
        }
    }

    /// The work is done, unless it goes on in another form.
    func workEnded() {
        assert(loop.isCurrent)
        guard !isWaiting else { return }
        if stage == .completed {
            recycle()
        } else if stage == .handling {
            respond(status: 500)
        }
    }

    /// Begins to notice when the caller closes the connection, which libmicrohttpd does not do while it is suspended.
    func beginWatching() {
        guard isSuspended, hangUpWatch == nil, let connection else { return }
        hangUpWatch = try? loop.watch(connection.descriptor, .peerClosed) { [unowned self] _ in
            hangUpWatch?.cancel()
            hangUpWatch = nil
            abandon()
        }
    }

    /// Tells the work that its response is not wanted any more.
    func abandon() {
        isHungUp = true
        task?.cancel()
        if let (client, token) = forwarding { client.cancel(token) }
    }
}
