import Bytes

/// Putting instances and interfaces into security groups and taking them out: JoinSecurityGroup and LeaveSecurityGroup.
enum SecurityGroupMembership {
    static let handlers: [String: ActionHandler] = [
        "JoinSecurityGroup": join,
        "LeaveSecurityGroup": leave,
    ]

    /// Who joins or leaves.
    private enum Member {
        case instance(Instance)
        case interface(NetworkInterface)

        var securityGroupIds: [String] {
            switch self {
            case .instance(let instance): instance.securityGroupIds
            case .interface(let interface): interface.securityGroupIds
            }
        }
    }

    @Sendable
    private static func join(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let member = try member(world, context)
        let group = try world.securityGroup(try context.required("SecurityGroupId"), in: try context.region())
        let groups = member.securityGroupIds
        guard !groups.contains(group.id) else { throw CloudError("InvalidInstanceId.AlreadyExists") }
        switch member {
        case .instance(let instance):
            guard instance.vpcId == group.vpcId else { throw CloudError("InvalidInstanceId.Mismatch") }
            guard groups.count < SecurityGroup.membershipLimit else {
                throw CloudError("InstanceSecurityGroupLimitExceeded")
            }
            guard world.members(of: group.id).count < SecurityGroup.instanceLimit else {
                throw CloudError("SecurityGroupInstanceLimitExceeded")
            }
        case .interface(let interface):
            guard interface.vpcId == group.vpcId else { throw CloudError("InvalidOperation.VpcMismatch") }
            guard groups.count < SecurityGroup.membershipLimit else { throw CloudError("AclLimitExceed") }
        }
        put(member, in: groups + [group.id], &world)
        return .empty
    }

    @Sendable
    private static func leave(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let member = try member(world, context)
        let group = try world.securityGroup(try context.required("SecurityGroupId"), in: try context.region())
        let groups = member.securityGroupIds
        guard groups.contains(group.id) else { throw CloudError("InstanceNotInSecurityGroup") }
        guard groups.count > 1 else { throw CloudError("InstanceLastSecurityGroup") }
        put(member, in: groups.filter { $0 != group.id }, &world)
        return .empty
    }

    /// The instance or the interface of the call, in a state in which its groups can change.
    private static func member(_ world: World, _ context: ActionContext) throws(CloudError) -> Member {
        let parameters = context.parameters
        if let id = parameters.text("NetworkInterfaceId") {
            guard parameters.text("InstanceId") == nil else { throw CloudError("InvalidParam.EniIdAndInstanceId.Conflict") }
            guard let region = try context.region() else { throw CloudError("MissingParameter.RegionId") }
            let interface = try world.networkInterface(id, in: region)
            guard interface.kind == .secondary else { throw CloudError("InvalidOperation.InvalidEniType") }
            guard [.available, .inUse].contains(interface.state.state(at: context.now)) else {
                throw CloudError("InvalidOperation.InvalidEniState")
            }
            return .interface(interface)
        }
        let instance = try world.instance(try context.required("InstanceId"))
        if let region = try context.region(), region != instance.regionId { throw CloudError("InvalidInstanceId.NotFound") }
        guard !instance.isLockedForSecurity else { throw CloudError("InstanceLockedForSecurity") }
        guard [.running, .stopped].contains(instance.state.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        return .instance(instance)
    }

    private static func put(_ member: Member, in groups: [String], _ world: inout World) {
        switch member {
        case .instance(var instance):
            instance.securityGroupIds = groups
            world.instances[instance.id] = instance
            world.alignPrimaryInterface(of: instance)
        case .interface(let interface): world.networkInterfaces[interface.id]?.securityGroupIds = groups
        }
    }
}
