/// Names out of the example fleet, for a first session with it.
public struct Introduction: Sendable {
    public var runningInstance: String
    public var zone: String
    public var image: String
    public var instanceType: String
    public var securityGroup: String
    public var vSwitch: String
}

extension Cloud {
    /// What a newcomer can name at once; nil when the cloud has no fleet.
    public var introduction: Introduction? {
        withWorld { world in
            guard let instance = world.instances.all.first(where: { $0.name == "web-1" }),
                let group = instance.securityGroupIds.first
            else { return nil }
            return Introduction(
                runningInstance: instance.id, zone: instance.zoneId, image: instance.imageId, instanceType: instance.type.id,
                securityGroup: group, vSwitch: instance.vSwitchId)
        }
    }
}
