import Bytes

/// RAM roles of instances. Attaching and detaching tell the result for each instance: a call can succeed although some
/// fail.
enum InstanceRoles {
    static let handlers: [String: ActionHandler] = [
        "AttachInstanceRamRole": attach,
        "DetachInstanceRamRole": detach,
        "DescribeInstanceRamRole": list,
    ]

    @Sendable
    private static func attach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let role = try context.required("RamRoleName")
        let ids = try instanceIds(context)
        guard world.ramRoles.contains(role) else { throw CloudError("InvalidRamRole.NotFound") }
        var results: [JSONValue] = []
        var failures = 0
        for id in ids {
            var outcome = ("200", "success")
            if world.instances[id] == nil {
                outcome = ("InvalidInstanceId.NotFound", "The specified InstanceId does not exist.")
            } else if world.instances[id]?.ramRoleName.isEmpty == false {
                outcome = ("InvalidParameter.AlreadyAttached", "The specified instance already has a RAM role.")
            } else {
                world.instances[id]?.ramRoleName = role
            }
            if outcome.0 != "200" { failures += 1 }
            results.append(result(id, outcome))
        }
        return [
            "TotalCount": .integer(ids.count), "FailCount": .integer(failures), "RamRoleName": .string(role),
            "AttachInstanceRamRoleResults": .list("AttachInstanceRamRoleResult", results),
        ]
    }

    @Sendable
    private static func detach(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let role = context.parameters.text("RamRoleName")
        let ids = try instanceIds(context)
        if let role, !world.ramRoles.contains(role) { throw CloudError("InvalidRamRole.NotFound") }
        var results: [JSONValue] = []
        var failures = 0
        for id in ids {
            let current = world.instances[id]?.ramRoleName ?? ""
            var outcome = ("200", "success")
            if world.instances[id] == nil {
                outcome = ("InvalidInstanceId.NotFound", "The specified InstanceId does not exist.")
            } else if current.isEmpty || role.map({ $0 != current }) ?? false {
                outcome = ("InvalidRamRole.NotFound", "The specified RamRoleName does not exist.")
            } else {
                world.instances[id]?.ramRoleName = ""
            }
            if outcome.0 != "200" { failures += 1 }
            let taken: [JSONValue] = outcome.0 == "200" ? [membership(id, current)] : []
            results.append(result(id, outcome).with("InstanceRamRoleSets", .list("InstanceRamRoleSet", taken)))
        }
        return [
            "TotalCount": .integer(ids.count), "FailCount": .integer(failures), "RamRoleName": .string(role ?? ""),
            "DetachInstanceRamRoleResults": .list("DetachInstanceRamRoleResult", results),
        ]
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        // The private cloud's reference has no region for it.
        let region = context.isPrivateCloud ? try context.region() : try context.requiredRegion()
        let role = context.parameters.text("RamRoleName")
        let ids = context.parameters.jsonArray("InstanceIds")
        guard role != nil || ids != nil else { throw CloudError("InvalidParameter.AllEmpty") }
        let found = world.instances.newestFirst.filter {
            (region == nil || $0.regionId == region) && (ids?.contains($0.id) ?? true) && (role == nil || $0.ramRoleName == role)
        }
        let page = try Page(found, context)
        return [
            "RegionId": .string(region ?? ""), "TotalCount": .integer(page.total),
            "InstanceRamRoleSets": .list(
                "InstanceRamRoleSet", page.items.map { membership($0.id, $0.ramRoleName) }),
        ]
    }

    private static func instanceIds(_ context: ActionContext) throws(CloudError) -> [String] {
        guard let ids = context.parameters.jsonArray("InstanceIds"), !ids.isEmpty else {
            throw CloudError("InvalidInstanceIds.Malformed")
        }
        return ids
    }

    private static func membership(_ id: String, _ role: String) -> JSONValue {
        ["InstanceId": .string(id), "RamRoleName": .string(role)]
    }

    private static func result(_ id: String, _ outcome: (code: String, message: String)) -> JSONValue {
        [
            "InstanceId": .string(id), "Code": .string(outcome.code), "Message": .string(outcome.message),
            "Success": .bool(outcome.code == "200"),
        ]
    }
}
