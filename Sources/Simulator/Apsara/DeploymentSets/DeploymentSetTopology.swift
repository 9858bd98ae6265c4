import Bytes

/// Where the instances of a deployment set are: DescribeDeploymentSetTopology.
enum DeploymentSetTopology {
    static let handlers: [String: ActionHandler] = ["DescribeDeploymentSetTopology": describe]

    /// Switches of a set that counts by switches or stays below one, else racks.
    @Sendable
    private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let set = try world.deploymentSet(try context.required("DeploymentSetId"), in: region)
        let members = world.members(of: set)
        let bySwitch = set.granularity == .switch || set.domain == .switch
        let switches = bySwitch ? units(members, named: "SwitchId", \.switchId) : []
        let racks = bySwitch ? [] : units(members, named: "RackId", \.rackId)
        return [
            "RegionId": .string(region), "DeploymentSetId": .string(set.id),
            "Switchs": .list("Switch", switches), "Racks": .list("Rack", racks),
        ]
    }

    private static func units(
        _ members: [(instanceId: String, host: PhysicalHost)], named name: String, _ unit: (PhysicalHost) -> String
    ) -> [JSONValue] {
        let groups = Dictionary(grouping: members) { unit($0.host) }
        return groups.sorted { $0.key < $1.key }.map { id, members in
            let hosts = Dictionary(grouping: members) { $0.host.id }.sorted { $0.key < $1.key }
            return [
                name: .string(id),
                "Hosts": .list(
                    "Host",
                    hosts.map { host, members in
                        ["HostId": .string(host), "InstanceIds": .list("InstanceId", members.map(\.instanceId))]
                    }),
            ]
        }
    }
}
