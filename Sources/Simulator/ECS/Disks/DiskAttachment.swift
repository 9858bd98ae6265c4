import Bytes

/// Putting disks on instances and taking them off: AttachDisk and DetachDisk.
enum DiskAttachment {
    static let handlers: [String: ActionHandler] = [
        "AttachDisk": attach,
        "DetachDisk": detach,
    ]

    @Sendable
    private static func attach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var disk = try world.disk(try context.required("DiskId"))
        let instance = try world.instance(try context.required("InstanceId"))
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard !instance.isExpiredOrInArrears(at: context.now) else { throw CloudError("InstanceExpiredOrInArrears") }
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        guard disk.isPortable else { throw CloudError("DiskNotPortable") }
        guard disk.state.state(at: context.now) == .available else { throw CloudError("IncorrectDiskStatus") }
        guard disk.zoneId == instance.zoneId else { throw CloudError("ResourcesNotInSameZone") }
        let attached = world.disks(of: instance.id, at: context.now)
        let used = Set(attached.compactMap { $0.attachment(at: context.now)?.device })
        guard attached.count(where: { $0.kind == .data }) < instance.type.dataDiskQuantity,
            let device = context.parameters.text("Device") ?? DeviceName.firstFree(besides: used)
        else { throw CloudError("InvalidDevice.InUse") }
        guard DeviceName.isDataDevice(device) else { throw CloudError("InvalidDevice.Malformed") }
        guard !used.contains(device) else { throw CloudError("InvalidDevice.InUse") }
        disk.state = Timeline(
            from: context.now, [(state: .attaching, lasting: context.durations[.diskAttaching])], target: .inUse)
        disk.attachment = .init(instanceId: instance.id, device: device, since: disk.state.end)
        disk.deletesWithInstance = context.parameters.flag("DeleteWithInstance") ?? false
        disk.hasBeenAttached = true
        world.disks[disk.id] = disk
        return .empty
    }

    @Sendable
    private static func detach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instanceId = try context.required("InstanceId")
        var disk = try world.disk(try context.required("DiskId"))
        let instance = try world.instance(instanceId)
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard disk.attachment(at: context.now)?.instanceId == instance.id else { throw CloudError("DependencyViolation") }
        guard disk.kind == .data else { throw CloudError("DiskTypeViolation") }
        guard disk.isPortable else { throw CloudError("DiskNotPortable") }
        guard disk.state.state(at: context.now) == .inUse else { throw CloudError("IncorrectDiskStatus") }
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        disk.state = Timeline(
            from: context.now, [(state: .detaching, lasting: context.durations[.diskDetaching])], target: .available)
        disk.deletesWithInstance = false
        world.disks[disk.id] = disk
        return .empty
    }
}
