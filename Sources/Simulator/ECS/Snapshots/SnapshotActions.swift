import Bytes

/// Making, changing and deleting snapshots.
enum SnapshotActions {
    static let handlers: [String: ActionHandler] = [
        "CreateSnapshot": create,
        "ModifySnapshotAttribute": modify,
        "DeleteSnapshot": delete,
    ]

    /// Snapshots that each disk may have, on which the account's quota rests.
    private static let quotaPerDisk = 64

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let disk = try world.disk(try context.required("DiskId"))
        try check(name: parameters.text("SnapshotName"), description: parameters.text("Description"))
        let tags = try TagParameters.tags(parameters)
        guard disk.category.isCloudDisk else { throw CloudError("DiskCategory.OperationNotSupported") }
        switch disk.state.state(at: context.now) {
        case .inUse:
            let instance = try world.instance(disk.attachment?.instanceId ?? "")
            guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
            guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
                throw CloudError("IncorrectInstanceStatus")
            }
            guard instance.startTime != nil else { throw CloudError("IncorrectDiskStatus.NeverUsed") }
        case .available:
            guard disk.hasBeenAttached else { throw CloudError("IncorrectDiskStatus.NeverAttached") }
        default: throw CloudError("IncorrectDiskStatus")
        }
        guard !world.isBeingSnapshotted(disk, at: context.now) else {
            throw CloudError("IncorrectDiskStatus.CreatingSnapshot")
        }
        guard world.snapshots.count < max(1, world.disks.count) * quotaPerDisk else {
            throw CloudError("QuotaExceed.Snapshot")
        }
        let id = world.addSnapshot(of: disk, context)
        world.snapshots[id]?.name = parameters.text("SnapshotName") ?? ""
        world.snapshots[id]?.description = parameters.text("Description") ?? ""
        world.snapshots[id]?.retentionDays = parameters.integer("RetentionDays")
        world.tags.add(tags, to: .snapshot, id)
        return ["SnapshotId": .string(id)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        guard var snapshot = world.snapshots[try context.required("SnapshotId")] else {
            throw CloudError("InvalidSnapshotId.NotFound")
        }
        let names = ["SnapshotName", "Description", "RetentionDays", "DisableInstantAccess"]
        guard names.contains(where: { parameters[$0] != nil }) else { throw CloudError("NoAttributeToModify") }
        try check(name: parameters.text("SnapshotName"), description: parameters.text("Description"))
        snapshot.name = parameters.text("SnapshotName") ?? snapshot.name
        snapshot.description = parameters["Description"] ?? snapshot.description
        if let days = parameters.integer("RetentionDays") {
            guard let current = snapshot.retentionDays, days >= current else { throw .invalid("RetentionDays") }
            snapshot.retentionDays = days
        }
        snapshot.lastModifiedTime = context.now
        world.snapshots[snapshot.id] = snapshot
        return .empty
    }

    /// A snapshot that does not exist is deleted already; one in progress is cancelled.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        guard let snapshot = world.snapshots[try context.required("SnapshotId")] else { return .empty }
        let usage = world.usage(of: snapshot)
        guard !usage.image else { throw CloudError("SnapshotCreatedImage") }
        guard !usage.disk || context.parameters.flag("Force") == true else { throw CloudError("SnapshotCreatedDisk") }
        world.remove(snapshot)
        return .empty
    }

    private static func check(name: String?, description: String?) throws(CloudError) {
        if let name, !Naming.isResourceName(name) || name.hasPrefix("auto") {
            throw CloudError("InvalidSnapshotName.Malformed")
        }
        if let description, !Naming.isDescription(description) { throw CloudError("InvalidDescription.Malformed") }
    }
}

extension World {
    /// Begins a snapshot of a disk and gives its id.
    mutating func addSnapshot(of disk: Disk, _ context: ActionContext) -> String {
        let id = identifiers.resource("s")
        let progressing = (state: Snapshot.State.progressing, lasting: context.durations[.snapshotProgressing])
        snapshots[id] = Snapshot(
            id: id, regionId: disk.regionId, sourceDiskId: disk.id, sourceDiskKind: disk.kind, sourceDiskSize: disk.size,
            isEncrypted: disk.isEncrypted, creationTime: context.now, lastModifiedTime: context.now,
            state: Timeline(from: context.now, [progressing], target: .accomplished))
        return id
    }
}
