/// A copy of a disk at an instant.
struct Snapshot: Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        case progressing, accomplished, failed
    }

    let id: String
    let regionId: String
    var name = ""
    var description = ""
    let sourceDiskId: String
    let sourceDiskKind: Disk.Kind
    /// GiB.
    let sourceDiskSize: Int
    var isEncrypted = false
    var isAutomatic = false
    let creationTime: SimulatedTime
    var lastModifiedTime: SimulatedTime
    /// Days that the snapshot is kept, counted from its creation; nil for ever.
    var retentionDays: Int?
    var state: Timeline<State>

    /// Whether the copy is complete.
    func isReady(at now: SimulatedTime) -> Bool { state.state(at: now) == .accomplished }
}

extension World {
    /// Removes snapshots whose retention is over.
    mutating func settleSnapshots(at now: SimulatedTime) {
        for snapshot in snapshots.all {
            guard let days = snapshot.retentionDays else { continue }
            if snapshot.creationTime.adding(seconds: Int64(days) * 86_400) <= now { remove(snapshot) }
        }
    }

    mutating func remove(_ snapshot: Snapshot) {
        tags[.snapshot, snapshot.id] = []
        snapshots[snapshot.id] = nil
    }

    /// What was made from a snapshot: whether an image, whether a disk.
    func usage(of snapshot: Snapshot) -> (image: Bool, disk: Bool) {
        (
            images.all.contains { image in image.mappings.contains { $0.snapshotId == snapshot.id } },
            disks.all.contains { $0.sourceSnapshotId == snapshot.id }
        )
    }
}
