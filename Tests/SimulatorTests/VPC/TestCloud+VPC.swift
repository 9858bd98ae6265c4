import Testing

@testable import Simulator

/// What stories of the VPC product make first.
extension TestCloud {
    /// A cloud to call the actions of VPC in.
    static func network() throws -> TestCloud { try TestCloud().calling("vpc") }

    /// A VPC with its router and route table.
    struct Network {
        let vpc: String
        let router: String
        let table: String
    }

    func makeVpc(_ block: String = "192.168.0.0/16", in region: String = "cn-hangzhou") -> Network {
        let made = succeed("CreateVpc", ["RegionId": region, "CidrBlock": block])
        clock.advance(seconds: 5)
        return Network(vpc: made.text("VpcId"), router: made.text("VRouterId"), table: made.text("RouteTableId"))
    }

    func makeVSwitch(_ vpc: String, _ block: String = "192.168.1.0/24", zone: String = "cn-hangzhou-h") -> String {
        let id = succeed("CreateVSwitch", ["VpcId": vpc, "ZoneId": zone, "CidrBlock": block]).text("VSwitchId")
        clock.advance(seconds: 5)
        return id
    }

    /// A new public address, and its id.
    func makeEip(in region: String = "cn-hangzhou") -> (id: String, address: String) {
        let made = succeed("AllocateEipAddress", ["RegionId": region])
        return (made.text("AllocationId"), made.text("EipAddress"))
    }

    /// A public address that is bound to something.
    func boundEip(to id: String, _ type: String) -> (id: String, address: String) {
        let eip = makeEip()
        succeed("AssociateEipAddress", ["AllocationId": eip.id, "InstanceId": id, "InstanceType": type])
        clock.advance(seconds: 5)
        return eip
    }

    /// A running instance in a vSwitch, made through ECS.
    func makeInstance(in vSwitch: String, _ vpc: String) -> String {
        let ecs = calling("ecs")
        let group = ecs.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": vpc]).text("SecurityGroupId")
        let id = ecs.run(["VSwitchId": vSwitch, "SecurityGroupId": group])
        clock.advance(seconds: 60)
        return id
    }

    /// A NAT gateway that is ready, as DescribeNatGateways shows it.
    func makeNat(_ vpc: String) -> (id: String, forwardTable: String, snatTable: String) {
        let id = succeed("CreateNatGateway", ["RegionId": "cn-hangzhou", "VpcId": vpc]).text("NatGatewayId")
        clock.advance(seconds: 10)
        let shown = succeed("DescribeNatGateways", ["RegionId": "cn-hangzhou", "NatGatewayId": id])
        return (
            id, shown.text("NatGateways.NatGateway.0.ForwardTableIds.ForwardTableId.0"),
            shown.text("NatGateways.NatGateway.0.SnatTableIds.SnatTableId.0")
        )
    }
}
