import Bytes

/// Images on their way: copies between regions, imports from and exports to object storage.
enum ImageTransfer {
    static let handlers: [String: ActionHandler] = [
        "CopyImage": copy,
        "CancelCopyImage": cancelCopy,
        "ImportImage": importImage,
        "ExportImage": exportImage,
    ]

    /// Copies at once in one region; more wait.
    private static let parallelCopies = 5

    @Sendable
    private static func copy(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let source = try ImageRules.ownImage(world, context)
        let tags = try TagParameters.tags(parameters)
        let region = parameters.text("DestinationRegionId") ?? source.regionId
        guard !context.isPrivateCloud || region != source.regionId else { throw CloudError("IncorrectDestinationRegion") }
        guard context.site.geography.region(region) != nil else { throw CloudError("DestinationRegion.NotFound") }
        guard source.state.state(at: context.now) == .available else { throw CloudError("IncorrectImageStatus") }
        let name = parameters.text("DestinationImageName")
        let description = parameters.text("DestinationDescription")
        try ImageRules.check(name: name, description: description)
        try ImageRules.checkRoom(world, region, name: name)
        let id = world.identifiers.resource("m")
        let running = world.images.all.filter {
            $0.regionId == region && $0.origin == .copy && !$0.state.isSettled(at: context.now)
        }.map(\.state.end).sorted()
        let begin = running.count < parallelCopies ? context.now : running[running.count - parallelCopies]
        let waiting = begin.milliseconds - context.now.milliseconds
        var image = Image(
            id: id, regionId: region, name: name ?? id, description: description ?? "", version: source.version,
            owner: .own, origin: .copy, osType: source.osType, platform: source.platform,
            architecture: source.architecture, osName: source.osName, size: source.size, mappings: source.mappings,
            creationTime: context.now,
            state: Timeline(
                from: context.now,
                [(state: .waiting, lasting: waiting), (state: .creating, lasting: context.durations[.imageCopying])],
                target: .available))
        // The copy has snapshots of its own, which belong to it alone.
        for index in image.mappings.indices { image.mappings[index].snapshotId = "" }
        image.isEncrypted = parameters.flag("Encrypted") ?? source.isEncrypted
        image.resourceGroupId = parameters.text("ResourceGroupId") ?? ""
        world.images[id] = image
        world.tags.add(tags, to: .image, id)
        return ["ImageId": .string(id)]
    }

    @Sendable
    private static func cancelCopy(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let image = try ImageRules.ownImage(world, context)
        guard image.origin == .copy else { throw CloudError("ImageCreatedNotFromCopy") }
        guard !image.state.isSettled(at: context.now) else { throw CloudError("IncorrectImageStatus") }
        world.tags[.image, image.id] = []
        world.images[image.id] = nil
        return .empty
    }

    @Sendable
    private static func importImage(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let tags = try TagParameters.tags(parameters)
        let files = parameters.structures("DiskDeviceMapping")
        guard !files.isEmpty else { throw CloudError("MissingParameter.DiskDeviceMapping") }
        try ImageRules.check(name: parameters.text("ImageName"), description: parameters.text("Description"))
        try ImageRules.checkRoom(world, region, name: parameters.text("ImageName"))
        var mappings: [Image.Mapping] = []
        for (index, file) in files.enumerated() {
            guard let bucket = file.text("OSSBucket") else {
                throw CloudError("MissingParameter", about: "DiskDeviceMapping.1.OSSBucket")
            }
            guard let object = file.text("OSSObject") else {
                throw CloudError("MissingParameter", about: "DiskDeviceMapping.1.OSSObject")
            }
            guard isBucket(bucket) else { throw CloudError("InvalidOSSBucket.NotFound") }
            mappings.append(
                Image.Mapping(
                    device: index == 0 ? DeviceName.system : DeviceName.dataDevices[min(index - 1, 24)],
                    kind: index == 0 ? .system : .data,
                    size: file.integer("DiskImageSize") ?? file.integer("DiskImSize") ?? 40,
                    format: file.text("Format") ?? "RAW", ossBucket: bucket, ossObject: object))
        }
        let id = world.identifiers.resource("m")
        let osType = parameters.text("OSType") ?? "linux"
        let platform = parameters.text("Platform") ?? "Others Linux"
        var image = Image(
            id: id, regionId: region, name: parameters.text("ImageName") ?? id,
            description: parameters.text("Description") ?? "", owner: .own, origin: .oss, osType: osType,
            platform: platform, architecture: parameters.text("Architecture") ?? "x86_64", osName: platform,
            size: mappings[0].size, mappings: mappings, creationTime: context.now,
            state: Timeline(
                from: context.now, [(state: .creating, lasting: context.durations[.imageImporting])], target: .available))
        image.bootMode = parameters.text("BootMode") ?? "BIOS"
        image.licenseType = parameters.text("LicenseType") ?? "Aliyun"
        image.imdsSupport = parameters.text("Features.ImdsSupport") ?? "v1"
        image.nvmeSupport = parameters.text("Features.NvmeSupport") ?? "unsupported"
        image.resourceGroupId = parameters.text("ResourceGroupId") ?? ""
        world.images[id] = image
        world.tags.add(tags, to: .image, id)
        let items = mappings.map { mapping in
            [("OSSBucket", mapping.ossBucket), ("OSSObject", mapping.ossObject), ("ImageFormat", mapping.format)]
                .map { CloudTask.Item(name: $0, value: $1) }
        }
        let task = world.beginTask(
            .importImage, on: id, in: region, { _ in items }, lasting: context.durations[.imageImporting], at: context.now)
        return ["RegionId": .string(region), "ImageId": .string(id), taskMember("Import", context): .string(task)]
    }

    @Sendable
    private static func exportImage(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var image = try ImageRules.ownImage(world, context)
        let bucket = try context.required("OSSBucket")
        guard isBucket(bucket) else { throw CloudError("InvalidOSSBucket.NotFound") }
        guard image.state.state(at: context.now) == .available else { throw CloudError("IncorrectImageStatus") }
        guard !image.isExporting(at: context.now) else { throw CloudError("OperationDenied.ImageExporting") }
        guard !image.mappings.contains(where: { $0.kind == .data }) else { throw CloudError("OperationDenied") }
        guard !image.isEncrypted else { throw CloudError("ImageNotSupported", about: "encrypted") }
        let lasting = context.durations[.imageExporting]
        let format = context.parameters.text("ImageFormat") ?? "raw"
        let prefix = context.parameters.text("OSSPrefix").map { $0 + "_" } ?? ""
        let name = "\(prefix)\(image.id)"
        image.exportEnd = context.now.adding(milliseconds: lasting)
        image.exportTaskId = world.beginTask(
            .exportImage, on: image.id, in: image.regionId,
            {
                [
                    [
                        .init(name: "OSSBucket", value: bucket), .init(name: "OSSObject", value: "\(name)_\($0).\(format)"),
                        .init(name: "ImageFormat", value: format),
                    ]
                ]
            }, lasting: lasting, at: context.now)
        world.images[image.id] = image
        return ["RegionId": .string(image.regionId), taskMember("Export", context): .string(image.exportTaskId)]
    }

    /// The member of an answer that names the task.
    private static func taskMember(_ kind: String, _ context: ActionContext) -> String {
        context.isPrivateCloud ? "\(kind)TaskId" : "TaskId"
    }

    /// Whether a bucket of this name can exist: 3 to 63 small letters, digits and hyphens.
    static func isBucket(_ name: String) -> Bool {
        (3...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
            && name.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 >= 0x61 && $0 <= 0x7A }
    }
}
