import Bytes
import CSystem

/// Two timers: one for what libcurl wants (connection attempts, name resolution), one for the deadlines of the calls.
///
/// One timer serves the deadlines of all calls: it is set to the earliest and looks at every call when it fires, which with
/// time-outs of seconds is seldom.
extension Client {
    /// Rounds of work for libcurl in one turn, so that the loop's other work gets its turn.
    private static let roundsPerTurn = 8

    /// libcurl's wish to be called after `milliseconds`, or not at all if negative.
    func wantTimer(_ milliseconds: Int) {
        switch milliseconds {
        case ..<0: curlDeadline = nil
        case 0: isActionDue = true
        default:
            let deadline = SystemClock.monotonic &+ UInt64(milliseconds) &* 1_000_000
            curlDeadline = deadline
            armCurlTimer(deadline)
        }
    }

    /// A later wish leaves an earlier timer as it is, which then finds nothing to do but to set itself anew.
    private func armCurlTimer(_ deadline: UInt64) {
        if let timer = curlTimer {
            if timer.deadline <= deadline { return }
            loop.cancel(timer.token)
        }
        let token = loop.schedule(at: deadline) { [unowned self] in
            curlTimer = nil
            guard let wanted = curlDeadline else { return }
            guard wanted <= loop.now else { return armCurlTimer(wanted) }
            curlDeadline = nil
            isActionDue = true
        }
        curlTimer = (deadline, token)
    }

    /// Makes sure that a deadline is looked at in time.
    func watchDeadline(_ deadline: UInt64) {
        if let timer = deadlineTimer {
            if timer.deadline <= deadline { return }
            loop.cancel(timer.token)
        }
        let token = loop.schedule(at: deadline) { [unowned self] in
            deadlineTimer = nil
            failOverdue(at: loop.now)
            let next = earliestDeadline
            if next != .max { watchDeadline(next) }
        }
        deadlineTimer = (deadline, token)
    }

    /// Connects for the calls that found no connection in this turn, all of them together.
    func endTurn() {
        var rounds = 0
        repeat {
            reportRefused()
            serveWaiting()
            guard isActionDue else { return }
            if rounds == Self.roundsPerTurn { return armCurlTimer(loop.now) }
            rounds += 1
            isActionDue = false
            var running: Int32 = 0
            curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
            drain()
        } while true
    }
}
