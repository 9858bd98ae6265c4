import Bytes

/// Finding disks: DescribeDisks.
enum DiskListing {
    static let handlers: [String: ActionHandler] = ["DescribeDisks": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let tags = try TagParameters.filter(context.parameters)
        if let zone = context.parameters.text("ZoneId"), context.site.geography.region(ofZone: zone)?.id != region {
            throw CloudError("InvalidZoneId.NotFound")
        }
        let current = world
        let found = world.disks.newestFirst.filter {
            $0.regionId == region && matches($0, context) && current.tags.matches(tags, .disk, $0.id)
        }
        let page = try Page(found, context)
        return .object(page.members("Disks", "Disk") { $0.rendered(current, context) })
    }

    private static func matches(_ disk: Disk, _ context: ActionContext) -> Bool {
        let parameters = context.parameters
        let shown = disk.state.state(at: context.now)
        let attachment = disk.attachment(at: context.now)
        if let ids = parameters.jsonArray("DiskIds"), !ids.isEmpty || context.isPrivateCloud, !ids.contains(disk.id) {
            return false
        }
        let texts: [(String, String, wildcard: String?)] = [
            ("ZoneId", disk.zoneId, nil), ("SnapshotId", disk.sourceSnapshotId, nil),
            ("InstanceId", attachment?.instanceId ?? "", nil), ("DiskType", disk.kind.rawValue, "all"),
            ("Category", disk.category.name, "all"), ("Status", shown.rawValue, "All"),
        ]
        guard
            texts.allSatisfy({ name, value, wildcard in
                parameters.text(name).map { $0 == value || $0 == wildcard } ?? true
            })
        else { return false }
        if let name = parameters.text("DiskName"), !Wildcard.matches(disk.name, name) { return false }
        if parameters.flag("Encrypted") == true, !disk.isEncrypted { return false }
        let flags: [(String, Bool)] = [
            ("Portable", disk.isPortable), ("DeleteWithInstance", disk.deletesWithInstance),
            ("DeleteAutoSnapshot", disk.deletesAutoSnapshots), ("EnableAutoSnapshot", disk.enablesAutoSnapshots),
        ]
        return flags.allSatisfy { name, value in parameters.flag(name).map { $0 == value } ?? true }
    }
}

extension Disk {
    /// An element of DescribeDisks.
    func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let shown = state.state(at: context.now)
        let shownAttachment = shown == .inUse ? attachment : nil
        let locks = attachment(at: context.now).flatMap { world.instances[$0.instanceId]?.locks } ?? []
        return [
            "DiskId": .string(id), "RegionId": .string(regionId), "ZoneId": .string(zoneId),
            "DiskName": .string(name), "Description": .string(description), "Type": .string(kind.rawValue),
            "Category": .string(category.name), "Encrypted": .bool(isEncrypted), "Size": .integer(size),
            "ImageId": .string(imageId), "SourceSnapshotId": .string(sourceSnapshotId), "ProductCode": "",
            "Portable": .bool(isPortable), "Status": .string(shown.rawValue),
            "OperationLocks": .list("OperationLock", locks.map { ["LockReason": .string($0.rawValue.lowercased())] }),
            "InstanceId": .string(shownAttachment?.instanceId ?? ""), "Device": .string(shownAttachment?.device ?? ""),
            "DeleteWithInstance": .bool(deletesWithInstance), "DeleteAutoSnapshot": .bool(deletesAutoSnapshots),
            "EnableAutoSnapshot": .bool(enablesAutoSnapshots), "CreationTime": .string(creationTime.text),
            "AttachedTime": .string(shownAttachment?.since.text ?? ""),
            "DetachedTime": .string(shown == .available && hasBeenAttached ? state.start(at: context.now).text : ""),
            "DiskChargeType": .string(chargeType.rawValue),
        ]
    }
}
