import Testing

@testable import Simulator

@Suite struct VSwitchStoryTests {
    private let test: TestCloud

    init() throws { test = try .network() }

    private func free(_ vSwitch: String) -> String {
        test.succeed("DescribeVSwitches", ["RegionId": "cn-hangzhou", "VSwitchId": vSwitch])
            .text("VSwitches.VSwitch.0.AvailableIpAddressCount")
    }

    @Test func `addresses are counted as instances take them, and who is inside keeps the vSwitch`() {
        let network = test.makeVpc()
        let vSwitch = test.makeVSwitch(network.vpc)
        #expect(free(vSwitch) == "252")
        let instance = test.makeInstance(in: vSwitch, network.vpc)
        #expect(free(vSwitch) == "251")
        test.fail("DeleteVSwitch", ["VSwitchId": vSwitch], 400, "DependencyViolation")
        test.calling("ecs").succeed("DeleteInstance", ["InstanceId": instance, "Force": "true"])
        #expect(free(vSwitch) == "252")
        let haVip = test.succeed("CreateHaVip", ["RegionId": "cn-hangzhou", "VSwitchId": vSwitch]).text("HaVipId")
        #expect(free(vSwitch) == "251")
        test.fail("DeleteVSwitch", ["VSwitchId": vSwitch], 400, "DependencyViolation.HaVip")
        test.clock.advance(seconds: 5)
        test.succeed("DeleteHaVip", ["RegionId": "cn-hangzhou", "HaVipId": haVip])
        test.succeed("DeleteVSwitch", ["VSwitchId": vSwitch])
        test.fail("DeleteVSwitch", ["VSwitchId": vSwitch], 404, "InvalidVSwitchId.NotFound")
    }

    @Test(arguments: [
        ("192.168.1.0/24", "InvalidCidrBlock.Overlapped", "other subnets"),
        ("192.168.0.0/16", "InvalidCidrBlock.Overlapped", "other subnets"),
        ("192.168.9.0/24", "InvalidCidrBlock.Overlapped", "other entry"),
        ("192.168.8.0/22", "InvalidCidrBlock.Overlapped", "other entry"),
        ("10.0.0.0/24", "InvalidParameter", "not valid in VPC"), ("192.168.2.0/30", "InvalidCidrBlock.MaskLength", "not valid"),
        ("192.0.0.0/8", "InvalidCidrBlock.MaskLength", "not valid"),
        ("192.168.2.1/24", "InvalidCidrBlock.Malformed", "not valid"),
        ("somewhere", "InvalidCidrBlock.Malformed", "not valid"),
    ])
    func `a block must lie in the VPC and meet nothing there`(block: String, code: String, about: String) {
        let network = test.makeVpc()
        let vSwitch = test.makeVSwitch(network.vpc)
        let instance = test.makeInstance(in: vSwitch, network.vpc)
        test.succeed(
            "CreateRouteEntry",
            ["RouteTableId": network.table, "DestinationCidrBlock": "192.168.9.0/24", "NextHopId": instance])
        test.clock.advance(seconds: 5)
        let reply = test.fail(
            "CreateVSwitch", ["VpcId": network.vpc, "ZoneId": "cn-hangzhou-i", "CidrBlock": block], 400, code)
        #expect(reply.text("Message").contains(about))
        // A part of a route's destination is fine.
        test.succeed("CreateVSwitch", ["VpcId": network.vpc, "ZoneId": "cn-hangzhou-i", "CidrBlock": "192.168.9.0/26"])
    }

    @Test func `changes in one VPC come one after another`() {
        let network = test.makeVpc()
        let request = { (block: String) in ["VpcId": network.vpc, "ZoneId": "cn-hangzhou-h", "CidrBlock": block] }
        let first = test.succeed("CreateVSwitch", request("192.168.1.0/24")).text("VSwitchId")
        test.fail("CreateVSwitch", request("192.168.2.0/24"), 400, "IncorrectVSwitchStatus")
        test.fail("DeleteVSwitch", ["VSwitchId": first], 400, "IncorrectVSwitchStatus")
        test.fail(
            "CreateRouteEntry", ["RouteTableId": network.table, "DestinationCidrBlock": "10.1.0.0/16", "NextHopId": "i-1"], 400,
            "IncorretRouteEntryStatus")
        test.clock.advance(seconds: 5)
        test.succeed("CreateVSwitch", request("192.168.2.0/24"))
        #expect(
            test.succeed("DescribeVpcs", ["RegionId": "cn-hangzhou", "VpcId": network.vpc])
                .list("Vpcs.Vpc.0.VSwitchIds.VSwitchId").count == 2)
        test.fail(
            "CreateVSwitch", ["VpcId": network.vpc, "ZoneId": "cn-beijing-f", "CidrBlock": "192.168.3.0/24"], 404,
            "InvalidZoneId.NotFound")
        test.fail(
            "CreateVSwitch", ["VpcId": "vpc-none", "ZoneId": "cn-hangzhou-h", "CidrBlock": "192.168.3.0/24"], 404,
            "InvalidVpcId.NotFound")
    }

    @Test func `24 vSwitches are enough for a VPC`() {
        let network = test.makeVpc()
        for number in 0..<24 { _ = test.makeVSwitch(network.vpc, "192.168.\(number).0/24") }
        test.fail(
            "CreateVSwitch", ["VpcId": network.vpc, "ZoneId": "cn-hangzhou-h", "CidrBlock": "192.168.99.0/24"], 400,
            "QuotaExceeded.VSwitch")
        let page = test.succeed("DescribeVSwitches", ["RegionId": "cn-hangzhou", "VpcId": network.vpc, "PageNumber": "3"])
        #expect(page.text("TotalCount") == "24" && page.list("VSwitches.VSwitch").count == 4)
    }

    @Test func `names and descriptions have their own codes`() {
        let vSwitch = test.makeVSwitch(test.makeVpc().vpc)
        test.fail("ModifyVSwitchAttribute", ["VSwitchId": vSwitch, "VSwitchName": "-x"], 400, "InvalidVSwitchName.Malformed")
        test.fail(
            "ModifyVSwitchAttribute", ["VSwitchId": vSwitch, "Description": "x"], 400, "InvalidVSwitchDiscription.Malformed")
        test.succeed("ModifyVSwitchAttribute", ["VSwitchId": vSwitch, "VSwitchName": "web_1", "Description": "the web"])
    }
}
