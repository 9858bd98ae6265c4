import Bytes

/// Changing what a disk is: ModifyDiskAttribute, ResizeDisk, ModifyDiskChargeType.
enum DiskAttributes {
    static let handlers: [String: ActionHandler] = [
        "ModifyDiskAttribute": modify,
        "ResizeDisk": resize,
        "ModifyDiskChargeType": modifyChargeType,
    ]

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var disk = try world.disk(try context.required("DiskId"))
        let names = ["DiskName", "Description", "DeleteWithInstance", "DeleteAutoSnapshot", "EnableAutoSnapshot"]
        guard names.contains(where: { parameters.text($0) != nil }) else { throw CloudError("NoAttributeToModify") }
        if let name = parameters.text("DiskName") {
            guard Naming.isResourceName(name) else { throw CloudError("InvalidDiskName.Malformed") }
            disk.name = name
        }
        if let text = parameters.text("Description") {
            guard Naming.isDescription(text) else { throw CloudError("InvalidDescription.Malformed") }
            disk.description = text
        }
        if let deletes = parameters.flag("DeleteWithInstance") {
            guard deletes || disk.isPortable else { throw CloudError("DiskNotPortable") }
            disk.deletesWithInstance = deletes
        }
        disk.deletesAutoSnapshots = parameters.flag("DeleteAutoSnapshot") ?? disk.deletesAutoSnapshots
        disk.enablesAutoSnapshots = parameters.flag("EnableAutoSnapshot") ?? disk.enablesAutoSnapshots
        world.disks[disk.id] = disk
        return .empty
    }

    /// Categories whose disks can grow.
    private static let resizable: Set<String> = ["cloud", "cloud_efficiency", "cloud_ssd"]

    @Sendable
    private static func resize(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let disk = try world.disk(try context.required("DiskId"))
        guard let size = context.parameters.integer("NewSize") else { throw .missing("NewSize") }
        guard disk.kind == .data, resizable.contains(disk.category.name) else {
            throw CloudError("OperationDenied", about: "The type of the disk")
        }
        guard [.inUse, .available].contains(disk.state.state(at: context.now)) else {
            throw CloudError("OperationDenied", about: "The status of the disk")
        }
        if let attachment = disk.attachment(at: context.now) {
            let instance = try world.instance(attachment.instanceId)
            guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
                throw CloudError("IncorrectInstanceStatus")
            }
            guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
        }
        guard !world.isBeingSnapshotted(disk, at: context.now) else { throw CloudError("DiskCreatingSnapshot") }
        guard size > disk.size else { throw CloudError("InvalidDiskSize.TooSmall") }
        guard disk.category.dataSizes.contains(size) else { throw CloudError("InvalidDiskSize.TooLarge") }
        world.disks[disk.id]?.size = size
        return .empty
    }

    /// Seconds in which billing is not changed a second time.
    private static let chargeTypeRest: Int64 = 5 * 60

    @Sendable
    private static func modifyChargeType(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        _ = try context.requiredRegion()
        let instance = try world.instance(try context.required("InstanceId"))
        let target = Instance.ChargeType(rawValue: context.parameters.text("DiskChargeType") ?? "") ?? .prePaid
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("Account.Arrearage") }
        guard let ids = context.parameters.jsonArray("DiskIds"), !ids.isEmpty else {
            throw CloudError("InvalidDiskIds.NotFound")
        }
        for id in ids {
            guard var disk = world.disks[id], disk.attachment(at: context.now)?.instanceId == instance.id else {
                throw CloudError("InvalidDiskIds.NotFound")
            }
            guard disk.kind == .data || instance.chargeType == .prePaid else {
                throw CloudError("InvalidDiskIds.NotPortable")
            }
            guard disk.chargeType != target, target == .prePaid || instance.chargeType == .prePaid else {
                throw CloudError("ChargeTypeViolation")
            }
            if let last = disk.chargeTypeChangedAt, context.now < last.adding(seconds: chargeTypeRest) {
                throw CloudError("OrderCreationFailed")
            }
            disk.chargeType = target
            disk.chargeTypeChangedAt = context.now
            if disk.kind == .data { disk.isPortable = target == .postPaid && disk.category.isCloudDisk }
            world.disks[id] = disk
        }
        return ["OrderId": .integer(world.identifiers.orderNumber())]
    }
}
