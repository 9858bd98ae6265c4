import Bytes

/// Changing what is on a disk: ResetDisk, ReInitDisk, ReplaceSystemDisk.
enum DiskContents {
    static let handlers: [String: ActionHandler] = [
        "ResetDisk": reset,
        "ReInitDisk": reinitialize,
        "ReplaceSystemDisk": replaceSystemDisk,
    ]

    @Sendable
    private static func reset(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (disk, _) = try diskOfStoppedInstance(world, context)
        guard let snapshot = world.snapshots[try context.required("SnapshotId")] else {
            throw CloudError("InvalidSnapshotId.NotFound")
        }
        guard snapshot.sourceDiskId == disk.id else { throw CloudError("InvalidParameter.Mismatch") }
        guard snapshot.isReady(at: context.now) else { throw CloudError("InvalidSnapshotId.NotReady") }
        rewrite(disk, &world, context)
        return .empty
    }

    @Sendable
    private static func reinitialize(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (disk, instance) = try diskOfStoppedInstance(world, context)
        guard instance.startTime != nil else { throw CloudError("IncorrectInstanceStatus") }
        guard !world.isBeingSnapshotted(disk, at: context.now) else { throw CloudError("DiskCreatingSnapshot") }
        if disk.kind == .system {
            guard world.images[disk.imageId] != nil else { throw CloudError("SharedImageDeleted") }
        } else if !disk.sourceSnapshotId.isEmpty {
            guard world.snapshots[disk.sourceSnapshotId] != nil else { throw CloudError("InvalidSourceSnapshot") }
        }
        rewrite(disk, &world, context)
        return .empty
    }

    /// The disk of the call, in use on a stopped instance that is not locked.
    private static func diskOfStoppedInstance(
        _ world: World, _ context: ActionContext
    ) throws(CloudError) -> (Disk, Instance) {
        let disk = try world.disk(try context.required("DiskId"))
        guard disk.state.state(at: context.now) == .inUse, let attachment = disk.attachment(at: context.now) else {
            throw CloudError("IncorrectDiskStatus")
        }
        let instance = try world.instance(attachment.instanceId)
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard instance.state.state(at: context.now) == .stopped else { throw CloudError("IncorrectInstanceStatus") }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
        return (disk, instance)
    }

    private static func rewrite(_ disk: Disk, _ world: inout World, _ context: ActionContext) {
        world.disks[disk.id]?.state = Timeline(
            from: context.now, [(state: .reinitializing, lasting: context.durations[.diskReinitializing])], target: .inUse)
    }

    @Sendable
    private static func replaceSystemDisk(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var instance = try world.instance(try context.required("InstanceId"))
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard let image = world.image(try context.required("ImageId"), in: instance.regionId) else {
            throw CloudError("InvalidImageId.NotFound")
        }
        guard image.state.state(at: context.now) == .available else { throw CloudError("InvalidImageId.NotFound") }
        guard instance.state.state(at: context.now) == .stopped else { throw CloudError("IncorrectInstanceStatus") }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
        guard !image.mappings.contains(where: { $0.kind == .data }) else {
            throw CloudError("OperationDenied", about: "contains the snapshot of the data disk")
        }
        guard (instance.type.family.architecture == "ARM") == (image.architecture == "arm64") else {
            throw CloudError("ImageNotSupportInstanceType")
        }
        try checkAccess(parameters)
        guard let old = world.disks(of: instance.id, at: context.now).first(where: { $0.kind == .system }) else {
            throw CloudError("NoSuchResource")
        }
        guard !world.isBeingSnapshotted(old, at: context.now) else { throw CloudError("DiskCreatingSnapshot") }
        let size = parameters.integer("SystemDisk.Size") ?? max(40, image.size)
        guard size >= 20 else { throw CloudError("InvalidSystemDiskSize.LessThanMinSize") }
        guard size >= image.size else { throw CloudError("InvalidSystemDiskSize.LessThanImageSize") }
        guard size <= 500 else { throw CloudError("InvalidSystemDiskSize.MoreThanMaxSize") }
        world.remove(old)
        let id = world.identifiers.resource("d")
        world.disks[id] = Disk(
            id: id, regionId: old.regionId, zoneId: old.zoneId, kind: .system, category: old.category, size: size,
            imageId: image.id, isPortable: false, deletesWithInstance: true, creationTime: context.now,
            state: Timeline(.inUse, since: context.now),
            attachment: .init(instanceId: instance.id, device: DeviceName.system, since: context.now),
            hasBeenAttached: true, chargeType: old.chargeType)
        instance.imageId = image.id
        instance.assistant = .init(of: image)
        if let name = parameters.text("KeyPairName"), !image.isWindows { instance.keyPairName = name }
        world.instances[instance.id] = instance
        return ["DiskId": .string(id)]
    }

    private static func checkAccess(_ parameters: CallParameters) throws(CloudError) {
        guard let password = parameters.text("Password") else { return }
        guard parameters.flag("PasswordInherit") != true else { throw CloudError("InvalidPasswordParam.Mismatch") }
        guard Naming.isPassword(password) else { throw CloudError("InvalidPassword.Malformed") }
    }
}
