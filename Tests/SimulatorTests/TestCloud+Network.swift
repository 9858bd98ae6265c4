import Testing

@testable import Simulator

/// The network of the example fleet, and what stories add to it.
extension TestCloud {
    /// Id of the fleet's VPC.
    var vpc: String { group("web").text("VpcId") }

    func group(named name: String) -> String { group(name).text("SecurityGroupId") }

    /// Id of the fleet's vSwitch in a zone.
    func vSwitch(in zone: String) -> String {
        cloud.withWorld { world in world.vSwitches.all.first { $0.zoneId == zone }?.id ?? "" }
    }

    /// Adds a VPC without a vSwitch and gives its id.
    func addVpc() -> String {
        cloud.withWorld { world in
            let id = world.identifiers.resource("vpc")
            if let cidr = IPv4Network("192.168.0.0/16") {
                world.vpcs[id] = Vpc(id: id, regionId: "cn-hangzhou", cidrBlock: cidr, creationTime: clock.now)
            }
            return id
        }
    }

    /// Adds a vSwitch to a VPC and gives its id.
    func addVSwitch(to vpc: String, zone: String, _ cidr: String) -> String {
        cloud.withWorld { world in
            let id = world.identifiers.resource("vsw")
            if let cidr = IPv4Network(cidr) {
                world.vSwitches[id] = VSwitch(id: id, vpcId: vpc, zoneId: zone, cidrBlock: cidr, creationTime: clock.now)
            }
            return id
        }
    }

    private func group(_ name: String) -> Reply {
        let found = succeed("DescribeSecurityGroups", ["RegionId": "cn-hangzhou", "SecurityGroupName": name])
        var reply = found
        reply.body = found["SecurityGroups.SecurityGroup.0"] ?? .null
        return reply
    }
}
