import Bytes

/// Putting instances into security groups and taking them out.
enum ENSSecurityGroupMembership {
    static let handlers: [String: ActionHandler] = [
        "JoinSecurityGroup": join,
        "LeaveSecurityGroup": leave,
    ]

    @Sendable
    private static func join(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (group, instance) = try pair(world, context)
        guard !instance.securityGroupIds.contains(group.id) else { throw CloudError("InvalidInstanceId") }
        world.ens.instances[instance.id]?.securityGroupIds.append(group.id)
        return .empty
    }

    @Sendable
    private static func leave(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let (group, instance) = try pair(world, context)
        guard instance.securityGroupIds.contains(group.id) else { throw CloudError("InvalidInstanceId") }
        world.ens.instances[instance.id]?.securityGroupIds.removeAll { $0 == group.id }
        return .empty
    }

    /// The group and the instance, which must be at rest.
    private static func pair(
        _ world: World, _ context: ActionContext
    ) throws(CloudError) -> (ENSSecurityGroup, ENSInstance) {
        let group = try world.edgeSecurityGroup(context)
        let instance = try world.edgeInstance(context)
        guard [.running, .stopped].contains(instance.state(at: context.now)) else {
            throw CloudError("IncorrectInstanceStatus")
        }
        return (group, instance)
    }
}
