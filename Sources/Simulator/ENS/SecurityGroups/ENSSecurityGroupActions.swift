import Bytes

/// Making, showing, changing and deleting security groups.
enum ENSSecurityGroupActions {
    static let handlers: [String: ActionHandler] = [
        "CreateSecurityGroup": create,
        "DescribeSecurityGroups": list,
        "DescribeSecurityGroupAttribute": describe,
        "ModifySecurityGroupAttribute": modify,
        "DeleteSecurityGroup": delete,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let id = world.identifiers.edgeResource("sg")
        var group = ENSSecurityGroup(id: id, creationTime: context.now)
        try setName(&group, context)
        world.ens.securityGroups[id] = group
        return ["SecurityGroupId": .string(id)]
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let current = world
        let found = world.ens.securityGroups.newestFirst.filter {
            context.parameters.match([("SecurityGroupId", $0.id), ("SecurityGroupName", $0.name)])
        }
        return .object(
            try Page(found, context).members("SecurityGroups", "SecurityGroup") { group in
                [
                    "SecurityGroupId": .string(group.id), "SecurityGroupName": .string(group.name),
                    "Description": .string(group.description), "CreationTime": .string(group.creationTime.text),
                    "InstanceCount": .integer(current.edgeMembers(of: group.id).count),
                ]
            })
    }

    @Sendable
    private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let group = try world.edgeSecurityGroup(context)
        return [
            "SecurityGroupId": .string(group.id), "SecurityGroupName": .string(group.name),
            "Description": .string(group.description),
            "Permissions": .list("Permission", group.rules.map(\.rendered)),
        ]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var group = try world.edgeSecurityGroup(context)
        try setName(&group, context)
        if let text = context.parameters.text("Description") { group.description = text }
        world.ens.securityGroups[group.id] = group
        return .empty
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let group = try world.edgeSecurityGroup(context)
        guard world.edgeMembers(of: group.id).isEmpty else { throw CloudError("IncorrectInstanceStatus") }
        world.ens.securityGroups[group.id] = nil
        return .empty
    }

    private static func setName(_ group: inout ENSSecurityGroup, _ context: ActionContext) throws(CloudError) {
        guard let name = context.parameters.text("SecurityGroupName") else { return }
        guard Naming.isResourceName(name), !name.contains(".") else { throw CloudError("InvalidSecurityGroupName") }
        group.name = name
    }
}

extension ENSSecurityGroup.Rule {
    /// An element of DescribeSecurityGroupAttribute: protocols in capitals, policies with one.
    fileprivate var rendered: JSONValue {
        let isInbound = match.direction == .ingress
        return [
            "Direction": .string(match.direction.rawValue), "IpProtocol": .string(match.ipProtocol.uppercased()),
            "PortRange": .string(match.ports.text), "SourcePortRange": .string(match.sourcePorts?.text ?? ""),
            "SourceCidrIp": .string(isInbound ? match.block.text : ""),
            "DestCidrIp": .string(isInbound ? "" : match.block.text),
            "Policy": .string(match.policy == "drop" ? "Drop" : "Accept"), "Priority": .integer(priority),
            "CreationTime": .string(creationTime.text), "Description": "",
        ]
    }
}
