/// When snapshots are made by themselves, and how long they are kept.
struct SnapshotPolicy: Sendable {
    let id: String
    let regionId: String
    var name = ""
    /// Hours 0 to 23, UTC+8.
    var timePoints: [Int]
    /// 1, Monday, to 7.
    var repeatWeekdays: [Int]
    /// Days that a snapshot is kept; -1 for ever.
    var retentionDays: Int
    let creationTime: SimulatedTime
    var copiedSnapshotsRetentionDays = -1
    var copiesAcrossRegions = false
    var targetCopyRegions: [String] = []
    var encryptsCopies = false
    var copyKeyId = ""
    var resourceGroupId = ""
}

/// The one automatic snapshot policy that an account had in older versions, for system and data disks apart.
struct AccountSnapshotPolicy: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        var isEnabled = false
        /// 1 (01:00 to 07:00) to 4 (19:00 to 01:00).
        var timePeriod = 1
        /// Days, 1 to 3.
        var retentionDays = 1
        var keepsLastWeek = false
    }

    var systemDisks = Part()
    var dataDisks = Part()
}

extension SnapshotPolicy {
    /// Seconds that the clock of policies is ahead of UTC.
    private static let clockOffset: Int64 = 8 * 3600

    /// Whether the policy makes snapshots in the hour that begins at an instant.
    func isDue(at hour: SimulatedTime) -> Bool {
        let fields = hour.adding(seconds: Self.clockOffset).timestamp.fields
        return timePoints.contains(fields.hour) && repeatWeekdays.contains(fields.weekday == 0 ? 7 : fields.weekday)
    }
}

extension World {
    /// Milliseconds of an hour, the step of policies.
    private static let hour: Int64 = 3_600_000
    /// Hours that are looked back at most: a week, however long nobody asked.
    private static let longestLookBack: Int64 = 7 * 24

    /// Makes the snapshots that policies wanted in the hours that began after `start`, up to and including `end`. A disk
    /// of which a snapshot is still being made is passed over.
    mutating func addAutomaticSnapshots(from start: SimulatedTime, until end: SimulatedTime) {
        guard !snapshotPolicies.isEmpty, start < end else { return }
        let last = end.milliseconds / Self.hour
        var next = max(start.milliseconds / Self.hour + 1, last - Self.longestLookBack)
        while next <= last {
            let instant = SimulatedTime(milliseconds: next * Self.hour)
            for policy in snapshotPolicies.all where policy.isDue(at: instant) {
                for disk in disks.all where disk.autoSnapshotPolicyId == policy.id {
                    addAutomaticSnapshot(of: disk, policy, instant)
                }
            }
            next += 1
        }
    }

    private mutating func addAutomaticSnapshot(of disk: Disk, _ policy: SnapshotPolicy, _ instant: SimulatedTime) {
        guard disk.hasBeenAttached, !isBeingSnapshotted(disk, at: instant) else { return }
        let id = identifiers.resource("s")
        snapshots[id] = Snapshot(
            id: id, regionId: disk.regionId, name: "auto2.0_\(instant.text)", sourceDiskId: disk.id,
            sourceDiskKind: disk.kind, sourceDiskSize: disk.size, isEncrypted: disk.isEncrypted, isAutomatic: true,
            creationTime: instant, lastModifiedTime: instant,
            retentionDays: policy.retentionDays > 0 ? policy.retentionDays : nil,
            state: Timeline(.accomplished, since: instant))
    }
}
