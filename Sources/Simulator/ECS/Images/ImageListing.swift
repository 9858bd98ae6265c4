import Bytes

/// Finding images: DescribeImages.
enum ImageListing {
    static let handlers: [String: ActionHandler] = ["DescribeImages": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let tags = try TagParameters.filter(parameters)
        var type: InstanceType?
        if let name = parameters.text("InstanceType") {
            guard let found = context.site.instanceType(name) else { throw CloudError("InvalidInstanceType.ValueNotSupported") }
            type = found
        }
        let current = world
        let found = world.images.newestFirst.filter { image in
            (image.owner == .system || image.regionId == region) && matches(image, current, context)
                && matchesFilters(image, parameters)
                && (type.map { ($0.family.architecture == "ARM") == (image.architecture == "arm64") } ?? true)
                && current.tags.matches(tags, .image, image.id)
        }
        let page = try Page(found, context)
        let members = page.members("Images", "Image") { $0.rendered(current, context) }
        return .object([.init("RegionId", .string(region))] + members)
    }

    private static func matches(_ image: Image, _ world: World, _ context: ActionContext) -> Bool {
        let parameters = context.parameters
        if let ids = parameters.commaList("ImageId"), !ids.contains(image.id) { return false }
        let states = parameters.commaList("Status") ?? [Image.State.available.rawValue]
        guard states.contains(image.state.state(at: context.now).rawValue) else { return false }
        let snapshots = image.mappings.map(\.snapshotId)
        if let id = parameters.text("SnapshotId"), !snapshots.contains(id) { return false }
        let texts: [(String, String)] = [
            ("ImageOwnerAlias", image.owner.rawValue), ("OSType", image.osType), ("Architecture", image.architecture),
            ("ImageFamily", image.family), ("Usage", world.isUsed(image) ? "instance" : "none"),
            ("ResourceGroupId", image.resourceGroupId),
        ]
        guard texts.allSatisfy({ name, value in parameters.text(name).map { $0 == value } ?? true }) else { return false }
        if parameters.flag("IsSupportCloudinit") == true, !image.supportsCloudInit { return false }
        if parameters.flag("Usable") == false { return false }
        if let owner = parameters.text("ImageOwnerId"), image.owner != .own || owner != context.accountId { return false }
        return parameters.text("ImageName").map { Wildcard.matches(image.name, $0) } ?? true
    }

    private static func matchesFilters(_ image: Image, _ parameters: CallParameters) -> Bool {
        parameters.structures("Filter").allSatisfy { filter in
            switch filter.text("Key") {
            case "CreationStartTime": filter.time("Value").map { image.creationTime >= $0 } ?? false
            case "CreationEndTime": filter.time("Value").map { image.creationTime <= $0 } ?? false
            case "NetworkType": filter.text("Value") == "vpc"
            default: filter.text("Value") == "unsupported"
            }
        }
    }
}

extension Image {
    /// An element of DescribeImages.
    func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let shown = state.state(at: context.now)
        let progress = "\(state.progress(at: context.now))%"
        return [
            "ImageId": .string(id), "ImageName": .string(name), "ImageVersion": .string(version),
            "ImageFamily": .string(family), "Description": .string(description), "OSType": .string(osType),
            "Platform": .string(platform), "Architecture": .string(architecture), "OSName": .string(osName),
            "OSNameEn": .string(osName), "Size": .integer(size), "ImageOwnerAlias": .string(owner.rawValue),
            "ImageOwnerId": .number(owner == .own ? context.accountId : "0"), "Status": .string(shown.rawValue),
            "Progress": .string(progress), "CreationTime": .string(creationTime.text),
            "Usage": .string(world.isUsed(self) ? "instance" : "none"), "IsCopied": .bool(origin == .copy),
            "IsSubscribed": false, "IsPublic": .bool(isPublic),
            "IsSelfShared": .string(owner == .own ? String(!shares.isEmpty) : ""),
            "IsSupportCloudinit": .bool(supportsCloudInit), "IsSupportIoOptimized": true, "ProductCode": "",
            "BootMode": .string(bootMode), "LicenseType": .string(licenseType),
            "LoginAsNonRootSupported": .bool(!isWindows), "Usable": .bool(shown == .available),
            "ResourceGroupId": .string(resourceGroupId), "SupplierName": "",
            "Features": ["ImdsSupport": .string(imdsSupport), "NvmeSupport": .string(nvmeSupport)],
            "DiskDeviceMappings": .list("DiskDeviceMapping", mappings.map { $0.rendered(progress, isEncrypted) }),
            "DetectionOptions": ["Items": .list("Item", [JSONValue]()), "Status": ""],
            "Tags": world.tags[.image, id].rendered,
        ]
    }
}

extension Image.Mapping {
    fileprivate func rendered(_ progress: String, _ isEncrypted: Bool) -> JSONValue {
        [
            "SnapshotId": .string(snapshotId), "Size": .string(String(size)), "Device": .string(device),
            "Type": .string(kind.rawValue), "Format": .string(format), "ImportOSSBucket": .string(ossBucket),
            "ImportOSSObject": .string(ossObject), "Encrypted": .bool(isEncrypted), "Progress": .string(progress),
            "RemainTime": 0,
        ]
    }
}
