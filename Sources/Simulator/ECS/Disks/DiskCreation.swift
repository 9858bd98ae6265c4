import Bytes

/// Making and releasing disks: CreateDisk and DeleteDisk.
enum DiskCreation {
    static let handlers: [String: ActionHandler] = [
        "CreateDisk": create,
        "DeleteDisk": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let zone = try context.required("ZoneId")
        guard context.site.geography.region(ofZone: zone)?.id == region else { throw CloudError("InvalidZoneId.NotFound") }
        guard let category = context.site.diskCategory(parameters.text("DiskCategory") ?? "cloud") else {
            throw CloudError("InvalidDiskCategory.ValueNotSupported")
        }
        if let name = parameters.text("DiskName"), !Naming.isResourceName(name) {
            throw CloudError("InvalidDiskName.Malformed")
        }
        if let text = parameters.text("Description"), !Naming.isDescription(text) {
            throw CloudError("InvalidDescription.Malformed")
        }
        let isEncrypted = parameters.flag("Encrypted") ?? false
        let id = world.identifiers.resource("d")
        world.disks[id] = Disk(
            id: id, regionId: region, zoneId: zone, name: parameters.text("DiskName") ?? "",
            description: parameters.text("Description") ?? "", kind: .data, category: category,
            size: try size(world, context, category, isEncrypted: isEncrypted),
            sourceSnapshotId: parameters.text("SnapshotId") ?? "", isEncrypted: isEncrypted, isPortable: true,
            deletesWithInstance: false, creationTime: context.now,
            state: Timeline(
                from: context.now, [(state: .creating, lasting: context.durations[.diskCreating])], target: .available))
        return ["DiskId": .string(id)]
    }

    /// GiB of the new disk: the snapshot's when one is given, else `Size`.
    private static func size(
        _ world: World, _ context: ActionContext, _ category: DiskCategory, isEncrypted: Bool
    ) throws(CloudError) -> Int {
        let wanted = context.parameters.integer("Size")
        guard let snapshotId = context.parameters.text("SnapshotId") else {
            guard let wanted else { throw CloudError("MissingParameter", about: "either SnapshotId or Size") }
            guard category.dataSizes.contains(wanted) else { throw CloudError("InvalidSize.ValueNotSupported") }
            return wanted
        }
        guard let snapshot = world.snapshots[snapshotId] else { throw CloudError("InvalidSnapshotId.NotFound") }
        guard snapshot.isReady(at: context.now) else { throw CloudError("InvalidSnapshotId.NotReady") }
        guard snapshot.isEncrypted == isEncrypted else { throw CloudError("EncryptedOption.Conflict") }
        if let wanted, wanted < snapshot.sourceDiskSize { throw CloudError("InvalidDiskSize.TooSmall") }
        guard snapshot.sourceDiskSize <= category.dataSizes.upperBound else { throw CloudError("InvalidSnapshot.TooLarge") }
        return max(snapshot.sourceDiskSize, category.dataSizes.lowerBound)
    }

    /// A disk that does not exist is released already.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        guard let disk = world.disks[try context.required("DiskId")] else { return .empty }
        guard disk.kind == .data else { throw CloudError("DiskTypeViolation") }
        guard disk.isPortable else { throw CloudError("DiskNotPortable") }
        guard disk.state.state(at: context.now) == .available else { throw CloudError("IncorrectDiskStatus") }
        guard !world.isBeingSnapshotted(disk, at: context.now) else { throw CloudError("DiskCreatingSnapshot") }
        world.remove(disk)
        return .empty
    }
}
