/// What the cloud did to the fleet lately, or is about to do.
enum FleetEvents {
    /// Seconds from now; the past is negative.
    private struct Row {
        var machine: String
        var kind: SystemEvent.Kind
        var published: Int64
        var notBefore: Int64
        /// What became of it, and when.
        var end: (cycle: SystemEvent.Cycle, at: Int64)?
    }

    private static let day: Int64 = 86_400
    private static let rows: [Row] = [
        Row(
            machine: "web-2", kind: .maintenanceReboot, published: -4 * day, notBefore: -2 * day,
            end: (.executed, -2 * day + 310)),
        Row(
            machine: "queue-1", kind: .instanceFailureReboot, published: -day - 1_800, notBefore: -day - 1_800,
            end: (.executed, -day - 1_500)),
        Row(machine: "api-1", kind: .maintenanceReboot, published: -5 * day, notBefore: 2 * day, end: (.avoided, -3 * day)),
        Row(machine: "db-replica", kind: .maintenanceReboot, published: -day, notBefore: 4 * day),
        Row(machine: "ci-runner", kind: .failureReboot, published: -7_200, notBefore: day),
    ]

    static func seed(_ world: inout World, at now: SimulatedTime) {
        for row in rows {
            guard let instance = world.instances.all.first(where: { $0.name == row.machine }) else { continue }
            let notBefore = now.adding(seconds: row.notBefore)
            // A planned restart takes five minutes.
            var cycle = Timeline<SystemEvent.Cycle>(
                from: now.adding(seconds: row.published),
                [
                    (state: .scheduled, lasting: (row.notBefore - row.published) * 1000),
                    (state: .executing, lasting: 300_000),
                ], target: .executed)
            if let end = row.end { cycle = Timeline(end.cycle, since: now.adding(seconds: end.at)) }
            let id = world.identifiers.resource("e")
            world.systemEvents[id] = SystemEvent(
                id: id, instanceId: instance.id, regionId: instance.regionId, kind: row.kind,
                publishTime: now.adding(seconds: row.published), notBefore: notBefore, cycle: cycle)
        }
        guard let disk = world.disks.all.first(where: { $0.name == "db-replica-data" }) else { return }
        let id = world.identifiers.resource("e")
        let start = now.adding(seconds: -3 * day)
        world.diskEvents[id] = DiskEvent(
            id: id, diskId: disk.id, regionId: disk.regionId, kind: .degraded, startTime: start,
            endTime: start.adding(seconds: 540))
    }
}
