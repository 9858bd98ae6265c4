/// A firewall around instances.
struct SecurityGroup: Sendable {
    /// Rules in and out together.
    static let ruleLimit = 200
    static let privateRuleLimit = 100
    /// Instances that a group may hold.
    static let instanceLimit = 1000
    /// Groups that an instance or an interface may be in.
    static let membershipLimit = 5

    let id: String
    let regionId: String
    /// Empty in the classic network.
    let vpcId: String
    var name = ""
    var description = ""
    let creationTime: SimulatedTime
    /// `normal` or `enterprise`.
    var type = "normal"
    var resourceGroupId = ""
    /// What members may do with each other whatever the rules say.
    var innerAccessPolicy = SecurityGroupRule.Policy.accept
    /// Oldest first.
    var rules: [SecurityGroupRule] = []

    /// Whether a rule of the group speaks of the group with this id.
    func names(_ otherId: String) -> Bool {
        rules.contains { $0.match.peer == .group(otherId) }
    }
}

extension World {
    /// The group with this id in a region; nil takes every region.
    func securityGroup(_ id: String, in region: String?) throws(CloudError) -> SecurityGroup {
        guard let group = securityGroups[id], region == nil || group.regionId == region else {
            throw CloudError("InvalidSecurityGroupId.NotFound")
        }
        return group
    }

    /// The instances of a security group.
    func members(of securityGroupId: String) -> [Instance] {
        instances.all.filter { $0.securityGroupIds.contains(securityGroupId) }
    }

    /// The groups with a rule that speaks of this one.
    func groups(naming securityGroupId: String) -> [SecurityGroup] {
        securityGroups.all.filter { $0.names(securityGroupId) }
    }

    /// Puts the primary interface of an instance into the groups of the instance.
    mutating func alignPrimaryInterface(of instance: Instance) {
        networkInterfaces.update(where: { $0.attachedInstanceId == instance.id && $0.kind == .primary }) {
            $0.securityGroupIds = instance.securityGroupIds
        }
    }
}
