import Testing

@testable import Simulator

/// Leased lines, the routers at their ends, and links between routers.
@Suite struct LineStoryTests {
    private let test: TestCloud
    private let region = ["RegionId": "cn-hangzhou"]

    init() throws { test = try .network() }

    private func with(_ more: [String: String]) -> [String: String] { region.merging(more) { $1 } }

    private func apply(_ token: String, _ more: [String: String] = [:]) -> [String: String] {
        with([
            "AccessPointId": "ap-cn-hangzhou-A", "LineOperator": "CT", "PeerLocation": "the office", "ClientToken": token,
        ]).merging(more) { $1 }
    }

    private func status(_ line: String) -> String {
        test.succeed("DescribePhysicalConnections", with(["Filter.1.Key": "PhysicalConnectionId", "Filter.1.Value.1": line]))
            .text("PhysicalConnectionSet.PhysicalConnectionType.0.Status")
    }

    /// A line that is in use.
    private func enabledLine() -> String {
        let id = test.succeed("CreatePhysicalConnection", apply("made")).text("PhysicalConnectionId")
        test.clock.advance(seconds: 120)
        test.succeed("EnablePhysicalConnection", with(["PhysicalConnectionId": id, "ClientToken": "enabled"]))
        return id
    }

    private func border(_ line: String, _ vlan: String, _ more: [String: String] = [:]) -> [String: String] {
        with([
            "PhysicalConnectionId": line, "VlanId": vlan, "LocalGatewayIp": "10.10.0.1", "PeerGatewayIp": "10.10.0.2",
            "PeeringSubnetMask": "255.255.255.252", "ClientToken": "vbr-\(vlan)",
        ]).merging(more) { $1 }
    }

    @Test func `an application passes through the vendor's hands`() {
        let id = test.succeed("CreatePhysicalConnection", apply("a")).text("PhysicalConnectionId")
        let named = with(["PhysicalConnectionId": id])
        var seen: [String] = []
        for _ in 0..<12 {
            if seen.last != status(id) { seen.append(status(id)) }
            test.clock.advance(seconds: 9)
        }
        #expect(seen == ["Initial", "Approved", "Allocating", "Allocated", "Confirmed"])
        test.fail("TerminatePhysicalConnection", named, 400, "Forbidden.NotAllowedInState")
        test.succeed("EnablePhysicalConnection", named.merging(["ClientToken": "e"]) { $1 })
        test.fail("CancelPhysicalConnection", named, 400, "Forbidden.NotAllowedInState")
        test.fail("DeletePhysicalConnection", named, 400, "Forbidden.NotAllowedInState")
        test.succeed("TerminatePhysicalConnection", named)
        #expect(status(id) == "Terminating")
        test.clock.advance(seconds: 10)
        test.fail("ModifyPhysicalConnectionAttribute", named.merging(["Name": "x"]) { $1 }, 400, "InvalidStatus")
        test.succeed("DeletePhysicalConnection", named)
        test.fail("DeletePhysicalConnection", named, 404, "InvalidPhysicalConnectionId.NotFound")
    }

    @Test func `what a port cannot carry is rejected, and can be applied for anew`() {
        let id = test.succeed("CreatePhysicalConnection", apply("a", ["bandwidth": "5000"])).text("PhysicalConnectionId")
        test.clock.advance(seconds: 40)
        #expect(status(id) == "Rejected")
        test.succeed("ModifyPhysicalConnectionAttribute", with(["PhysicalConnectionId": id, "PortType": "10GBase-LR"]))
        #expect(status(id) == "Initial")
        test.clock.advance(seconds: 120)
        #expect(status(id) == "Confirmed")
        test.succeed("CancelPhysicalConnection", with(["PhysicalConnectionId": id]))
        #expect(status(id) == "Canceled")
    }

    @Test func `applications have limits`() {
        for (more, status, code) in [
            (["AccessPointId": "ap-none"], 404, "InvalidAccessPointId.NotFound"),
            (["AccessPointId": "ap-cn-hangzhou-C"], 400, "InvalidAccessPointId.NotEnabled"),
            (["Bandwidth": "1"], 400, "InvalidBandwidth"), (["LineOperator": "XX"], 400, "InvalidLineOperator.Malformed"),
            (["PeerLocation": "x"], 400, "InvalidPeerLocation.Malformed"), (["PortType": "E1"], 400, "InvalidPortType.Malformed"),
            (["RedundantPhysicalConnectionId": "pc-none"], 404, "InvalidRedundantPhysicalConnectionId.NotFound"),
        ] as [([String: String], Int, String)] { test.fail("CreatePhysicalConnection", apply("x", more), status, code) }
        for number in 0..<5 { test.succeed("CreatePhysicalConnection", apply("n\(number)")) }
        test.fail("CreatePhysicalConnection", apply("n6"), 400, "QuotaExceeded.freePconnPerAP")
        let points = test.succeed("DescribeAccessPoints", with(["PageNumber": "9", "PageSize": "2"]))
        #expect(points.text("PageNumber") == "2" && points.list("AccessPointSet.AccessPointType").count == 1)
        test.fail(
            "DescribePhysicalConnections", with(["Filter.1.Key": "Colour", "Filter.1.Value.1": "x"]), 404,
            "InvalidFilterKey.ValueNotSupported")
    }

    @Test func `routers end a line, each in its VLAN`() {
        let line = enabledLine()
        for (more, status, code) in [
            (["LocalGatewayIp": ""], 400, "MissingParameter"), (["PeerGatewayIp": "10.10.0.9"], 400, "InvalidIp.NotSameSubnet"),
            (["PeeringSubnetMask": "255.0.255.0"], 400, "InvalidPeeringSubnetMask.Malformed"),
            (["PeeringSubnetMask": "31"], 400, "InvalidPeeringSubnetMask.Malformed"),
            (["VlanId": "3000"], 400, "InvalidVlanId.Malformed"),
            (["VbrOwnerId": "9876543210987654"], 403, "Forbidden.LocalGatewayIpNotAllowedByCaller"),
            (["VbrOwnerId": "somebody"], 404, "InvalidVbrOwnerId.NotFound"),
        ] as [([String: String], Int, String)] {
            test.fail("CreateVirtualBorderRouter", border(line, "10", more), status, code)
        }
        let first = test.succeed("CreateVirtualBorderRouter", border(line, "10")).text("VbrId")
        test.fail("CreateVirtualBorderRouter", border(line, "10", ["ClientToken": "again"]), 400, "InvalidVlanId.Used")
        let others = test.succeed(
            "CreateVirtualBorderRouter",
            with([
                "PhysicalConnectionId": line, "VlanId": "11", "VbrOwnerId": "9876543210987654", "ClientToken": "t",
            ])
        ).text("VbrId")
        test.fail("CreateVirtualBorderRouter", border(line, "12"), 400, "QuotaExceeded.vbrPerConn")
        #expect(test.succeed("DescribeVirtualBorderRouters", region).text("TotalCount") == "1")
        let all = test.succeed("DescribeVirtualBorderRoutersForPhysicalConnection", with(["PhysicalConnectionId": line]))
        #expect(all.text("TotalCount") == "2")
        test.fail("TerminatePhysicalConnection", with(["PhysicalConnectionId": line]), 400, "Forbidden.VbrAttached")
        test.succeed("DeleteVirtualBorderRouter", with(["VbrId": others]))
        test.succeed("TerminateVirtualBorderRouter", with(["VbrId": first]))
        test.fail("RecoverVirtualBorderRouter", with(["VbrId": first]), 400, "InvalidOperation.OperationNotAllowedInState")
        test.clock.advance(seconds: 10)
        // For a week the VLAN stays the router's own.
        test.fail("CreateVirtualBorderRouter", border(line, "10", ["ClientToken": "b"]), 400, "InvalidVlanId.Used")
        test.clock.advance(seconds: 8 * 86_400)
        let second = test.succeed("CreateVirtualBorderRouter", border(line, "10", ["ClientToken": "c"])).text("VbrId")
        test.fail("RecoverVirtualBorderRouter", with(["VbrId": first]), 400, "OperationFailed.VlanIdAlreadyInUse")
        test.succeed("ModifyVirtualBorderRouterAttribute", with(["VBRId": second, "VlanId": "20", "PeeringSubnetMask": "24"]))
        test.succeed("RecoverVirtualBorderRouter", with(["VbrId": first]))
        test.clock.advance(seconds: 10)
        let shown = test.succeed("DescribeVirtualBorderRouters", with(["Filter.1.Key": "VbrId", "Filter.1.Value.1": first]))
        #expect(shown.text("VirtualBorderRouterSet.VirtualBorderRouterType.0.Status") == "Enabled")
        #expect(shown.text("VirtualBorderRouterSet.VirtualBorderRouterType.0.PhysicalConnectionStatus") == "Enabled")
    }

    private func end(_ router: String, _ role: String, _ more: [String: String] = [:]) -> String {
        test.succeed(
            "CreateRouterInterface",
            with([
                "RouterType": "VRouter", "RouterId": router, "Role": role, "OppositeRegionId": "cn-hangzhou",
                "Spec": role == "InitiatingSide" ? "Small.1" : "Negative",
            ]).merging(more) { $1 }
        ).text("RouterInterfaceId")
    }

    private func link(_ interface: String) -> String {
        test.succeed("DescribeRouterInterfaces", with(["Filter.1.Key": "RouterInterfaceId", "Filter.1.Value.1": interface]))
            .text("RouterInterfaceSet.RouterInterfaceType.0.Status")
    }

    @Test func `two ends that name each other are linked`() {
        let left = test.makeVpc()
        let right = test.makeVpc("10.0.0.0/16")
        let from = end(left.router, "InitiatingSide")
        let named = with(["RouterInterfaceId": from])
        test.fail("ConnectRouterInterface", named, 400, "IncorrectOppositeInterfaceInfo.NotSet")
        let to = end(right.router, "AcceptingSide")
        let owner = "1234567890123456"
        let told = ["OppositeRouterId": right.router, "OppositeInterfaceId": to, "OppositeInterfaceOwnerId": owner]
        test.succeed("ModifyRouterInterfaceAttribute", named.merging(told) { $1 })
        test.fail("ConnectRouterInterface", named, 403, "RejectedByOppositeInterface")
        test.fail("ConnectRouterInterface", with(["RouterInterfaceId": to]), 400, "IncorrectRole.NotInitiatingSide")
        test.succeed(
            "ModifyRouterInterfaceAttribute",
            with([
                "RouterInterfaceId": to, "OppositeRouterId": left.router, "OppositeInterfaceId": from,
                "OppositeInterfaceOwnerId": owner,
            ]))
        test.succeed("ConnectRouterInterface", named)
        #expect(link(from) == "Connecting" && link(to) == "AcceptingConnect")
        test.fail("ModifyRouterInterfaceAttribute", named.merging(["Name": "x1"]) { $1 }, 400, "IncorrectStatus")
        test.clock.advance(seconds: 10)
        #expect(link(from) == "Active" && link(to) == "Active")
        test.fail("ModifyRouterInterfaceAttribute", named.merging(told) { $1 }, 400, "IncorrectStatus")
        test.fail("ActivateRouterInterface", named, 400, "IncorrectStatus")
        let route = ["RouteTableId": left.table, "DestinationCidrBlock": "10.0.0.0/16", "NextHopId": from]
        test.succeed("CreateRouteEntry", route.merging(["NextHopType": "RouterInterface"]) { $1 })
        test.fail("DeleteRouterInterface", named, 400, "IncorrectStatus")
        test.succeed("DeactivateRouterInterface", named)
        #expect(link(from) == "Deactivating")
        test.clock.advance(seconds: 5)
        test.fail("DeleteRouterInterface", named, 400, "DependencyViolation.RouterInterfaceReferedByRouteEntry")
        test.succeed("ActivateRouterInterface", named)
        test.clock.advance(seconds: 5)
        test.succeed("DeactivateRouterInterface", named)
        test.clock.advance(seconds: 5)
        test.succeed("DeleteRouteEntry", route)
        test.succeed("ModifyRouterInterfaceSpec", named.merging(["Spec": "Large.2"]) { $1 })
        test.succeed("DeleteRouterInterface", named)
        test.fail("DeleteRouterInterface", named, 404, "InvalidInstanceId.NotFound")
        test.fail("DeleteVpc", ["VpcId": right.vpc], 400, "DependencyViolation.Instance")
    }

    @Test func `interfaces have rules for their ends, and limits`() {
        let network = test.makeVpc()
        let request = { (more: [String: String]) in
            with([
                "RouterType": "VRouter", "RouterId": network.router, "Role": "InitiatingSide", "OppositeRegionId": "cn-shanghai",
                "Spec": "Small.1",
            ]).merging(more) { $1 }
        }
        for (more, status, code) in [
            (["RouterId": "vrt-none"], 404, "InvalidRouterId.NotFound"), (["Spec": "much"], 400, "InvalidSpec.ValueNotSupported"),
            (["Spec": "Negative"], 400, "ParameterMismatch.Role-Spec"), (["Role": "Both"], 400, "InvalidRole.ValueNotSupported"),
            (["OppositeRegionId": "cn-none"], 404, "InvalidOppositeRegionId.NotFound"),
            (["AccessPointId": "ap-cn-hangzhou-A"], 500, "InvalidAccessPoint.ValueNotAllowed"),
            (["OppositeAccessPointId": "ap-cn-hangzhou-A"], 500, "InvalidAccessPoint.ValueNotAllowed"),
            (["OppositeRouterType": "VBR"], 400, "InvalidRole.ValueNotSupported"),
        ] as [([String: String], Int, String)] { test.fail("CreateRouterInterface", request(more), status, code) }
        for _ in 0..<5 { test.succeed("CreateRouterInterface", request([:])) }
        test.fail("CreateRouterInterface", request([:]), 400, "LimitationExceed.InterfaceNumberOnRouter")
        let other = test.makeVpc("10.0.0.0/16")
        test.fail("CreateRouterInterface", request(["RouterId": other.router]), 400, "QuotaExceed.RouterInterface")
    }

    @Test func `a line reaches a VPC over a router and two interfaces`() {
        let network = test.makeVpc()
        let router = test.succeed("CreateVirtualBorderRouter", border(enabledLine(), "10")).text("VbrId")
        let opposite = ["OppositeRouterId": network.router, "OppositeInterfaceOwnerId": "1234567890123456"]
        let lineEnd = test.succeed(
            "CreateRouterInterface",
            with([
                "RouterType": "VBR", "RouterId": router, "AccessPointId": "ap-cn-hangzhou-A", "Role": "InitiatingSide",
                "OppositeRegionId": "cn-hangzhou", "Spec": "Small.1",
            ]).merging(opposite) { $1 }
        ).text("RouterInterfaceId")
        let vpcEnd = end(
            network.router, "AcceptingSide",
            [
                "OppositeRouterType": "VBR", "OppositeAccessPointId": "ap-cn-hangzhou-A", "OppositeRouterId": router,
                "OppositeInterfaceId": lineEnd, "OppositeInterfaceOwnerId": "1234567890123456",
                "HealthCheckSourceIp": "192.168.0.9",
                "HealthCheckTargetIp": "10.10.0.2",
            ])
        test.succeed("ModifyRouterInterfaceAttribute", with(["RouterInterfaceId": lineEnd, "OppositeInterfaceId": vpcEnd]))
        test.succeed("ConnectRouterInterface", with(["RouterInterfaceId": lineEnd]))
        test.clock.advance(seconds: 10)
        #expect(link(vpcEnd) == "Active")
        let shown = test.succeed("DescribeVirtualBorderRouters", region)
        let table = shown.text("VirtualBorderRouterSet.VirtualBorderRouterType.0.RouteTableId")
        let route = ["RouteTableId": table, "DestinationCidrBlock": "192.168.0.0/16", "NextHopId": lineEnd]
        test.fail("CreateRouteEntry", route, 400, "InvalidRouterInterface")
        test.succeed("CreateRouteEntry", route.merging(["NextHopType": "RouterInterface"]) { $1 })
        #expect(test.succeed("DescribeRouteTables", ["RouterType": "VBR", "RouterId": router]).text("TotalCount") == "1")
        test.fail("DeleteVirtualBorderRouter", with(["VbrId": router]), 400, "InvalidOperation.RouterInterfaceNotDeleted")
        test.fail(
            "ModifyRouterInterfaceAttribute", with(["RouterInterfaceId": vpcEnd, "HealthCheckSourceIp": "192.168.0.9"]), 400,
            "InvalidParam.ModifyRouterInterface")
    }
}
