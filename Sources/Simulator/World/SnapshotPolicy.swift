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
