/// Measurements that nobody took: values that follow from an id, the name of what is measured and the time alone, with a
/// day's rise and fall, so that the same question has the same answer.
enum MonitorSeries {
    /// Points that one call may ask for.
    private static let pointLimit = 400
    /// How long data are kept, in seconds.
    private static let memory: Int64 = 30 * 86_400

    /// The instants that a call asks for by StartTime, EndTime and Period, up to now.
    static func instants(_ context: ActionContext) throws(CloudError) -> [SimulatedTime] {
        let parameters = context.parameters
        guard let start = parameters.time("StartTime").map(wholeMinute) else {
            throw CloudError("InvalidStartTime.Malformed")
        }
        guard let end = parameters.time("EndTime").map(wholeMinute), end >= start else {
            throw CloudError("InvalidEndTime.Malformed")
        }
        guard start >= context.now.adding(seconds: -memory) else { throw CloudError("InvalidStartTime.TooEarly") }
        let period = Int64(parameters.integer("Period") ?? 60) * 1000
        guard period > 0 else { throw CloudError("InvalidPeriod.ValueNotSupported") }
        let count = (end.milliseconds - start.milliseconds) / period
        guard count <= pointLimit else { throw CloudError("InvalidParameter.TooManyDataQueried") }
        return (0...count).map { start.adding(milliseconds: $0 * period) }.filter { $0 <= context.now }
    }

    /// Seconds other than 00 count as the next minute.
    private static func wholeMinute(_ instant: SimulatedTime) -> SimulatedTime {
        let over = instant.milliseconds % 60_000
        return over == 0 ? instant : instant.adding(milliseconds: 60_000 - over)
    }

    /// A value from 0 up to `peak`, of what is called `name` of the thing with this id.
    static func value(_ name: String, of id: String, at instant: SimulatedTime, peak: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (id + "/" + name).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let minute = instant.milliseconds / 60_000
        var noise = IdentifierGenerator(seed: hash ^ UInt64(bitPattern: minute))
        // A triangle over the day, in China's time highest in the afternoon.
        let minuteOfDay = Int(((minute + 8 * 60) % 1440 + 1440) % 1440)
        let afternoon = 15 * 60
        let distance = min(abs(minuteOfDay - afternoon), 1440 - abs(minuteOfDay - afternoon))
        let daily = 1 - Double(distance) / 720
        let base = Double(hash % 40 + 10) / 100
        let share = base * (0.3 + 0.7 * daily) + Double(noise.below(200)) / 1000
        return Int(Double(peak) * min(1, share))
    }
}

extension Instance {
    /// Whether the instance ran at an instant, as far as can be told from what is known of it.
    func wasRunning(at instant: SimulatedTime) -> Bool {
        guard instant >= creationTime else { return false }
        // What comes before the latest change is known only from what it changed.
        let isBefore = state.start(at: instant) > instant
        switch state.state(at: instant) {
        case .running: return !isBefore || startTime.map { instant >= $0 } ?? false
        case .stopping: return isBefore
        default: return false
        }
    }
}
