import Bytes

/// Finding snapshots and their chains.
enum SnapshotListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeSnapshots": list,
        "DescribeSnapshotAttribute": attribute,
        "DescribeSnapshotLinks": listLinks,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let tags = try TagParameters.filter(context.parameters)
        let times = try timeFilters(context.parameters)
        let current = world
        let found = world.snapshots.newestFirst.filter {
            $0.regionId == region && matches($0, current, context) && current.tags.matches(tags, .snapshot, $0.id)
                && Self.matches($0, times)
        }
        let page = try Page(found, context)
        return .object(page.members("Snapshots", "Snapshot") { $0.rendered(current, context) })
    }

    private static func timeFilters(_ parameters: CallParameters) throws(CloudError) -> [(isStart: Bool, SimulatedTime)] {
        try parameters.structures("Filter").map { filter throws(CloudError) in
            guard let instant = filter.time("Value") else { throw .invalid("Filter.n.Value") }
            return (filter.text("Key") == "CreationStartTime", instant)
        }
    }

    private static func matches(_ snapshot: Snapshot, _ times: [(isStart: Bool, SimulatedTime)]) -> Bool {
        times.allSatisfy { $0.isStart ? snapshot.creationTime >= $0.1 : snapshot.creationTime <= $0.1 }
    }

    private static func matches(_ snapshot: Snapshot, _ world: World, _ context: ActionContext) -> Bool {
        let parameters = context.parameters
        if let ids = parameters.jsonArray("SnapshotIds"), !ids.contains(snapshot.id) { return false }
        if let id = parameters.text("InstanceId"),
            world.disks[snapshot.sourceDiskId]?.attachment(at: context.now)?.instanceId != id
        {
            return false
        }
        let texts: [(String, String)] = [
            ("DiskId", snapshot.sourceDiskId), ("Status", snapshot.state.state(at: context.now).rawValue),
            ("SnapshotType", snapshot.isAutomatic ? "auto" : "user"),
            ("Usage", snapshot.usageText(world)), ("SnapshotLinkId", snapshot.linkId),
        ]
        guard
            texts.allSatisfy({ name, value in
                parameters.text(name).map { $0 == value || $0 == "all" } ?? true
            })
        else { return false }
        if let kind = parameters.text("SourceDiskType"), kind.lowercased() != snapshot.sourceDiskKind.rawValue {
            return false
        }
        if let category = parameters.text("Category"), category != "Standard" { return false }
        if parameters.flag("Encrypted") == true, !snapshot.isEncrypted { return false }
        if parameters.text("KMSKeyId") != nil || parameters.text("ResourceGroupId") != nil { return false }
        return parameters.text("SnapshotName").map { Wildcard.matches(snapshot.name, $0) } ?? true
    }

    @Sendable
    private static func attribute(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        guard let snapshot = world.snapshots[try context.required("SnapshotId")] else {
            throw CloudError("InvalidSnapshotId.NotFound")
        }
        return [
            "SnapshotId": .string(snapshot.id), "SnapshotName": .string(snapshot.name),
            "Progress": .string("\(snapshot.state.progress(at: context.now))%"),
            "CreationTime": .string(snapshot.creationTime.text),
        ]
    }

    @Sendable
    private static func listLinks(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let current = world
        let chains = Dictionary(grouping: world.snapshots.all.filter { $0.regionId == region }) { $0.sourceDiskId }
        let found = chains.values.sorted { $0[0].linkId < $1[0].linkId }.filter { chain in
            let disk = current.disks[chain[0].sourceDiskId]
            if let ids = parameters.jsonArray("DiskIds"), !ids.contains(chain[0].sourceDiskId) { return false }
            if let ids = parameters.jsonArray("SnapshotLinkIds"), !ids.contains(chain[0].linkId) { return false }
            return parameters.text("InstanceId").map { $0 == disk?.attachment(at: context.now)?.instanceId } ?? true
        }
        let page = try Page(found, context)
        let members = page.members("SnapshotLinks", "SnapshotLink") { Self.rendered($0, current, context) }
        return .object([.init("RegionId", .string(region))] + members)
    }

    private static func rendered(_ chain: [Snapshot], _ world: World, _ context: ActionContext) -> JSONValue {
        guard let first = chain.first else { return .empty }
        let disk = world.disks[first.sourceDiskId]
        let instanceId = disk?.attachment(at: context.now)?.instanceId ?? ""
        return [
            "SnapshotLinkId": .string(first.linkId), "RegionId": .string(first.regionId),
            "SourceDiskId": .string(first.sourceDiskId), "SourceDiskType": .string(first.sourceDiskKind.rawValue),
            "SourceDiskSize": .integer(first.sourceDiskSize), "SourceDiskName": .string(disk?.name ?? ""),
            "TotalCount": .integer(chain.count), "TotalSize": .integer(chain.reduce(0) { $0 + $1.bytes }),
            "Category": "standard", "InstanceId": .string(instanceId),
            "InstanceName": .string(world.instances[instanceId]?.name ?? ""), "InstantAccess": false,
        ]
    }
}

extension Snapshot {
    /// The chain of all snapshots of one disk.
    var linkId: String { "sl-" + sourceDiskId.dropFirst(2) }

    /// Bytes that the snapshot takes: a part of the disk, the same each time it is asked.
    var bytes: Int { sourceDiskSize * 107_374_182 + id.utf8.reduce(0) { $0 + Int($1) } * 4096 }

    func usageText(_ world: World) -> String {
        switch world.usage(of: self) {
        case (true, true): "image_disk"
        case (true, false): "image"
        case (false, true): "disk"
        case (false, false): "none"
        }
    }

    /// An element of DescribeSnapshots.
    func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let remaining = max(0, state.end.milliseconds - context.now.milliseconds) / 1000
        return [
            "SnapshotId": .string(id), "SnapshotName": .string(name), "Description": .string(description),
            "RegionId": .string(regionId), "Status": .string(state.state(at: context.now).rawValue),
            "Progress": .string("\(state.progress(at: context.now))%"), "RemainTime": .integer(Int(remaining)),
            "Available": .bool(isReady(at: context.now)), "SourceDiskId": .string(sourceDiskId),
            "SourceDiskSize": context.isPrivateCloud ? .integer(sourceDiskSize) : .string(String(sourceDiskSize)),
            "SourceDiskType": .string(sourceDiskKind.rawValue),
            "SourceRegionId": "", "SourceSnapshotId": "", "SourceStorageType": "disk",
            "SnapshotType": .string(isAutomatic ? "auto" : "user"), "SnapshotLinkId": .string(linkId),
            "Category": "standard", "Encrypted": .bool(isEncrypted), "InstantAccess": false,
            "CreationTime": .string(creationTime.text), "LastModifiedTime": .string(lastModifiedTime.text),
            "RetentionDays": .integer(retentionDays ?? -1), "Usage": .string(usageText(world)), "ProductCode": "",
            "FullSnapshotSizeInBytes": .integer(bytes), "ResourceGroupId": "",
            "Tags": world.tags[.snapshot, id].rendered,
        ]
    }
}
