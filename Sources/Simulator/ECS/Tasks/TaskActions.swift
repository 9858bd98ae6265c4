import Bytes

/// Following and cancelling what the cloud does for long.
enum TaskActions {
    static let handlers: [String: ActionHandler] = [
        "DescribeTasks": list,
        "DescribeTaskAttribute": attribute,
        "CancelTask": cancel,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let ids = parameters.commaList("TaskIds")
        let resources = parameters.list("ResourceIds")
        let found = world.tasks.newestFirst.filter { task in
            guard task.regionId == region, ids?.contains(task.id) ?? true else { return false }
            guard resources.isEmpty || resources.contains(task.resourceId) else { return false }
            if let start = parameters.time("StartTime"), task.creationTime < start { return false }
            if let end = parameters.time("EndTime"), task.creationTime > end { return false }
            let texts = [
                ("TaskAction", task.kind.rawValue), ("TaskStatus", task.state.state(at: context.now).rawValue),
                ("TaskGroupId", ""),
            ]
            return texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
        }
        let page = try Page(found, context)
        let members = page.members("TaskSet", "Task") {
            .object(
                $0.members(context) + [
                    .init("ResourceId", .string($0.resourceId))
                ])
        }
        return .object(members + [.init("RegionId", .string(region))])
    }

    @Sendable
    private static func attribute(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let task = try task(world, context)
        let state = task.state.state(at: context.now)
        let isDone = state == .finished
        let progress: [JSONValue] = task.operations.map { items in
            [
                "OperationStatus": .string(isDone ? "Success" : state == .processing ? "Processing" : "Failed"),
                "ErrorCode": .string(state == .deleted ? "TaskCanceled" : ""),
                "ErrorMsg": .string(state == .deleted ? "The task was canceled." : ""),
                "RelatedItemSet": .list(
                    "RelatedItem",
                    items.map {
                        ["Name": .string($0.name), "Value": .string($0.value)]
                    }),
            ]
        }
        let count = task.operations.count
        return .object(
            task.members(context) + [
                .init("RegionId", .string(task.regionId)),
                .init("TaskProcess", .string("\(task.progress(at: context.now))%")),
                .init("TotalCount", .integer(count)),
                .init("SuccessCount", .integer(isDone ? count : 0)),
                .init("FailedCount", .integer(state == .deleted ? count : 0)),
                .init("OperationProgressSet", .list("OperationProgress", progress)),
            ])
    }

    /// What was to come of the task will not; what was on its way out stays.
    @Sendable
    private static func cancel(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let task = try task(world, context)
        guard task.state.state(at: context.now) == .processing else {
            throw CloudError("InvalidTaskId.IncorrectTaskStatus")
        }
        switch task.kind {
        case .importImage:
            world.tags[.image, task.resourceId] = []
            world.images[task.resourceId] = nil
        case .exportImage: world.images[task.resourceId]?.exportEnd = context.now
        case .importSnapshot: if let snapshot = world.snapshots[task.resourceId] { world.remove(snapshot) }
        case .exportSnapshot: break
        }
        let done = task.progress(at: context.now)
        world.tasks[task.id]?.state = Timeline(.deleted, since: context.now)
        world.tasks[task.id]?.progressAtEnd = done
        return .empty
    }

    private static func task(_ world: World, _ context: ActionContext) throws(CloudError) -> CloudTask {
        let region = try context.requiredRegion()
        guard let task = world.tasks[try context.required("TaskId")], task.regionId == region else {
            throw CloudError("InvalidTaskId.NotFound")
        }
        return task
    }
}

extension CloudTask {
    /// What the list of tasks and the single task have in common.
    fileprivate func members(_ context: ActionContext) -> [JSONValue.Member] {
        let now = context.now
        let shown = state.state(at: now)
        return [
            .init("TaskId", .string(id)), .init("TaskAction", .string(kind.rawValue)),
            .init("TaskStatus", .string(shown.rawValue)),
            .init("SupportCancel", context.isPrivateCloud ? true : "true"),
            .init("CreationTime", .string(creationTime.minuteText)),
            .init("FinishedTime", .string(shown == .processing ? "" : state.start(at: now).minuteText)),
        ]
    }
}
