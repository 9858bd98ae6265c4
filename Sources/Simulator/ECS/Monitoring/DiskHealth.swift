import Bytes

/// How disks are, and what was wrong with them lately: DescribeDisksFullStatus.
enum DiskHealth {
    static let handlers: [String: ActionHandler] = ["DescribeDisksFullStatus": list]

    /// How long events are kept, in seconds.
    private static let memory: Int64 = 7 * 86_400

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let (from, to) = (parameters.time("EventTime.Start"), parameters.time("EventTime.End"))
        if let from, let to, to < from { throw CloudError("InvalidParameter.TimeEndBeforeStart") }
        let ids = Set(parameters.list("DiskId"))
        let eventIds = Set(parameters.list("EventId"))
        let kind = parameters.text("EventType")
        let tags = try TagParameters.filter(parameters)
        let weekAgo = context.now.adding(seconds: -memory)
        let earliest = max(from ?? weekAgo, weekAgo)
        let events = world.diskEvents.all.filter { event in
            event.startTime >= earliest
                && (to.map { event.startTime <= $0 } ?? true) && (eventIds.isEmpty || eventIds.contains(event.id))
                && (kind == nil || kind == event.kind.rawValue)
        }
        let isAboutEvents = from != nil || to != nil || kind != nil || !eventIds.isEmpty
        let current = world
        let found = world.disks.newestFirst.filter { disk in
            let texts = [
                ("Status", disk.state.state(at: context.now).rawValue),
                ("HealthStatus", health(of: disk, current, context.now).name), ("ResourceGroupId", ""),
            ]
            return disk.regionId == region && (ids.isEmpty || ids.contains(disk.id))
                && current.tags.matches(tags, .disk, disk.id)
                && texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
                && (!isAboutEvents || events.contains { $0.diskId == disk.id })
        }
        let page = try Page(found, context)
        return .object(
            page.members("DiskFullStatusSet", "DiskFullStatusType") { disk in
                let state = disk.state.state(at: context.now)
                let health = health(of: disk, current, context.now)
                let place = disk.attachment(at: context.now)
                return [
                    "DiskId": .string(disk.id), "InstanceId": .string(place?.instanceId ?? ""),
                    "Device": .string(place?.device ?? ""),
                    "Status": ["Code": .integer(state.code), "Name": .string(state.rawValue)],
                    "HealthStatus": ["Code": .integer(health.code), "Name": .string(health.name)],
                    "DiskEventSet": .list(
                        "DiskEventType",
                        events.filter { $0.diskId == disk.id }.map { event in
                            [
                                "EventId": .string(event.id), "EventTime": .string(event.startTime.text),
                                "EventEndTime": .string(event.endTime <= context.now ? event.endTime.text : ""),
                                "EventType": ["Code": .integer(event.kind.code), "Name": .string(event.kind.rawValue)],
                                "ImpactLevel": .string(event.kind == .degraded ? "100" : "300"),
                            ]
                        }),
                ]
            })
    }

    /// 128 for Impaired, as in the documented example; a disk that nothing is wrong with is no case of the document's list.
    private static func health(of disk: Disk, _ world: World, _ now: SimulatedTime) -> (code: Int, name: String) {
        let current = world.diskEvents.all.filter { $0.diskId == disk.id && $0.isGoingOn(at: now) }
        if current.contains(where: { $0.kind == .stalled || $0.kind == .errorDetected }) { return (128, "Impaired") }
        if !current.isEmpty { return (64, "Warning") }
        switch disk.state.state(at: now) {
        case .creating, .reinitializing: return (208, "Initializing")
        case .inUse: return (0, "Ok")
        case .available, .attaching, .detaching: return (240, "NotApplicable")
        }
    }
}

extension Disk.State {
    /// 129 for Available, as in the documented example.
    fileprivate var code: Int {
        switch self {
        case .inUse: 128
        case .available: 129
        case .attaching: 130
        case .detaching: 131
        case .creating: 132
        case .reinitializing: 133
        }
    }
}
