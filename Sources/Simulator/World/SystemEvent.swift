/// Something that the cloud does to an instance, or found wrong with it.
struct SystemEvent: Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case maintenanceReboot = "SystemMaintenance.Reboot"
        case failureReboot = "SystemFailure.Reboot"
        case instanceFailureReboot = "InstanceFailure.Reboot"

        /// As in the documented examples; of the last one none is documented.
        var code: Int {
            switch self {
            case .maintenanceReboot: 1
            case .failureReboot: 65
            case .instanceFailureReboot: 66
            }
        }
    }

    enum Cycle: String, Hashable, Sendable, CaseIterable {
        case scheduled = "Scheduled"
        case avoided = "Avoided"
        case executing = "Executing"
        case executed = "Executed"
        case canceled = "Canceled"
        case failed = "Failed"

        /// 0, 8 and 24 as in the documented examples; the others in between.
        var code: Int {
            switch self {
            case .executed: 0
            case .avoided: 8
            case .executing: 16
            case .scheduled: 24
            case .canceled: 32
            case .failed: 40
            }
        }

        /// Whether nothing more will come of it.
        var isOver: Bool { self != .scheduled && self != .executing }
    }

    let id: String
    let instanceId: String
    let regionId: String
    let kind: Kind
    let publishTime: SimulatedTime
    /// When the cloud will act at the earliest.
    let notBefore: SimulatedTime
    var cycle: Timeline<Cycle>

    /// When it was over; nil before.
    func finishTime(at now: SimulatedTime) -> SimulatedTime? {
        cycle.state(at: now).isOver ? cycle.start(at: now) : nil
    }
}

/// Something wrong with a disk, for a while.
struct DiskEvent: Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case degraded = "Degraded"
        case severelyDegraded = "SeverelyDegraded"
        case stalled = "Stalled"
        case errorDetected = "ErrorDetected"

        /// 7 as in the documented example.
        var code: Int {
            switch self {
            case .degraded: 5
            case .severelyDegraded: 6
            case .stalled: 7
            case .errorDetected: 8
            }
        }
    }

    let id: String
    let diskId: String
    let regionId: String
    let kind: Kind
    let startTime: SimulatedTime
    let endTime: SimulatedTime

    func isGoingOn(at now: SimulatedTime) -> Bool { startTime <= now && now < endTime }
}

extension World {
    /// A restart of one's own does what a planned one would have done.
    mutating func avoidEvents(of instance: Instance, at now: SimulatedTime) {
        systemEvents.update(where: { $0.instanceId == instance.id && $0.cycle.state(at: now) == .scheduled }) {
            $0.cycle = Timeline(.avoided, since: now)
        }
    }

    /// With an instance go its events.
    mutating func cancelEvents(of instance: Instance) {
        for event in systemEvents.all where event.instanceId == instance.id { systemEvents[event.id] = nil }
    }
}
