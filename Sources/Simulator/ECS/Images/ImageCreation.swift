import Bytes

/// Making images from snapshots, instances and disks: CreateImage.
enum ImageCreation {
    static let handlers: [String: ActionHandler] = ["CreateImage": create]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let tags = try TagParameters.tags(parameters)
        try ImageRules.check(name: parameters.text("ImageName"), description: parameters.text("Description"))
        try ImageRules.checkRoom(world, region, name: parameters.text("ImageName"))
        let source = try source(&world, context, region)
        let id = world.identifiers.resource("m")
        let base = source.baseImageId.flatMap { world.images[$0] }
        let platform = base?.platform ?? parameters.text("Platform") ?? "Others Linux"
        let lasting = max(
            context.durations[.imageCreating], source.ready.milliseconds - context.now.milliseconds)
        var image = Image(
            id: id, regionId: region, name: parameters.text("ImageName") ?? id,
            description: parameters.text("Description") ?? "", version: parameters.text("ImageVersion") ?? "",
            family: parameters.text("ImageFamily") ?? "", owner: .own, origin: .snapshot,
            osType: base?.osType ?? (platform.hasPrefix("Windows") ? "windows" : "linux"), platform: platform,
            architecture: base?.architecture ?? parameters.text("Architecture") ?? "x86_64",
            osName: base?.osName ?? platform, size: source.mappings.first { $0.kind == .system }?.size ?? 40,
            mappings: source.mappings, creationTime: context.now,
            state: Timeline(from: context.now, [(state: .creating, lasting: lasting)], target: .available))
        image.bootMode = parameters.text("BootMode") ?? "BIOS"
        image.imdsSupport = parameters.text("Features.ImdsSupport") ?? "v1"
        image.resourceGroupId = parameters.text("ResourceGroupId") ?? ""
        world.images[id] = image
        world.tags.add(tags, to: .image, id)
        return ["ImageId": .string(id)]
    }

    /// What the image is made of.
    private struct Source {
        var mappings: [Image.Mapping]
        /// When every snapshot that was begun for it is complete.
        var ready: SimulatedTime
        var baseImageId: String?
    }

    /// An instance goes before a device mapping, that before a snapshot.
    private static func source(
        _ world: inout World, _ context: ActionContext, _ region: String
    ) throws(CloudError) -> Source {
        let mappings = context.parameters.structures("DiskDeviceMapping")
        if let id = context.parameters.text("InstanceId") { return try ofInstance(id, &world, context, region) }
        if !mappings.isEmpty { return try ofMappings(mappings, world, context) }
        guard let id = context.parameters.text("SnapshotId") else {
            throw CloudError("MissingParameter", about: "SnapshotId or InstanceId or DiskDeviceMapping")
        }
        let snapshot = try snapshot(id, world, context)
        guard snapshot.sourceDiskKind == .system else {
            throw CloudError("OperationDenied", about: "not from system disk")
        }
        let mapping = Image.Mapping(
            device: DeviceName.system, kind: .system, size: snapshot.sourceDiskSize, snapshotId: id)
        return Source(
            mappings: [mapping], ready: context.now, baseImageId: world.disks[snapshot.sourceDiskId]?.imageId)
    }

    private static func ofInstance(
        _ id: String, _ world: inout World, _ context: ActionContext, _ region: String
    ) throws(CloudError) -> Source {
        guard let instance = world.instances[id], instance.regionId == region else {
            throw CloudError("InvalidInstanceId.NotFound")
        }
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        var mappings: [Image.Mapping] = []
        var ready = context.now
        for disk in world.disks(of: id, at: context.now) {
            guard !world.isBeingSnapshotted(disk, at: context.now) else {
                throw CloudError("IncorrectDiskStatus.CreatingSnapshot")
            }
            let snapshotId = world.addSnapshot(of: disk, context)
            ready = max(ready, world.snapshots[snapshotId]?.state.end ?? ready)
            mappings.append(
                Image.Mapping(
                    device: disk.attachment?.device ?? "", kind: disk.kind, size: disk.size, snapshotId: snapshotId))
        }
        return Source(mappings: mappings, ready: ready, baseImageId: instance.imageId)
    }

    private static func ofMappings(
        _ wanted: [CallParameters], _ world: World, _ context: ActionContext
    ) throws(CloudError) -> Source {
        var mappings: [Image.Mapping] = []
        var baseImageId: String?
        var devices: Set<String> = []
        for entry in wanted {
            var snapshot: Snapshot?
            if let id = entry.text("SnapshotId") { snapshot = try self.snapshot(id, world, context) }
            let kind = entry.text("DiskType").flatMap(Disk.Kind.init(rawValue:)) ?? snapshot?.sourceDiskKind ?? .data
            let size = entry.integer("Size") ?? snapshot?.sourceDiskSize ?? 5
            guard size >= snapshot?.sourceDiskSize ?? 5 else { throw CloudError("InvalidSize.ValueNotSupported") }
            var device = entry.text("Device") ?? ""
            if device.isEmpty {
                device = kind == .system ? DeviceName.system : DeviceName.firstFree(besides: devices) ?? ""
            }
            guard kind == .system ? device == DeviceName.system : DeviceName.isDataDevice(device) else {
                throw CloudError("InvalidDevice.Malformed")
            }
            if kind == .system {
                guard !mappings.contains(where: { $0.kind == .system }) else {
                    throw CloudError("OperationDenied", about: "two or more system disk")
                }
                baseImageId = snapshot.flatMap { world.disks[$0.sourceDiskId]?.imageId }
            }
            guard devices.insert(device).inserted else { throw CloudError("InvalidDevice.InUse") }
            mappings.append(Image.Mapping(device: device, kind: kind, size: size, snapshotId: snapshot?.id ?? ""))
        }
        guard mappings.contains(where: { $0.kind == .system }) else {
            throw CloudError("OperationDenied", about: "does not contain system disk")
        }
        return Source(mappings: mappings, ready: context.now, baseImageId: baseImageId)
    }

    private static func snapshot(
        _ id: String, _ world: World, _ context: ActionContext
    ) throws(CloudError) -> Snapshot {
        guard let snapshot = world.snapshots[id] else { throw CloudError("InvalidSnapshotId.NotFound") }
        guard snapshot.isReady(at: context.now) else { throw CloudError("InvalidSnapshotId.NotReady") }
        return snapshot
    }
}

/// What all ways of making images have in common.
enum ImageRules {
    private static let quotaPerRegion = 100

    static func check(name: String?, description: String?) throws(CloudError) {
        if let name, !Naming.isResourceName(name) { throw CloudError("InvalidImageName.Malformed") }
        if let description, !Naming.isDescription(description) { throw CloudError("InvalidDescription.Malformed") }
    }

    /// Refuses a name that is taken, and one image too many.
    static func checkRoom(_ world: World, _ region: String, name: String?) throws(CloudError) {
        let own = world.images.all.filter { $0.owner == .own && $0.regionId == region }
        if let name, own.contains(where: { $0.name == name }) { throw CloudError("InvalidImageName.Duplicated") }
        guard own.count < quotaPerRegion else { throw CloudError("QuotaExceed.Image") }
    }

    /// The account's own image of the call.
    static func ownImage(_ world: World, _ context: ActionContext) throws(CloudError) -> Image {
        let region = try context.requiredRegion()
        guard let image = world.images[try context.required("ImageId")], image.owner == .own, image.regionId == region
        else { throw CloudError("InvalidImageId.NotFound") }
        return image
    }
}
