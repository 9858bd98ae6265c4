import CSystem

extension Exchange {
    /// Suspends the connection, sends `request` through `client`, and calls `then` with the outcome: `perform` without a
    /// task, for the one upstream call that most requests need. `then` runs on the loop; it must respond, or go on with
    /// ``perform(_:)``.
    ///
    /// When the caller hangs up meanwhile, the call is cancelled. Does nothing when the exchange waits already.
    public func forward(
        _ request: UpstreamRequest, through client: Client,
        then: @escaping (Exchange, Result<UpstreamResponse, UpstreamError>) -> Void
    ) {
        assert(loop.isCurrent)
        guard stage == .handling, !isWaiting, let connection else { return }
        if !isSuspended {
            mhd_suspend(connection.handle)
            isSuspended = true
        }
        shard.watchForHangUp(self)
        let token = client.start(request) { [self] outcome in
            forwarding = nil
            then(self, outcome)
            workEnded()
        }
        forwarding = (client, token)
    }
}
