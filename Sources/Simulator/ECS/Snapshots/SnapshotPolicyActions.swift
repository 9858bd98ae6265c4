import Bytes

/// Automatic snapshot policies. Their parameters are written with a small first letter on the wire.
enum SnapshotPolicyActions {
    static let handlers: [String: ActionHandler] = [
        "CreateAutoSnapshotPolicy": create,
        "DescribeAutoSnapshotPolicyEx": list,
        "ModifyAutoSnapshotPolicyEx": modify,
        "DeleteAutoSnapshotPolicy": delete,
        "ApplyAutoSnapshotPolicy": apply,
        "CancelAutoSnapshotPolicy": cancel,
        "ModifyAutoSnapshotPolicy": modifyAccountPolicy,
    ]

    private static let quotaPerRegion = 100

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try region(context)
        let tags = try TagParameters.tags(context.parameters)
        guard world.snapshotPolicies.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
            throw CloudError("AutoSnapshotPolicy.QuotaExceed")
        }
        let id = world.identifiers.resource("sp")
        var policy = SnapshotPolicy(
            id: id, regionId: region, timePoints: [], repeatWeekdays: [], retentionDays: -1, creationTime: context.now)
        try set(&policy, context.parameters)
        policy.resourceGroupId = context.parameters.text("ResourceGroupId") ?? ""
        world.snapshotPolicies[id] = policy
        world.tags.add(tags, to: .snapshotpolicy, id)
        return ["AutoSnapshotPolicyId": .string(id)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var policy = try policy(world, context)
        try set(&policy, context.parameters)
        world.snapshotPolicies[policy.id] = policy
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let policy = try policy(world, context)
        world.disks.update(where: { $0.autoSnapshotPolicyId == policy.id }) { $0.leaveSnapshotPolicy() }
        world.tags[.snapshotpolicy, policy.id] = []
        world.snapshotPolicies[policy.id] = nil
        return .empty
    }

    @Sendable
    private static func apply(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let policy = try policy(world, context)
        for id in try diskIds(context) {
            guard let disk = world.disks[id], disk.regionId == policy.regionId else {
                throw CloudError("InvalidDiskId.NotFound")
            }
            guard disk.category.isCloudDisk else { throw CloudError("DiskCategory.OperationNotSupported") }
            world.disks[id]?.autoSnapshotPolicyId = policy.id
            world.disks[id]?.enablesAutoSnapshots = true
        }
        return .empty
    }

    @Sendable
    private static func cancel(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try region(context)
        for id in try diskIds(context) {
            guard let disk = world.disks[id], disk.regionId == region else { throw CloudError("InvalidDiskId.NotFound") }
            let wanted = context.parameters.text("autoSnapshotPolicyId")
            if wanted == nil || wanted == disk.autoSnapshotPolicyId { world.disks[id]?.leaveSnapshotPolicy() }
        }
        return .empty
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let tags = try TagParameters.filter(parameters)
        let current = world
        let found = world.snapshotPolicies.newestFirst.filter {
            $0.regionId == region && (parameters.text("AutoSnapshotPolicyId") ?? $0.id) == $0.id
                && (parameters.text("AutoSnapshotPolicyName") ?? $0.name) == $0.name
                && (parameters.text("ResourceGroupId") ?? $0.resourceGroupId) == $0.resourceGroupId
                && current.tags.matches(tags, .snapshotpolicy, $0.id)
        }
        let page = try Page(found, context)
        return .object(page.members("AutoSnapshotPolicies", "AutoSnapshotPolicy") { rendered($0, current, context) })
    }

    /// The older action, which changes the one policy of the account.
    @Sendable
    private static func modifyAccountPolicy(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        func part(_ prefix: String, _ current: AccountSnapshotPolicy.Part) -> AccountSnapshotPolicy.Part {
            let parameters = context.parameters
            return AccountSnapshotPolicy.Part(
                isEnabled: parameters.flag(prefix + "Enabled") ?? current.isEnabled,
                timePeriod: parameters.integer(prefix + "TimePeriod") ?? current.timePeriod,
                retentionDays: parameters.integer(prefix + "RetentionDays") ?? current.retentionDays,
                keepsLastWeek: parameters.flag(prefix + "RetentionLastWeek") ?? current.keepsLastWeek)
        }
        let current = world.accountSnapshotPolicy
        world.accountSnapshotPolicy = AccountSnapshotPolicy(
            systemDisks: part("SystemDiskPolicy", current.systemDisks),
            dataDisks: part("DataDiskPolicy", current.dataDisks))
        return .empty
    }

    private static func region(_ context: ActionContext) throws(CloudError) -> String {
        guard let region = try? context.region() else { throw CloudError("ParameterInvalid", about: "RegionId") }
        return region
    }

    private static func policy(_ world: World, _ context: ActionContext) throws(CloudError) -> SnapshotPolicy {
        let region = try region(context)
        guard let policy = world.snapshotPolicies[try context.required("autoSnapshotPolicyId")] else {
            throw CloudError("ParameterInvalid", about: "policy does not exist.")
        }
        guard policy.regionId == region else { throw CloudError("ParameterInvalid", about: "does not exist in the region") }
        return policy
    }

    private static func diskIds(_ context: ActionContext) throws(CloudError) -> [String] {
        guard let ids = context.parameters.jsonArray("diskIds"), !ids.isEmpty else {
            throw CloudError("ParameterInvalid", about: "DiskIds")
        }
        return ids
    }

    /// Takes over the settings that the call has.
    private static func set(_ policy: inout SnapshotPolicy, _ parameters: CallParameters) throws(CloudError) {
        if parameters.text("timePoints") != nil {
            policy.timePoints = try numbers(parameters, "timePoints", 0...23, "TimePoints")
        }
        if parameters.text("repeatWeekdays") != nil {
            policy.repeatWeekdays = try numbers(parameters, "repeatWeekdays", 1...7, "RepeatWeekDays")
        }
        if let days = parameters.integer("retentionDays") {
            guard days == -1 || (1...65_536).contains(days) else {
                throw CloudError("ParameterInvalid", about: "RetentionDays")
            }
            policy.retentionDays = days
        }
        policy.name = parameters.text("autoSnapshotPolicyName") ?? policy.name
        policy.copiesAcrossRegions = parameters.flag("EnableCrossRegionCopy") ?? policy.copiesAcrossRegions
        policy.targetCopyRegions = parameters.jsonArray("TargetCopyRegions") ?? policy.targetCopyRegions
        policy.copiedSnapshotsRetentionDays =
            parameters.integer("CopiedSnapshotsRetentionDays") ?? policy.copiedSnapshotsRetentionDays
        policy.encryptsCopies = parameters.flag("CopyEncryptionConfiguration.Encrypted") ?? policy.encryptsCopies
        policy.copyKeyId = parameters.text("CopyEncryptionConfiguration.KMSKeyId") ?? policy.copyKeyId
    }

    private static func numbers(
        _ parameters: CallParameters, _ name: String, _ range: ClosedRange<Int>, _ documentedName: String
    ) throws(CloudError) -> [Int] {
        let numbers = parameters.jsonArray(name)?.map { Int($0) } ?? []
        let valid = numbers.compactMap { $0 }.filter { range.contains($0) }
        guard !valid.isEmpty, valid.count == numbers.count, Set(valid).count == valid.count else {
            throw CloudError("ParameterInvalid", about: documentedName)
        }
        return valid
    }

    private static func rendered(
        _ policy: SnapshotPolicy, _ world: World, _ context: ActionContext
    ) -> JSONValue {
        [
            "AutoSnapshotPolicyId": .string(policy.id), "RegionId": .string(policy.regionId),
            "AutoSnapshotPolicyName": .string(policy.name), "TimePoints": .string(arrayText(policy.timePoints)),
            "RepeatWeekdays": .string(arrayText(policy.repeatWeekdays)), "RetentionDays": .integer(policy.retentionDays),
            "DiskNums": .integer(world.disks.all.count { $0.autoSnapshotPolicyId == policy.id }), "VolumeNums": 0,
            "OperationLocks": .list("OperationLock", [JSONValue]()), "Status": context.isPrivateCloud ? "Available" : "Normal",
            "Type": "Custom",
            "CreationTime": .string(policy.creationTime.text),
            "CopiedSnapshotsRetentionDays": .integer(policy.copiedSnapshotsRetentionDays),
            "CopyEncryptionConfiguration": [
                "Encrypted": .bool(policy.encryptsCopies), "KMSKeyId": .string(policy.copyKeyId),
            ],
            "EnableCrossRegionCopy": .bool(policy.copiesAcrossRegions),
            "TargetCopyRegions": .string(arrayText(policy.targetCopyRegions)),
            "ResourceGroupId": .string(policy.resourceGroupId), "Tags": world.tags[.snapshotpolicy, policy.id].rendered,
        ]
    }

    /// A JSON array of strings in one string.
    private static func arrayText(_ values: [some CustomStringConvertible]) -> String {
        var output: [UInt8] = []
        JSONValue.array(values.map { .string($0.description) }).append(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension Disk {
    fileprivate mutating func leaveSnapshotPolicy() {
        autoSnapshotPolicyId = ""
        enablesAutoSnapshots = false
    }
}
