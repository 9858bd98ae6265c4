import Testing

@testable import Simulator

@Suite struct NatStoryTests {
    private let test: TestCloud
    private let network: TestCloud.Network
    private let vSwitch: String
    private let nat: (id: String, forwardTable: String, snatTable: String)
    private let region = ["RegionId": "cn-hangzhou"]

    init() throws {
        test = try .network()
        network = test.makeVpc()
        vSwitch = test.makeVSwitch(network.vpc)
        nat = test.makeNat(network.vpc)
    }

    private func with(_ more: [String: String]) -> [String: String] { region.merging(more) { $1 } }

    private func forward(_ ip: String, _ port: String, _ inner: String, _ innerPort: String, _ ipProtocol: String = "TCP")
        -> [String: String]
    {
        with([
            "ForwardTableId": nat.forwardTable, "ExternalIp": ip, "ExternalPort": port, "IpProtocol": ipProtocol,
            "InternalIp": inner,
            "InternalPort": innerPort,
        ])
    }

    @Test func `a gateway brings the route to everything, and there is one in a VPC`() {
        let table = test.succeed("DescribeRouteTables", ["RouteTableId": network.table])
        #expect(table.text("RouteTables.RouteTable.0.RouteEntrys.RouteEntry.0.InstanceId") == nat.id)
        test.fail("CreateNatGateway", with(["VpcId": network.vpc]), 400, "QuotaExceeded.NatGatewayCountInOneVpc")
        test.fail("CreateNatGateway", with(["VpcId": "vpc-none"]), 404, "InvalidVpcId.NotFound")
        test.succeed("ModifyNatGatewayAttribute", with(["NatGatewayId": nat.id, "Name": "out.1"]))
        test.fail(
            "ModifyNatGatewayAttribute", with(["NatGatewayId": nat.id, "Name": "1"]), 400, "InvalidParameter.Name.Malformed")
        test.succeed("ModifyNatGatewaySpec", with(["NatGatewayId": nat.id, "Spec": "Large"]))
        test.fail(
            "ModifyNatGatewaySpec", with(["NatGatewayId": nat.id, "Spec": "Huge"]), 400, "InvalidParameter.Spec.ValueNotSupported"
        )
        let shown = test.succeed("DescribeNatGateways", with(["NatGatewayId": nat.id]))
        #expect(shown.text("NatGateways.NatGateway.0.Spec") == "Large" && shown.text("NatGateways.NatGateway.0.Name") == "out.1")
        test.succeed("DeleteNatGateway", with(["NatGatewayId": nat.id]))
        #expect(
            test.succeed("DescribeRouteTables", ["RouteTableId": network.table])
                .list("RouteTables.RouteTable.0.RouteEntrys.RouteEntry").count == 2)
    }

    @Test func `addresses serve one table at a time, and stay until nothing uses them`() {
        let out = test.boundEip(to: nat.id, "Nat")
        let into = test.boundEip(to: nat.id, "Nat")
        test.fail(
            "CreateSnatEntry", with(["SnatTableId": nat.snatTable, "SourceVSwitchId": vSwitch, "SnatIp": "203.0.113.9"]), 404,
            "InvalidSnatIp.NotFound")
        test.fail(
            "CreateSnatEntry", with(["SnatTableId": nat.snatTable, "SourceVSwitchId": vSwitch, "SnatIp": "here"]), 400,
            "InvalidSnatIp.Malformed")
        let snat = test.succeed(
            "CreateSnatEntry", with(["SnatTableId": nat.snatTable, "SourceVSwitchId": vSwitch, "SnatIp": out.address])
        ).text("SnatEntryId")
        test.fail(
            "CreateSnatEntry", with(["SnatTableId": nat.snatTable, "SourceCIDR": "192.168.1.0/26", "SnatIp": out.address]), 400,
            "IncorrectSnatEntryStatus")
        test.clock.advance(seconds: 3)
        test.fail(
            "CreateSnatEntry", with(["SnatTableId": nat.snatTable, "SourceCIDR": "192.168.1.0/26", "SnatIp": out.address]), 400,
            "Forbidden.SourceVSwitchId.Duplicated")
        test.fail(
            "CreateForwardEntry", forward(out.address, "80", "192.168.1.5", "80"), 400, "Forbidden.ExternalIpUsedInSnatTable")
        let entry = test.succeed("CreateForwardEntry", forward(into.address, "80", "192.168.1.5", "8080")).text("ForwardEntryId")
        test.fail("CreateForwardEntry", forward(into.address, "81", "192.168.1.5", "81"), 400, "IncorrectForwardEntryStatus")
        test.clock.advance(seconds: 3)
        test.fail(
            "ModifySnatEntry", with(["SnatTableId": nat.snatTable, "SnatEntryId": snat, "SnatIp": into.address]), 400,
            "Forbidden.IpUsedInForwardTable")
        let unbind = { (eip: String) in ["AllocationId": eip, "InstanceId": nat.id, "InstanceType": "Nat"] }
        test.fail("UnassociateEipAddress", unbind(out.id), 400, "InvalidIpStatus.HasBeenUsedBySnatTable")
        test.fail("UnassociateEipAddress", unbind(into.id), 400, "InvalidIpStatus.HasBeenUsedByForwardEntry")
        test.fail("DeleteNatGateway", with(["NatGatewayId": nat.id]), 400, "DependencyViolation.EIPS")
        test.fail("DeleteVSwitch", ["VSwitchId": vSwitch], 400, "DependencyViolation")
        let table = test.succeed("DescribeSnatTableEntries", with(["SnatTableId": nat.snatTable]))
        #expect(table.text("SnatTableEntries.SnatTableEntry.0.SourceCIDR") == "192.168.1.0/24")
        test.succeed("DeleteSnatEntry", with(["SnatTableId": nat.snatTable, "SnatEntryId": snat]))
        test.succeed("DeleteForwardEntry", with(["ForwardTableId": nat.forwardTable, "ForwardEntryId": entry]))
        test.succeed("UnassociateEipAddress", unbind(out.id))
        test.succeed("UnassociateEipAddress", unbind(into.id))
        test.clock.advance(seconds: 3)
        test.succeed("DeleteNatGateway", with(["NatGatewayId": nat.id]))
        test.fail("DescribeSnatTableEntries", with(["SnatTableId": nat.snatTable]), 404, "InvalidSnatTableId.NotFound")
    }

    @Test func `ports and protocol are all open or all given`() {
        let ip = test.boundEip(to: nat.id, "Nat").address
        let entry = test.succeed("CreateForwardEntry", forward(ip, "80", "192.168.1.5", "8080")).text("ForwardEntryId")
        test.clock.advance(seconds: 3)
        let shown = test.succeed("DescribeForwardTableEntries", with(["ForwardTableId": nat.forwardTable]))
        #expect(shown.text("ForwardTableEntries.ForwardTableEntry.0.IpProtocol") == "tcp")
        for (request, code) in [
            (forward(ip, "81", "192.168.1.6", "Any"), "Forbidden.PortsAndIpProtocol"),
            (forward(ip, "80", "192.168.1.6", "80"), "ForwardEntry.Duplicated.Source"),
            (forward(ip, "Any", "192.168.1.6", "Any", "Any"), "ForwardEntry.Duplicated.Source"),
            (forward(ip, "82", "192.168.1.5", "8080"), "ForwardEntry.Duplicated.Destination"),
            (forward(ip, "82", "10.0.0.1", "80"), "Forbidden.DestinationIpOutOfVpcCIDR"),
            (forward(ip, "70000", "192.168.1.6", "80"), "InvalidExternalPort.Malformed"),
            (forward(ip, "82", "inside", "80"), "InvalidInternalIp.Malformed"),
        ] { test.fail("CreateForwardEntry", request, 400, code) }
        test.fail("CreateForwardEntry", forward("203.0.113.9", "82", "192.168.1.6", "80"), 404, "InvalidExternalIp.NotFound")
        // The same port of another protocol is another source.
        test.succeed("CreateForwardEntry", forward(ip, "80", "192.168.1.6", "80", "UDP"))
        test.clock.advance(seconds: 3)
        let change = with(["ForwardTableId": nat.forwardTable, "ForwardEntryId": entry])
        test.fail("ModifyForwardEntry", change.merging(["IpProtocol": "Any"]) { $1 }, 400, "Forbidden.PortsAndIpProtocol")
        test.succeed("ModifyForwardEntry", change.merging(["InternalIp": "192.168.1.9"]) { $1 })
        test.fail("ModifyForwardEntry", change.merging(["InternalIp": "192.168.1.8"]) { $1 }, 400, "IncorretForwardEntryStatus")
        test.fail("DeleteForwardEntry", change, 400, "IncorrectForwardEntryStatus")
    }

    @Test func `packages bring addresses of their own`() {
        let other = test.makeVpc("10.0.0.0/16")
        for (more, code) in [
            (["BandwidthPackage.1.Bandwidth": "10"], "MissingParameter.BandwidthPackage.n.IpCount"),
            (["BandwidthPackage.1.IpCount": "1"], "MissingParameter.BandwidthPackage.n.Bandwidth"),
        ] { test.fail("CreateNatGateway", with(["VpcId": other.vpc]).merging(more) { $1 }, 400, code) }
        let made = test.succeed(
            "CreateNatGateway",
            with([
                "VpcId": other.vpc, "BandwidthPackage.1.IpCount": "2", "BandwidthPackage.1.Bandwidth": "50",
            ]))
        let package = made.text("BandwidthPackageIds.BandwidthPackageId.0")
        test.clock.advance(seconds: 10)
        let named = with(["BandwidthPackageId": package])
        let shown = test.succeed("DescribeBandwidthPackages", named)
        let address = shown.text("BandwidthPackages.BandwidthPackage.0.PublicIpAddresses.PublicIpAddresse.0.IpAddress")
        let addressId = shown.text("BandwidthPackages.BandwidthPackage.0.PublicIpAddresses.PublicIpAddresse.0.AllocationId")
        let table = made.text("ForwardTableIds.ForwardTableId.0")
        let entry = test.succeed(
            "CreateForwardEntry",
            with([
                "ForwardTableId": table, "ExternalIp": address, "ExternalPort": "Any", "IpProtocol": "Any",
                "InternalIp": "10.0.0.9",
                "InternalPort": "Any",
            ])
        ).text("ForwardEntryId")
        let remove = named.merging(["RemovedIpAddresses.1": addressId]) { $1 }
        test.fail("RemoveBandwidthPackageIps", remove, 400, "Forbidden.SomeIpReferredByForwardEntry")
        test.fail("DeleteBandwidthPackage", named, 400, "Forbidden.SomeIpReferredByForwardEntry")
        test.fail(
            "DeleteNatGateway", with(["NatGatewayId": made.text("NatGatewayId")]), 400, "DependencyViolation.BandwidthPackages")
        test.fail("AddBandwidthPackageIps", named.merging(["IpCount": "2"]) { $1 }, 400, "InvalidIpCount.ValueNotSupported")
        test.succeed("AddBandwidthPackageIps", named.merging(["IpCount": "3"]) { $1 })
        #expect(test.succeed("DescribeBandwidthPackages", named).text("BandwidthPackages.BandwidthPackage.0.IpCount") == "3")
        test.fail(
            "ModifyBandwidthPackageSpec", named.merging(["Bandwidth": "1"]) { $1 }, 400, "InvalidBandwidth.ValueNotSupported")
        test.succeed("ModifyBandwidthPackageSpec", named.merging(["Bandwidth": "200"]) { $1 })
        let data = test.succeed(
            "DescribeBandwidthPackagePublicIpMonitorData",
            with([
                "AllocationId": addressId, "StartTime": "2026-01-01T00:00:00Z", "EndTime": "2026-01-01T10:00:00Z",
                "Period": "600",
            ]))
        #expect(data.list("MonitorDatas.MonitorData").count == 60)
        test.clock.advance(seconds: 3)
        test.succeed("DeleteForwardEntry", with(["ForwardTableId": table, "ForwardEntryId": entry]))
        test.succeed("RemoveBandwidthPackageIps", remove)
        test.fail("RemoveBandwidthPackageIps", remove, 400, "InvalidRemovedIpAddresses.NotFound")
        test.succeed("DeleteBandwidthPackage", named)
        for _ in 0..<4 {
            test.succeed(
                "CreateBandwidthPackage", with(["NatGatewayId": made.text("NatGatewayId"), "IpCount": "1", "Bandwidth": "5"]))
        }
        test.fail(
            "CreateBandwidthPackage", with(["NatGatewayId": made.text("NatGatewayId"), "IpCount": "1", "Bandwidth": "5"]), 400,
            "QuotaExceeded.BandwidthPackageCountOnNatGateway")
    }
}
