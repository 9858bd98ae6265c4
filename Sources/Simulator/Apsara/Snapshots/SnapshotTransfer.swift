import Bytes

/// Snapshots on their way from and to object storage: ImportSnapshot and ExportSnapshot.
enum SnapshotTransfer {
    static let handlers: [String: ActionHandler] = [
        "ImportSnapshot": importSnapshot,
        "ExportSnapshot": exportSnapshot,
    ]

    /// GiB of an imported snapshot: nobody says how large the file is.
    private static let importedSize = 40

    @Sendable
    private static func importSnapshot(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let bucket = try bucket(context)
        let object = try context.required("OssObject")
        let name = context.parameters.text("SnapshotName") ?? ""
        guard name.isEmpty || Naming.isResourceName(name) else { throw .invalid("SnapshotName") }
        let id = world.identifiers.resource("s")
        let lasting = context.durations[.imageImporting]
        world.snapshots[id] = Snapshot(
            id: id, regionId: region, name: name, sourceDiskId: "", sourceDiskKind: .data, sourceDiskSize: importedSize,
            creationTime: context.now, lastModifiedTime: context.now,
            state: Timeline(from: context.now, [(state: .progressing, lasting: lasting)], target: .accomplished))
        let items = [[CloudTask.Item(name: "OSSBucket", value: bucket), .init(name: "OSSObject", value: object)]]
        let task = world.beginTask(
            .importSnapshot, on: id, in: region, { _ in items }, lasting: lasting, at: context.now)
        return ["SnapshotId": .string(id), "TaskId": .string(task)]
    }

    @Sendable
    private static func exportSnapshot(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        guard let snapshot = world.snapshots[try context.required("SnapshotId")], snapshot.regionId == region else {
            throw CloudError("SNAPSHOT_NOT_EXIST")
        }
        let bucket = try bucket(context)
        guard snapshot.isReady(at: context.now) else { throw CloudError("SNAPSHOT_CREATE_NOT_FINISHED") }
        let isExporting = world.tasks.all.contains {
            $0.kind == .exportSnapshot && $0.resourceId == snapshot.id && $0.state.state(at: context.now) == .processing
        }
        guard !isExporting else { throw CloudError("SNAPSHOT_IS_EXPORTING") }
        let task = world.beginTask(
            .exportSnapshot, on: snapshot.id, in: region,
            { [[.init(name: "OSSBucket", value: bucket), .init(name: "OSSObject", value: "\(snapshot.id)_\($0).snp")]] },
            lasting: context.durations[.imageExporting], at: context.now)
        return ["TaskId": .string(task)]
    }

    private static func bucket(_ context: ActionContext) throws(CloudError) -> String {
        let bucket = try context.required("OssBucket")
        guard ImageTransfer.isBucket(bucket) else { throw CloudError("OSS_BUCKET_NOT_FOUND") }
        return bucket
    }
}
