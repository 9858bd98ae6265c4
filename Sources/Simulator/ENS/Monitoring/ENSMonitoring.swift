import Bytes

/// How much instances are used: figures that follow from ids and times, the same whenever they are asked for.
enum ENSMonitoring {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstanceMonitorData": listUse,
        "DescribeUserBandWidthData": describeBandwidth,
    ]

    /// What the service says of memory.
    private static let notSupported = "暂不支持"

    /// Seconds that are looked back when no beginning is named.
    private static let usualSpan: Int64 = 3600

    /// Samples that an answer has at most.
    private static let maximalSamples: Int64 = 2000

    @Sendable
    private static func listUse(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let span = try span(context)
        let id = context.parameters.text("InstanceId")
        let found = world.ens.instances.all.filter { id == nil || $0.id == id }
        if let id, found.isEmpty { _ = try world.edgeInstance(id) }
        let rows = found.map { instance -> JSONValue in
            let runs = instance.state(at: context.now) == .running
            let use = runs ? Figure.of(instance.id, span.start, from: 1, to: 60) : 0
            return [
                "InstanceId": .string(instance.id), "CPU": .string("0." + String("0\(use)".suffix(2))),
                "Memory": .string(notSupported),
            ]
        }
        return ENS.done.with("MonitorData", .list("InstanceMonitorData", rows))
    }

    @Sendable
    private static func describeBandwidth(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let node = context.parameters.text("EnsRegionId")
        let id = context.parameters.text("InstanceId")
        if let id { _ = try world.edgeInstance(id) }
        let span = try span(context)
        let period = Int64(context.parameters.integer("Period") ?? 300)
        guard (span.end - span.start) / period <= maximalSamples else { throw CloudError("InvalidStartTime") }
        let instances = world.ens.instances.all.filter {
            (node == nil || $0.nodeId == node) && (id == nil || $0.id == id) && $0.state(at: context.now) == .running
        }
        var samples: [JSONValue] = []
        var (mostDown, mostUp) = (0, 0)
        for time in stride(from: span.start, to: span.end, by: Int64.Stride(period)) {
            let down = instances.reduce(0) { $0 + Figure.of($1.id + "/rx", time, from: 2_000, to: 9_000) }
            let up = instances.reduce(0) { $0 + Figure.of($1.id + "/tx", time, from: 500, to: 3_000) }
            (mostDown, mostUp) = (max(mostDown, down), max(mostUp, up))
            samples.append([
                "TimeStamp": .string(SimulatedTime(milliseconds: time * 1000).text), "DownBandWidth": .integer(down),
                "UpBandWidth": .integer(up), "InternetRX": .integer(down * Int(period)),
                "InternetTX": .integer(up * Int(period)),
            ])
        }
        // The answer says twice, in different letters, that it went well.
        return ENS.done.with("code", "200").with("successResponse", true).with(
            "MonitorData",
            [
                "MaxDownBandWidth": .string(String(mostDown)), "MaxUpBandWidth": .string(String(mostUp)),
                "BandWidthMonitorData": .array(samples),
            ])
    }

    /// The time that is asked about, in seconds since 1970; both ends at whole minutes, moved forward.
    private static func span(_ context: ActionContext) throws(CloudError) -> (start: Int64, end: Int64) {
        func minute(_ time: SimulatedTime) -> Int64 { (time.timestamp.secondsSinceEpoch + 59) / 60 * 60 }
        let end = minute(context.parameters.time("EndTime") ?? context.now)
        let start = context.parameters.time("StartTime").map(minute) ?? end - usualSpan
        guard start < end else { throw CloudError("InvalidEndTime") }
        return (start, end)
    }
}

/// Numbers that look measured and depend on nothing but their name and time.
private enum Figure {
    static func of(_ name: String, _ time: Int64, from least: Int, to greatest: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = IdentifierGenerator(seed: hash &+ UInt64(bitPattern: time))
        return least + generator.below(greatest - least + 1)
    }
}
