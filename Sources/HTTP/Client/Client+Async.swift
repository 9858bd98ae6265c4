extension Client {
    /// Sends `request` and gives the complete answer, whatever its status. Cancelling the task ends the call.
    ///
    /// Fastest from a task on the client's loop; from elsewhere it goes there and comes back.
    public func send(_ request: UpstreamRequest) async throws(UpstreamError) -> UpstreamResponse {
        let outcome =
            if loop.isCurrent {
                await outcome(of: request)
            } else {
                await withTaskExecutorPreference(loop) { await self.outcome(of: request) }
            }
        return try outcome.get()
    }

    private func outcome(of request: UpstreamRequest) async -> Result<UpstreamResponse, UpstreamError> {
        let call = PendingCall()
        return await withTaskCancellationHandler {
            // Unchecked, as `start` promises to call its completion once.
            await withUnsafeContinuation { continuation in
                call.token = start(request) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            // On the loop this comes after `start`, even if the task was cancelled before.
            loop.submit { [self] in
                if let token = call.token { cancel(token) }
            }
        }
    }
}

/// Where `start` leaves its token for the cancellation handler.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: touched on the client's loop only.
private final class PendingCall: @unchecked Sendable {
    var token: CallToken?
}
