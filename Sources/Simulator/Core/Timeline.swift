/// A state that goes on by itself as time passes, without timers: what it is follows from the instant at which it is read.
struct Timeline<State: Hashable & Sendable>: Sendable {
    private struct Step: Sendable {
        var state: State
        var start: SimulatedTime
    }

    /// In the order of time; never empty.
    private var steps: [Step]

    /// A state that lasts.
    init(_ state: State, since start: SimulatedTime) {
        steps = [Step(state: state, start: start)]
    }

    /// Passes through `path`, each state for its number of milliseconds, and stays in `target`.
    init(from start: SimulatedTime, _ path: [(state: State, lasting: Int64)], target: State) {
        steps = []
        var instant = start
        for leg in path where leg.lasting > 0 {
            steps.append(Step(state: leg.state, start: instant))
            instant = instant.adding(milliseconds: leg.lasting)
        }
        steps.append(Step(state: target, start: instant))
    }

    /// The state at `instant`; before the beginning, the first one.
    func state(at instant: SimulatedTime) -> State { current(at: instant).state }

    /// When the state that holds at `instant` began.
    func start(at instant: SimulatedTime) -> SimulatedTime { current(at: instant).start }

    /// The state in which the path ends.
    var target: State { steps[steps.count - 1].state }

    /// When the path reaches its target.
    var end: SimulatedTime { steps[steps.count - 1].start }

    /// Whether the path has reached its target.
    func isSettled(at instant: SimulatedTime) -> Bool { instant >= end }

    /// How much of the way to the target lies behind, in percent from 0 to 100.
    func progress(at instant: SimulatedTime) -> Int {
        let start = steps[0].start.milliseconds
        let whole = end.milliseconds - start
        guard whole > 0, instant < end else { return 100 }
        let behind = max(0, instant.milliseconds - start)
        return Int(Double(behind) / Double(whole) * 100)
    }

    private func current(at instant: SimulatedTime) -> Step {
        steps.last { $0.start <= instant } ?? steps[0]
    }
}
