import Testing

@testable import Simulator

@Suite struct VpcStoryTests {
    private let test: TestCloud

    init() throws { test = try .network() }

    private func shown(_ vpc: String) -> Reply {
        test.succeed("DescribeVpcs", ["RegionId": "cn-hangzhou", "VpcId": vpc])
    }

    @Test func `a VPC comes with its router and route table, and is Pending first`() {
        let made = test.succeed("CreateVpc", ["RegionId": "cn-hangzhou", "VpcName": "lab", "UserCidr": "10.0.0.0/8"])
        let id = made.text("VpcId")
        #expect(shown(id).text("Vpcs.Vpc.0.Status") == "Pending")
        test.fail("DeleteVpc", ["VpcId": id], 400, "IncorrectVpcStatus")
        test.fail(
            "CreateVSwitch", ["VpcId": id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "172.16.0.0/24"], 400, "IncorrectVpcStatus")
        test.clock.advance(seconds: 5)
        let vpc = shown(id)
        #expect(vpc.text("TotalCount") == "1" && vpc.text("Vpcs.Vpc.0.Status") == "Available")
        #expect(vpc.text("Vpcs.Vpc.0.CidrBlock") == "172.16.0.0/12" && vpc.text("Vpcs.Vpc.0.VpcName") == "lab")
        #expect(vpc.list("Vpcs.Vpc.0.UserCidrs.UserCidr") == ["10.0.0.0/8"])
        let router = test.succeed("DescribeVRouters", ["RegionId": "cn-hangzhou", "VRouterId": made.text("VRouterId")])
        #expect(router.text("VRouters.VRouter.0.VpcId") == id)
        #expect(router.text("VRouters.VRouter.0.RouteTableIds.RouteTableId.0") == made.text("RouteTableId"))
        let table = test.succeed("DescribeRouteTables", ["VRouterId": made.text("VRouterId")])
        #expect(table.text("RouteTables.RouteTable.0.RouteTableId") == made.text("RouteTableId"))
        #expect(table.text("RouteTables.RouteTable.0.RouteEntrys.RouteEntry.0.DestinationCidrBlock") == "100.64.0.0/10")
        test.succeed("ModifyVRouterAttribute", ["VRouterId": made.text("VRouterId"), "VRouterName": "core_1"])
        test.succeed("ModifyVpcAttribute", ["VpcId": id, "VpcName": "bench", "UserCidr": "-1"])
        #expect(shown(id).text("Vpcs.Vpc.0.VpcName") == "bench" && shown(id).list("Vpcs.Vpc.0.UserCidrs.UserCidr").isEmpty)
    }

    @Test(arguments: [
        ("CidrBlock", "192.169.0.0/16", "InvalidParameter"), ("CidrBlock", "10.0.0.0/7", "InvalidParameter"),
        ("CidrBlock", "10.0.0.0/25", "InvalidParameter"), ("CidrBlock", "10.0.0.1/8", "InvalidParameter"),
        ("VpcName", "1st", "InvalidVpcName.Malformed"), ("VpcName", "http://vpc", "InvalidVpcName.Malformed"),
        ("VpcName", "a.b", "InvalidVpcName.Malformed"), ("Description", "x", "InvalidVpcDescription.Malformed"),
        ("UserCidr", "10.0.0.0/8,11.0.0.0/8,12.0.0.0/8,13.0.0.0/8", "InvalidUserCidr.Quota"),
        ("UserCidr", "100.64.3.0/24", "InvalidUserCidr.Malformed"), ("UserCidr", "10.0.0.0/30", "InvalidParameter"),
        ("UserCidr", "office", "InvalidParameter"),
    ])
    func `what breaks the rules is refused by its documented code`(name: String, value: String, code: String) {
        test.fail("CreateVpc", ["RegionId": "cn-hangzhou", name: value], 400, code)
    }

    @Test func `a VPC goes last`() {
        let network = test.makeVpc()
        let ecs = test.calling("ecs")
        let group = ecs.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": network.vpc]).text("SecurityGroupId")
        let vSwitch = test.makeVSwitch(network.vpc)
        let gateway = test.makeNat(network.vpc).id
        test.fail("DeleteVpc", ["VpcId": network.vpc], 400, "DependencyViolation.VSwitch")
        test.succeed("DeleteVSwitch", ["VSwitchId": vSwitch])
        test.fail("DeleteVpc", ["VpcId": network.vpc], 400, "DependencyViolation.RouteEntry")
        test.succeed(
            "DeleteRouteEntry",
            ["RouteTableId": network.table, "DestinationCidrBlock": "0.0.0.0/0", "NextHopId": gateway])
        test.fail("DeleteVpc", ["VpcId": network.vpc], 400, "DependencyViolation.Instance")
        test.succeed("DeleteNatGateway", ["RegionId": "cn-hangzhou", "NatGatewayId": gateway])
        test.fail("DeleteVpc", ["VpcId": network.vpc], 400, "DependencyViolation.SecurityGroup")
        ecs.succeed("DeleteSecurityGroup", ["RegionId": "cn-hangzhou", "SecurityGroupId": group])
        test.succeed("DeleteVpc", ["VpcId": network.vpc])
        test.fail("DeleteVpc", ["VpcId": network.vpc], 404, "InvalidVpcId.NotFound")
        #expect(test.succeed("DescribeRouteTables", ["RouteTableId": network.table]).text("TotalCount") == "0")
    }

    @Test func `a token makes a retry idempotent`() {
        let first = test.succeed("CreateVpc", ["RegionId": "cn-hangzhou", "ClientToken": "t-1"])
        #expect(test.succeed("CreateVpc", ["RegionId": "cn-hangzhou", "ClientToken": "t-1"]).text("VpcId") == first.text("VpcId"))
        test.fail(
            "CreateVpc", ["RegionId": "cn-hangzhou", "ClientToken": "t-1", "VpcName": "other"], 400,
            "IdempotentParameterMismatch")
    }

    @Test func `the fleet's VPC is shared with ECS, and regions and zones are those of the cloud`() {
        let production = test.succeed("DescribeVpcs", ["RegionId": "cn-hangzhou"]).list("Vpcs.Vpc")
            .first { Optional($0)?["VpcName"].text == "production" }
        #expect(production?["VpcId"].text == test.calling("ecs").vpc)
        #expect(production?["VRouterId"].text?.hasPrefix("vrt-") == true)
        #expect(test.succeed("DescribeRegions").list("Regions.Region").count == Geography.publicCloud.regions.count)
        let zones = test.succeed("DescribeZones", ["RegionId": "cn-hangzhou"]).list("Zones.Zone")
        #expect(zones.contains { Optional($0)?["ZoneId"].text == "cn-hangzhou-h" })
        test.fail("DescribeVpcs", ["RegionId": "cn-nowhere"], 404, "Forbidden.RegionNotFound")
    }
}
