/// An order to run a command on instances, once or again and again, with the runs that come of it.
struct Invocation: Sendable {
    /// Of one run, and of the order on one instance.
    enum RunState: String, Hashable, Sendable {
        case running = "Running"
        case finished = "Finished"
        case failed = "Failed"
        case stopped = "Stopped"
    }

    /// Of the order as a whole.
    enum State: String, Hashable, Sendable {
        case running = "Running"
        case finished = "Finished"
        case failed = "Failed"
        case partialFailed = "PartialFailed"
        case stopped = "Stopped"
    }

    /// The order on one instance.
    struct Target: Sendable {
        let instanceId: String
        /// What one run does there.
        let outcome: Script.Outcome
        /// When somebody stopped it.
        var stopTime: SimulatedTime?
    }

    /// One run of the script on one instance.
    struct Run: Sendable {
        let instanceId: String
        let state: RunState
        /// Nil while it runs.
        let finishedTime: SimulatedTime?
        let outcome: Script.Outcome
    }

    let id: String
    let regionId: String
    let commandId: String
    let commandName: String
    let commandKind: Command.Kind
    let creationTime: SimulatedTime
    /// From the order to the start of a run.
    let dispatching: Int64
    /// Nil for a single run.
    let frequency: CronExpression?
    var targets: [Target]

    /// Runs of a periodic order that are kept, for each instance.
    static let keptRuns = 100
}

extension Invocation {
    /// The state of the order as a whole. One that repeats runs until it is stopped.
    func state(at now: SimulatedTime) -> State {
        let states = targets.map { state(of: $0, at: now) }
        guard frequency == nil else { return states.contains(.running) ? .running : .stopped }
        if states.contains(.running) { return targets.contains { $0.stopTime != nil } ? .stopped : .running }
        if states.allSatisfy({ $0 == .stopped }) { return .stopped }
        if states.allSatisfy({ $0 == .failed }) { return .failed }
        return states.contains(.failed) ? .partialFailed : .finished
    }

    /// The state of the order on one instance.
    func state(of target: Target, at now: SimulatedTime) -> RunState {
        guard frequency == nil else { return target.stopTime == nil ? .running : .stopped }
        let start = creationTime.adding(milliseconds: dispatching)
        if let stopTime = target.stopTime, stopTime < start { return .stopped }
        return run(from: start, target, at: now).state
    }

    /// The runs so far, the latest first.
    func runs(at now: SimulatedTime) -> [Run] {
        targets.flatMap { target -> [Run] in
            guard let frequency else {
                let start = creationTime.adding(milliseconds: dispatching)
                if let stopTime = target.stopTime, stopTime < start {
                    return [Run(instanceId: target.instanceId, state: .stopped, finishedTime: stopTime, outcome: .none)]
                }
                return [run(from: start, target, at: now)]
            }
            // A run that has begun goes on; no other begins.
            let end = min(now, target.stopTime ?? now)
            return frequency.occurrences(after: creationTime, until: end, atMost: Self.keptRuns)
                .map { run(from: $0, target, at: now) }
        }
    }

    private func run(from start: SimulatedTime, _ target: Target, at now: SimulatedTime) -> Run {
        let end = start.adding(milliseconds: target.outcome.lasting)
        let isOver = now >= end
        return Run(
            instanceId: target.instanceId,
            state: isOver ? (target.outcome.timesOut ? .failed : .finished) : .running,
            finishedTime: isOver ? end : nil, outcome: target.outcome)
    }
}
