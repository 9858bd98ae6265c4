/// A block storage volume.
struct Disk: Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        case creating = "Creating"
        case available = "Available"
        case attaching = "Attaching"
        case inUse = "In_use"
        case detaching = "Detaching"
        case reinitializing = "ReIniting"
    }

    enum Kind: String, Hashable, Sendable {
        case system, data
    }

    /// Where a disk is, or was until it is Available again.
    struct Attachment: Hashable, Sendable {
        var instanceId: String
        /// `/dev/xvda` and on.
        var device: String
        var since: SimulatedTime
    }

    let id: String
    let regionId: String
    var zoneId: String
    var name = ""
    var description = ""
    let kind: Kind
    let category: DiskCategory
    /// GiB.
    var size: Int
    /// The image that a system disk was made from.
    var imageId = ""
    var sourceSnapshotId = ""
    var isEncrypted = false
    var isPortable: Bool
    var deletesWithInstance: Bool
    var deletesAutoSnapshots = true
    var enablesAutoSnapshots = false
    var autoSnapshotPolicyId = ""
    let creationTime: SimulatedTime
    var state: Timeline<State>
    /// Kept while the disk detaches; read it through ``attachment(at:)``.
    var attachment: Attachment?
    var hasBeenAttached = false
    var chargeType = Instance.ChargeType.postPaid
    var chargeTypeChangedAt: SimulatedTime?

    /// Where the disk is at an instant: nil once a detachment is complete.
    func attachment(at now: SimulatedTime) -> Attachment? {
        switch state.state(at: now) {
        case .available, .creating: nil
        default: attachment
        }
    }
}

extension World {
    /// Removes a disk, and its automatic snapshots when it is set so.
    mutating func remove(_ disk: Disk) {
        if disk.deletesAutoSnapshots {
            for snapshot in snapshots.all where snapshot.sourceDiskId == disk.id && snapshot.isAutomatic {
                snapshots[snapshot.id] = nil
            }
        }
        tags[.disk, disk.id] = []
        disks[disk.id] = nil
    }

    /// The disk with this id.
    func disk(_ id: String) throws(CloudError) -> Disk {
        guard let disk = disks[id] else { throw CloudError("InvalidDiskId.NotFound") }
        return disk
    }

    /// Whether a snapshot of the disk is being made.
    func isBeingSnapshotted(_ disk: Disk, at now: SimulatedTime) -> Bool {
        snapshots.all.contains { $0.sourceDiskId == disk.id && $0.state.state(at: now) == .progressing }
    }
}
