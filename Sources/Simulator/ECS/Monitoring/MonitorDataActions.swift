import Bytes

/// Measurements of instances, disks, network interfaces and snapshots over time.
enum MonitorDataActions {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstanceMonitorData": ofInstance,
        "DescribeDiskMonitorData": ofDisk,
        "DescribeEniMonitorData": ofInterfaces,
        "DescribeSnapshotMonitorData": ofSnapshots,
    ]

    /// Nothing is measured while an instance does not run.
    @Sendable
    private static func ofInstance(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.instance(try context.required("InstanceId"))
        let disk = world.disks(of: instance.id, at: context.now).first { $0.kind == .system }
        let points: [JSONValue] = try MonitorSeries.instants(context).filter(instance.wasRunning).map { instant in
            func value(_ name: String, _ peak: Int) -> Int { MonitorSeries.value(name, of: instance.id, at: instant, peak: peak) }
            let intranet = (received: value("intranet-rx", 40_000), sent: value("intranet-tx", 30_000))
            let limit = instance.publicIpAddresses.isEmpty ? 0 : instance.internetMaxBandwidthOut * 60_000
            let internet = (received: value("internet-rx", limit / 4), sent: value("internet-tx", limit))
            let reads = value("iops-read", disk == nil ? 0 : 120)
            let writes = value("iops-write", disk == nil ? 0 : 260)
            return [
                "InstanceId": .string(instance.id), "CPU": .integer(value("cpu", 100)),
                "IntranetRX": .integer(intranet.received), "IntranetTX": .integer(intranet.sent),
                "IntranetFlow": .integer(intranet.received + intranet.sent),
                "IntranetBandwidth": .integer((intranet.received + intranet.sent) / 60),
                "InternetRX": .integer(internet.received), "InternetTX": .integer(internet.sent),
                "InternetFlow": .integer(internet.received + internet.sent),
                "InternetBandwidth": .integer((internet.received + internet.sent) / 60),
                "IOPSRead": .integer(reads), "IOPSWrite": .integer(writes),
                "BPSRead": .integer(reads * 16_384), "BPSWrite": .integer(writes * 8_192),
                "TimeStamp": .string(instant.text),
            ]
        }
        return ["MonitorData": .list("InstanceMonitorData", points)]
    }

    /// Only a disk in use has data.
    @Sendable
    private static func ofDisk(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let disk = try world.disk(try context.required("DiskId"))
        let instants = try MonitorSeries.instants(context).filter {
            disk.state.state(at: $0) == .inUse && $0 >= disk.attachment?.since ?? disk.creationTime
        }
        let points: [JSONValue] = instants.map { instant in
            func value(_ name: String, _ peak: Int) -> Int { MonitorSeries.value(name, of: disk.id, at: instant, peak: peak) }
            let (reads, writes) = (value("iops-read", disk.size * 4), value("iops-write", disk.size * 6))
            return [
                "DiskId": .string(disk.id), "IOPSRead": .integer(reads), "IOPSWrite": .integer(writes),
                "IOPSTotal": .integer(reads + writes), "BPSRead": .integer(reads * 16_384),
                "BPSWrite": .integer(writes * 8_192), "BPSTotal": .integer(reads * 16_384 + writes * 8_192),
                "LatencyRead": .integer(value("latency-read", 4)), "LatencyWrite": .integer(value("latency-write", 3)),
                "TimeStamp": .string(instant.text),
            ]
        }
        return ["TotalCount": .integer(points.count), "MonitorData": .list("DiskMonitorData", points)]
    }

    /// Of the secondary interfaces of an instance; nothing is measured while the instance does not run.
    @Sendable
    private static func ofInterfaces(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.instance(try context.required("InstanceId"))
        let wanted = context.parameters.text("EniId")
        let interfaces = world.interfaces(of: instance.id, at: context.now).filter {
            $0.kind == .secondary && (wanted == nil || $0.id == wanted)
        }
        let instants = try MonitorSeries.instants(context).filter(instance.wasRunning)
        let points: [JSONValue] = interfaces.flatMap { interface in
            instants.filter { interface.state.state(at: $0) == .inUse && $0 >= interface.creationTime }.map { instant in
                func value(_ name: String, _ peak: Int) -> JSONValue {
                    .string(String(MonitorSeries.value(name, of: interface.id, at: instant, peak: peak)))
                }
                return [
                    "EniId": .string(interface.id), "TimeStamp": .string(instant.text),
                    "PacketTx": value("packet-tx", 60_000), "PacketRx": value("packet-rx", 60_000),
                    "IntranetTx": value("intranet-tx", 40_000), "IntranetRx": value("intranet-rx", 40_000),
                    "DropPacketTx": "0", "DropPacketRx": "0",
                ]
            }
        }
        return ["TotalCount": .integer(points.count), "MonitorData": .list("EniMonitorData", points)]
    }

    /// The size of all snapshots of a region; all of them are of the standard kind.
    @Sendable
    private static func ofSnapshots(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let isStandard = context.parameters.text("Category") ?? "Standard" == "Standard"
        let snapshots = world.snapshots.all.filter { $0.regionId == region && isStandard }
        let points: [JSONValue] = try MonitorSeries.instants(context).map { instant in
            // A snapshot holds the blocks in use: some two thirds of the disk.
            let size = snapshots.filter { $0.state.end <= instant }.reduce(0) { $0 + $1.sourceDiskSize << 30 / 3 * 2 }
            return ["Size": .integer(size), "TimeStamp": .string(instant.text)]
        }
        return ["MonitorData": .list("DataPoint", points)]
    }
}
