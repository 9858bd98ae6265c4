import Bytes

/// Monitoring of public addresses and of the bandwidth packages of NAT gateways.
enum MonitorData {
    static let handlers: [String: ActionHandler] = [
        "DescribeEipMonitorData": eip,
        "DescribeBandwidthPackageMonitorData": package,
        "DescribeBandwidthPackagePublicIpMonitorData": packageAddress,
    ]

    private static let greatestCount = 200
    /// Seconds that data of bandwidth packages is kept.
    private static let memory: Int64 = 31 * 86_400

    /// An address that is bound to nothing has no traffic.
    @Sendable
    private static func eip(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let eip = try world.eip(try context.required("AllocationId"), in: try context.region())
        let times = try times(context)
        let series = TrafficSeries(of: eip.id, bandwidth: eip.target(at: context.now) == nil ? 0 : eip.bandwidth)
        let points: [JSONValue] = times.starts.map { start in
            let amount = series.amount(from: start, minutes: times.period / 60)
            return [
                "EipRX": .integer(amount.received), "EipTX": .integer(amount.sent), "EipFlow": .integer(amount.flow),
                "EipBandwidth": .integer(amount.flow / times.period), "EipPackets": .integer(amount.packets),
                "TimeStamp": .string(start.text),
            ]
        }
        return ["EipMonitorDatas": .list("EipMonitorData", points)]
    }

    @Sendable
    private static func package(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let package = try world.bandwidthPackage(context, in: try context.knownRegion())
        return try points(of: TrafficSeries(of: package.id, bandwidth: package.bandwidth), context)
    }

    @Sendable
    private static func packageAddress(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let id = try context.required("AllocationId")
        let package = world.vpc.bandwidthPackages.all.first { package in
            package.regionId == region && package.addresses.contains { $0.id == id }
        }
        guard let package else { throw CloudError("InvalidAllocationId.NotFound") }
        return try points(of: TrafficSeries(of: id, bandwidth: package.bandwidth), context)
    }

    private static func points(of series: TrafficSeries, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let times = try times(context)
        if let first = times.starts.first, first.adding(seconds: memory) < context.now { throw .invalid("StartTime") }
        guard let end = context.parameters.time("EndTime"), end <= context.now else { throw .invalid("EndTime") }
        let points: [JSONValue] = times.starts.map { start in
            let amount = series.amount(from: start, minutes: times.period / 60)
            return [
                "RX": .integer(amount.received), "TX": .integer(amount.sent), "Flow": .integer(amount.flow),
                "ReceivedBandwidth": .integer(amount.received / times.period),
                "TransportedBandwidth": .integer(amount.sent / times.period),
                "Bandwidth": .integer(amount.flow / times.period), "Packets": .integer(amount.packets),
                "TimeStamp": .string(start.text),
            ]
        }
        return ["MonitorDatas": .list("MonitorData", points)]
    }

    /// When the data points begin that the call asks for, and how many seconds each covers. Less than one period is one point.
    private static func times(_ context: ActionContext) throws(CloudError) -> (starts: [SimulatedTime], period: Int) {
        let period = context.parameters.integer("Period") ?? 60
        guard period > 0 else { throw .invalid("Period") }
        guard let start = context.parameters.time("StartTime")?.nextFullMinute else {
            throw CloudError("InvalidStartTime.Malformed")
        }
        guard let end = context.parameters.time("EndTime")?.nextFullMinute, end >= start else {
            throw CloudError("InvalidEndTime.Malformed")
        }
        let count = max(1, (end.milliseconds - start.milliseconds) / Int64(period * 1000))
        guard count <= greatestCount else { throw CloudError("OperationDenied.ToManyDataQueried") }
        return ((0..<count).map { start.adding(seconds: $0 * Int64(period)) }, period)
    }
}

extension SimulatedTime {
    /// The instant itself when its seconds are 0, else the beginning of the next minute.
    fileprivate var nextFullMinute: SimulatedTime {
        let rest = milliseconds % 60_000
        return rest == 0 ? self : adding(milliseconds: 60_000 - rest)
    }
}
