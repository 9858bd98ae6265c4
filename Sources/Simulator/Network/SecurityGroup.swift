/// A firewall around instances.
struct SecurityGroup: Sendable {
    let id: String
    let regionId: String
    /// Empty in the classic network.
    let vpcId: String
    var name = ""
    var description = ""
    let creationTime: SimulatedTime
    /// `normal` or `enterprise`.
    var type = "normal"
}

extension World {
    /// The instances of a security group.
    func members(of securityGroupId: String) -> [Instance] {
        instances.all.filter { $0.securityGroupIds.contains(securityGroupId) }
    }
}
