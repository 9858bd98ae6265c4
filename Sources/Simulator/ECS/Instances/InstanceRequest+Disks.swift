extension InstanceRequest {
    /// The system disk that the call asks for, or the image's.
    static func systemDisk(
        _ parameters: CallParameters, _ image: Image, _ site: Site
    ) throws(CloudError) -> DiskRequest {
        let wanted = parameters.text("SystemDisk.Category") ?? DiskCategory.standard.name
        guard let category = site.diskCategory(wanted), let sizes = category.systemSizes else {
            throw CloudError("InvalidSystemDiskCategory.ValueNotSupported")
        }
        let size = parameters.integer("SystemDisk.Size") ?? max(40, image.size)
        guard size >= image.size else { throw CloudError("InvalidSystemDiskSize.LessThanImageSize") }
        guard size >= sizes.lowerBound else { throw CloudError("InvalidSystemDiskSize.LessThanMinSize") }
        guard size <= sizes.upperBound else { throw CloudError("InvalidSystemDiskSize.MoreThanMaxSize") }
        let name = parameters.text("SystemDisk.DiskName") ?? ""
        let description = parameters.text("SystemDisk.Description") ?? ""
        try checkTexts(name, description)
        return DiskRequest(
            category: category, size: size, name: name, description: description,
            isEncrypted: parameters.text("SystemDisk.Encrypted") == "true")
    }

    /// The data disks of the image, then those that the call asks for.
    static func dataDisks(
        _ world: World, _ context: ActionContext, _ image: Image, _ region: String
    ) throws(CloudError) -> [DiskRequest] {
        var disks = image.mappings.filter { $0.kind == .data }.map {
            DiskRequest(
                category: .standard, size: $0.size, name: "", description: "", snapshotId: $0.snapshotId, device: $0.device)
        }
        var devices = Set(disks.map(\.device))
        for wanted in context.parameters.structures("DataDisk") {
            let disk = try dataDisk(world, wanted, region, context)
            if !disk.device.isEmpty, !devices.insert(disk.device).inserted { throw CloudError("InvalidDevice.InUse") }
            disks.append(disk)
        }
        return disks
    }

    private static func dataDisk(
        _ world: World, _ wanted: CallParameters, _ region: String, _ context: ActionContext
    ) throws(CloudError) -> DiskRequest {
        guard let category = context.site.diskCategory(wanted.text("Category") ?? DiskCategory.standard.name) else {
            throw CloudError("InvalidDataDiskCategory.ValueNotSupported")
        }
        var size = wanted.integer("Size")
        let snapshotId = wanted.text("SnapshotId") ?? ""
        if !snapshotId.isEmpty {
            guard let snapshot = world.snapshots[snapshotId], snapshot.regionId == region else {
                throw CloudError("InvalidDataDiskSnapshotId.NotFound")
            }
            guard snapshot.sourceDiskKind == .data else { throw CloudError("InvalidSnapshotId.NotDataDiskSnapshot") }
            guard snapshot.isReady(at: context.now) else { throw CloudError("InvalidSnapshotId.NotReady") }
            size = snapshot.sourceDiskSize
        }
        guard let size, category.dataSizes.contains(size) else {
            throw CloudError("InvalidDataDiskSize.ValueNotSupported")
        }
        let device = wanted.text("Device") ?? ""
        guard device.isEmpty || DeviceName.isDataDevice(device) else { throw CloudError("InvalidDataDevice.Malformed") }
        let deletes = wanted.flag("DeleteWithInstance") ?? true
        guard deletes || category.isCloudDisk else { throw CloudError("DeleteWithInstance.Conflict") }
        let name = wanted.text("DiskName") ?? ""
        let description = wanted.text("Description") ?? ""
        try checkTexts(name, description)
        return DiskRequest(
            category: category, size: size, name: name, description: description, snapshotId: snapshotId,
            isEncrypted: wanted.text("Encrypted") == "true", deletesWithInstance: deletes, device: device)
    }

    private static func checkTexts(_ name: String, _ description: String) throws(CloudError) {
        guard name.isEmpty || Naming.isResourceName(name) else { throw CloudError("InvalidDiskName.Malformed") }
        guard description.isEmpty || Naming.isDescription(description) else {
            throw CloudError("InvalidDiskDescription.Malformed")
        }
    }
}
