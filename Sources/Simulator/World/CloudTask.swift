/// Work of the cloud that takes its time and can be followed: an import or export of an image or snapshot.
struct CloudTask: Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        case pending = "Pending"
        case processing = "Processing"
        case finished = "Finished"
        case failed = "Failed"
        /// Cancelled.
        case deleted = "Deleted"
        case paused = "Paused"
    }

    enum Kind: String, Hashable, Sendable {
        case importImage = "ImportImage"
        case exportImage = "ExportImage"
        case importSnapshot = "ImportSnapshot"
        case exportSnapshot = "ExportSnapshot"
    }

    /// What one operation of the task is about, such as `OSSBucket`.
    struct Item: Hashable, Sendable {
        var name: String
        var value: String
    }

    let id: String
    let regionId: String
    let kind: Kind
    /// The image or snapshot.
    let resourceId: String
    let creationTime: SimulatedTime
    var state: Timeline<State>
    /// One list of items for each operation.
    let operations: [[Item]]
    /// How far a cancelled task had come, in percent.
    var progressAtEnd: Int?

    /// How far the task has come, in percent.
    func progress(at now: SimulatedTime) -> Int { progressAtEnd ?? state.progress(at: now) }
}

extension World {
    /// Begins a task that lasts `milliseconds`, and gives its id.
    mutating func beginTask(
        _ kind: CloudTask.Kind, on resourceId: String, in regionId: String, _ operations: (String) -> [[CloudTask.Item]],
        lasting milliseconds: Int64, at now: SimulatedTime
    ) -> String {
        let id = identifiers.resource("t")
        tasks[id] = CloudTask(
            id: id, regionId: regionId, kind: kind, resourceId: resourceId, creationTime: now,
            state: Timeline(from: now, [(state: .processing, lasting: milliseconds)], target: .finished),
            operations: operations(id))
        return id
    }
}
