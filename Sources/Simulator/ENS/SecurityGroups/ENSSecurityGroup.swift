/// A security group of the edge; it belongs to no node.
struct ENSSecurityGroup: Sendable {
    let id: String
    var name = ""
    var description = ""
    let creationTime: SimulatedTime
    var rules: [Rule] = []

    /// One rule. Two that match the same are one.
    struct Rule: Hashable, Sendable {
        struct Match: Hashable, Sendable {
            var direction: Direction
            var ipProtocol: String
            var ports: PortRange
            var sourcePorts: PortRange?
            /// The far end.
            var block: IPv4Network
            var policy: String
        }

        var match: Match
        var priority: Int
        let creationTime: SimulatedTime
    }

    enum Direction: String, Hashable, Sendable {
        case ingress, egress

        /// The parameter that holds the far end.
        var blockName: String { self == .ingress ? "SourceCidrIp" : "DestCidrIp" }
    }
}

extension World {
    /// The security group that the call names.
    func edgeSecurityGroup(_ context: ActionContext) throws(CloudError) -> ENSSecurityGroup {
        guard let group = ens.securityGroups[try context.required("SecurityGroupId")] else {
            throw CloudError("InstanceNotFound")
        }
        return group
    }

    /// The instances in a security group.
    func edgeMembers(of group: String) -> [ENSInstance] {
        ens.instances.all.filter { $0.securityGroupIds.contains(group) }
    }
}
