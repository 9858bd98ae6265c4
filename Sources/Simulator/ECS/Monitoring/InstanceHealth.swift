import Bytes

/// How instances are, and what the cloud did to them or is about to do.
enum InstanceHealth {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstancesFullStatus": list,
        "DescribeInstanceHistoryEvents": listEvents,
    ]

    /// How long events are kept, in seconds.
    private static let memory: Int64 = 7 * 86_400

    /// Instances with the events that are to come; with a time range, with all events of the range.
    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let ids = Set(parameters.list("InstanceId"))
        let filter = EventFilter(parameters)
        let events = world.systemEvents.all.filter {
            filter.matches($0) && (filter.hasRange || $0.cycle.state(at: context.now) == .scheduled)
        }
        let found = world.instances.newestFirst.filter { instance in
            let texts = [
                ("Status", instance.state.state(at: context.now).rawValue),
                ("HealthStatus", health(of: instance, world, context.now).name),
            ]
            return instance.regionId == region && (ids.isEmpty || ids.contains(instance.id))
                && texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
                && (filter.isEmpty || events.contains { $0.instanceId == instance.id })
        }
        let page = try Page(found, context)
        let current = world
        return .object(
            page.members("InstanceFullStatusSet", "InstanceFullStatusType") { instance in
                let state = instance.state.state(at: context.now)
                let health = health(of: instance, current, context.now)
                return [
                    "InstanceId": .string(instance.id),
                    "Status": ["Code": .integer(state.code), "Name": .string(state.rawValue)],
                    "HealthStatus": ["Code": .integer(health.code), "Name": .string(health.name)],
                    "ScheduledSystemEventSet": .list(
                        "ScheduledSystemEventType",
                        events.filter { $0.instanceId == instance.id }.map { .object($0.members(at: context.now)) }),
                ]
            })
    }

    private static func health(of instance: Instance, _ world: World, _ now: SimulatedTime) -> (code: Int, name: String) {
        let pending = world.systemEvents.all.filter { $0.instanceId == instance.id && !$0.cycle.state(at: now).isOver }
        if pending.contains(where: { $0.cycle.state(at: now) == .executing }) { return (32, "Maintaining") }
        if pending.contains(where: { $0.kind == .failureReboot }) { return (64, "Warning") }
        switch instance.state.state(at: now) {
        case .running: return (0, "OK")
        case .pending, .starting: return (208, "Initializing")
        case .stopping, .stopped: return (240, "NotApplicable")
        }
    }

    @Sendable
    private static func listEvents(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let filter = EventFilter(parameters)
        var cycles = parameters.list("InstanceEventCycleStatus")
        if cycles.isEmpty { cycles = parameters.text("EventCycleStatus").map { [$0] } ?? [] }
        let oldest = context.now.adding(seconds: -memory)
        let found = world.systemEvents.newestFirst.filter { event in
            event.regionId == region && event.publishTime >= oldest && filter.matches(event)
                && parameters.text("InstanceId").map { $0 == event.instanceId } ?? true
                && (cycles.isEmpty || cycles.contains(event.cycle.state(at: context.now).rawValue))
        }
        let page = try Page(found, context)
        return .object(
            page.members("InstanceSystemEventSet", "InstanceSystemEventType") { event in
                .object(
                    [.init("InstanceId", .string(event.instanceId))] + event.members(at: context.now) + [
                        .init("EventFinishTime", .string(event.finishTime(at: context.now)?.text ?? ""))
                    ])
            })
    }
}

extension Instance.State {
    /// 1 for Running, as in the documented example.
    fileprivate var code: Int {
        switch self {
        case .pending: 0
        case .running: 1
        case .starting: 2
        case .stopping: 3
        case .stopped: 4
        }
    }
}

extension SystemEvent {
    /// What all answers tell of an event.
    fileprivate func members(at now: SimulatedTime) -> [JSONValue.Member] {
        let cycle = self.cycle.state(at: now)
        return [
            .init("EventId", .string(id)),
            .init("EventCycleStatus", ["Code": .integer(cycle.code), "Name": .string(cycle.rawValue)]),
            .init("EventType", ["Code": .integer(kind.code), "Name": .string(kind.rawValue)]),
            .init("EventPublishTime", .string(publishTime.text)), .init("NotBefore", .string(notBefore.text)),
        ]
    }
}

/// Which events a call is about.
private struct EventFilter {
    private let ids: Set<String>
    private let kinds: Set<String>
    private let notBefore: (from: SimulatedTime?, to: SimulatedTime?)
    private let published: (from: SimulatedTime?, to: SimulatedTime?)

    init(_ parameters: CallParameters) {
        ids = Set(parameters.list("EventId"))
        let kinds = parameters.list("InstanceEventType")
        self.kinds = Set(kinds.isEmpty ? parameters.text("EventType").map { [$0] } ?? [] : kinds)
        notBefore = (parameters.time("NotBefore.Start"), parameters.time("NotBefore.End"))
        published = (parameters.time("EventPublishTime.Start"), parameters.time("EventPublishTime.End"))
    }

    var hasRange: Bool {
        notBefore.from != nil || notBefore.to != nil || published.from != nil || published.to != nil
    }

    var isEmpty: Bool { ids.isEmpty && kinds.isEmpty && !hasRange }

    func matches(_ event: SystemEvent) -> Bool {
        (ids.isEmpty || ids.contains(event.id)) && (kinds.isEmpty || kinds.contains(event.kind.rawValue))
            && Self.isInside(event.notBefore, notBefore) && Self.isInside(event.publishTime, published)
    }

    private static func isInside(_ instant: SimulatedTime, _ range: (from: SimulatedTime?, to: SimulatedTime?)) -> Bool {
        (range.from.map { $0 <= instant } ?? true) && (range.to.map { instant <= $0 } ?? true)
    }
}
