import Bytes

/// Adding rules to security groups and taking them away.
enum ENSSecurityGroupRuleActions {
    static let handlers: [String: ActionHandler] = [
        "AuthorizeSecurityGroup": { world, context throws(CloudError) in try authorize(.ingress, &world, context) },
        "AuthorizeSecurityGroupEgress": { world, context throws(CloudError) in try authorize(.egress, &world, context) },
        "RevokeSecurityGroup": { world, context throws(CloudError) in try revoke(.ingress, &world, context) },
        "RevokeSecurityGroupEgress": { world, context throws(CloudError) in try revoke(.egress, &world, context) },
    ]

    /// A rule that is there already gets the priority of the call.
    private static func authorize(
        _ direction: ENSSecurityGroup.Direction, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        var group = try world.edgeSecurityGroup(context)
        let match = try match(direction, context)
        let priority = context.parameters.integer("Priority") ?? 1
        if let index = group.rules.firstIndex(where: { $0.match == match }) {
            group.rules[index].priority = priority
        } else {
            group.rules.append(.init(match: match, priority: priority, creationTime: context.now))
        }
        world.ens.securityGroups[group.id] = group
        return .empty
    }

    /// Protocol, ports, policy and far end tell a rule. One that is not there is gone already.
    private static func revoke(
        _ direction: ENSSecurityGroup.Direction, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> JSONValue {
        var group = try world.edgeSecurityGroup(context)
        let wanted = try match(direction, context)
        group.rules.removeAll { rule in
            var match = rule.match
            if wanted.sourcePorts == nil { match.sourcePorts = nil }
            return match == wanted
        }
        world.ens.securityGroups[group.id] = group
        return .empty
    }

    private static func match(
        _ direction: ENSSecurityGroup.Direction, _ context: ActionContext
    ) throws(CloudError) -> ENSSecurityGroup.Rule.Match {
        let parameters = context.parameters
        let ipProtocol = try context.required("IpProtocol")
        guard let ports = PortRange(try context.required("PortRange")), fits(ports, ipProtocol) else {
            throw CloudError("InvalidPortRange")
        }
        let sourcePorts = parameters.text("SourcePortRange").flatMap(PortRange.init)
        if let sourcePorts, !fits(sourcePorts, ipProtocol) { throw CloudError("InvalidSourcePortRange") }
        guard let block = IPv4Network(try context.required(direction.blockName)) else {
            throw CloudError("Invalid" + direction.blockName)
        }
        return .init(
            direction: direction, ipProtocol: ipProtocol, ports: ports, sourcePorts: sourcePorts, block: block,
            policy: parameters.text("Policy") ?? "accept")
    }

    /// TCP and UDP have ports from 1 on; the others say `-1/-1`.
    private static func fits(_ ports: PortRange, _ ipProtocol: String) -> Bool {
        ["tcp", "udp"].contains(ipProtocol) ? ports.first >= 1 : ports.first == -1
    }
}
