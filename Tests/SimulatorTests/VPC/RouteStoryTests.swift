import Bytes
import Testing

@testable import Simulator

@Suite struct RouteStoryTests {
    private let test: TestCloud
    private let network: TestCloud.Network
    private let instance: String
    private let vSwitch: String

    init() throws {
        test = try .network()
        network = test.makeVpc()
        vSwitch = test.makeVSwitch(network.vpc)
        instance = test.makeInstance(in: vSwitch, network.vpc)
    }

    private func request(_ destination: String, _ more: [String: String] = [:]) -> [String: String] {
        ["RouteTableId": network.table, "DestinationCidrBlock": destination].merging(more) { _, new in new }
    }

    private var entries: [JSONValue] {
        test.succeed("DescribeRouteTables", ["RouteTableId": network.table])
            .list("RouteTables.RouteTable.0.RouteEntrys.RouteEntry")
    }

    @Test func `a route is Pending, then Available, and goes by its destination and next hop`() {
        test.succeed("CreateRouteEntry", request("10.1.0.0/16", ["NextHopId": instance]))
        #expect(Optional(entries[0])?["Status"].text == "Pending" && Optional(entries[0])?["Type"].text == "Custom")
        test.fail("CreateRouteEntry", request("10.2.0.0/16", ["NextHopId": instance]), 400, "IncorretRouteEntryStatus")
        test.fail("DeleteRouteEntry", request("10.1.0.0/16", ["NextHopId": instance]), 400, "IncorrectRouteEntryStatus")
        test.clock.advance(seconds: 3)
        #expect(Optional(entries[0])?["Status"].text == "Available" && Optional(entries[0])?["InstanceId"].text == instance)
        test.fail("CreateRouteEntry", request("10.1.0.0/16", ["NextHopId": instance]), 400, "InvalidCIDRBlock.Duplicate")
        test.fail("DeleteRouteEntry", request("10.1.0.0/16"), 400, "MissingParameter")
        test.fail("DeleteRouteEntry", request("10.1.0.0/16", ["NextHopId": "i-other"]), 404, "InvalidRouteEntry.NotFound")
        test.fail("DeleteRouteEntry", request("192.168.1.0/24", ["NextHopId": instance]), 400, "OperationDenied")
        // The vendor's older spelling of the table.
        test.succeed(
            "DeleteRouteEntry",
            ["RouterTableId": network.table, "DestinationCidrBlock": "10.1.0.0/16", "NextHopId": instance])
        #expect(entries.count == 2)
    }

    @Test(arguments: [
        ("192.168.1.0/24", "InvalidCidrBlock"), ("192.168.1.7", "InvalidCidrBlock"), ("192.168.0.0/16", "InvalidCidrBlock"),
        ("100.64.0.0/10", "InvalidCidrBlock"), ("100.100.0.0/16", "InvalidCidrBlock"), ("10.0.0.0/8", "InvalidCidrBlock"),
        ("10.1.0.1/16", "InvalidCidrBlock.Malformed"),
    ])
    func `destinations that a route may not have`(destination: String, code: String) {
        test.fail("CreateRouteEntry", request(destination, ["NextHopId": instance]), 400, code)
    }

    @Test func `a single address and everything are destinations`() {
        test.succeed("CreateRouteEntry", request("10.1.2.3", ["NextHopId": instance]))
        test.clock.advance(seconds: 3)
        test.succeed("CreateRouteEntry", request("0.0.0.0/0", ["NextHopId": instance]))
        #expect(entries.contains { Optional($0)?["DestinationCidrBlock"].text == "10.1.2.3/32" })
        test.fail(
            "CreateNatGateway", ["RegionId": "cn-hangzhou", "VpcId": network.vpc], 400, "RouterEntryConflict.Duplicated")
    }

    @Test func `next hops must exist and belong to the VPC`() {
        let other = test.calling("ecs").instance(named: "web-1")
        for (more, status, code) in [
            ([:], 400, "InvalidNexthopTypeAndList.BothNull"), (["NextHopId": "i-none"], 404, "InvalidInstanceId.NotFound"),
            (["NextHopId": other], 404, "InvalidNextHopId.NotFound"),
            (["NextHopId": "ri-none", "NextHopType": "RouterInterface"], 400, "InvalidRouterInterface"),
            (["NextHopId": "havip-none", "NextHopType": "HaVip"], 404, "InvalidHaVipId.NotFound"),
            (["NextHopId": "vpn-none", "NextHopType": "VpnGateway"], 404, "InvalidNextHopId.NotFound"),
            (["NextHopList.1.NextHopType": "RouterInterface", "NextHopList.1.NextHopId": "ri-1"], 400, "InvalidNexthopListSize"),
        ] as [([String: String], Int, String)] {
            test.fail("CreateRouteEntry", request("10.1.0.0/16", more), status, code)
        }
        test.fail(
            "CreateRouteEntry", ["RouteTableId": "vtb-none", "DestinationCidrBlock": "10.1.0.0/16", "NextHopId": instance], 404,
            "InvalidRouteTableId.NotFound")
    }

    @Test func `five routes to HaVips, and 48 in all`() {
        let haVip = test.succeed("CreateHaVip", ["RegionId": "cn-hangzhou", "VSwitchId": vSwitch]).text("HaVipId")
        let hop = ["NextHopId": haVip, "NextHopType": "HaVip"]
        test.fail("CreateRouteEntry", request("10.1.0.0/16", hop), 400, "IncorrectHaVipStatus")
        test.clock.advance(seconds: 5)
        for number in 1...5 {
            test.succeed("CreateRouteEntry", request("10.\(number).0.0/16", hop))
            test.clock.advance(seconds: 3)
        }
        test.fail("CreateRouteEntry", request("10.9.0.0/16", hop), 400, "CountLimitExceed.HaVipRouteEntry")
        test.fail(
            "DeleteHaVip", ["RegionId": "cn-hangzhou", "HaVipId": haVip], 400, "DependencyViolation.HaVipReferedByRouteEntry")
        for number in 10...52 {
            test.succeed("CreateRouteEntry", request("10.\(number).0.0/16", ["NextHopId": instance]))
            test.clock.advance(seconds: 3)
        }
        test.fail("CreateRouteEntry", request("10.99.0.0/16", ["NextHopId": instance]), 400, "QuotaExceeded")
    }
}
