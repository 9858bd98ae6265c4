import Testing

@testable import Simulator

@Suite struct HaVipStoryTests {
    private let test: TestCloud
    private let region = ["RegionId": "cn-hangzhou"]

    init() throws { test = try .network() }

    private func with(_ more: [String: String]) -> [String: String] { region.merging(more) { $1 } }

    @Test func `an address moves between two instances`() {
        let network = test.makeVpc()
        let vSwitch = test.makeVSwitch(network.vpc)
        let instances = (0..<3).map { _ in test.makeInstance(in: vSwitch, network.vpc) }
        let id = test.succeed("CreateHaVip", with(["VSwitchId": vSwitch, "IpAddress": "192.168.1.100"])).text("HaVipId")
        let named = with(["HaVipId": id])
        let bind = { (instance: String) in named.merging(["InstanceId": instance]) { $1 } }
        test.fail("AssociateHaVip", bind(instances[0]), 400, "IncorrectHaVipStatus")
        test.clock.advance(seconds: 5)
        test.fail("AssociateHaVip", bind(test.calling("ecs").instance(named: "web-1")), 400, "InvalidVSwitchId.NotMatch")
        for instance in instances.prefix(2) {
            test.succeed("AssociateHaVip", bind(instance))
            test.clock.advance(seconds: 5)
        }
        test.fail("AssociateHaVip", bind(instances[1]), 400, "InvalidAssociation.Duplicated")
        test.fail("AssociateHaVip", bind(instances[2]), 400, "CountLimitExceeded.HaVipOnECSInstance")
        let eip = test.boundEip(to: id, "HaVip")
        let shown = test.succeed("DescribeHaVips", with(["Filter.1.Key": "HaVipId", "Filter.1.Value.1": id]))
        #expect(shown.text("HaVips.HaVip.0.MasterInstanceId") == instances[0] && shown.text("HaVips.HaVip.0.Status") == "InUse")
        #expect(shown.text("HaVips.HaVip.0.AssociatedEipAddresses.associatedEipAddresse.0") == eip.address)
        #expect(shown.list("HaVips.HaVip.0.AssociatedInstances.associatedInstance").count == 2)
        test.fail("DeleteHaVip", named, 400, "IncorrectStatus")
        test.succeed("UnassociateHaVip", bind(instances[0]))
        test.clock.advance(seconds: 5)
        test.fail("UnassociateHaVip", bind(instances[0]), 400, "ResourceNotAssociated")
        // An instance that goes is off by itself.
        test.calling("ecs").succeed("DeleteInstance", ["InstanceId": instances[1], "Force": "true"])
        test.fail("DeleteHaVip", named, 400, "DependencyViolation.HaVipAssociatedWithEIP")
        test.succeed("UnassociateEipAddress", ["AllocationId": eip.id, "InstanceId": id, "InstanceType": "HaVip"])
        test.clock.advance(seconds: 5)
        test.succeed("DeleteHaVip", named)
        test.fail("DeleteHaVip", named, 404, "InvalidHaVipId.NotFound")
    }

    @Test(arguments: [
        ("192.168.1.1", "InvalidIPAddress.AlreadyUsed"), ("192.168.1.0", "InvalidIPAddress.NotAvailable"),
        ("192.168.1.254", "InvalidIPAddress.NotAvailable"), ("192.168.2.9", "InvalidIPAddress.OutOfRange"),
    ])
    func `an address must be free and of the vSwitch`(address: String, code: String) {
        let vSwitch = test.makeVSwitch(test.makeVpc().vpc)
        test.succeed("CreateHaVip", with(["VSwitchId": vSwitch]))
        test.fail("CreateHaVip", with(["VSwitchId": vSwitch, "IpAddress": address]), 400, code)
        test.fail("CreateHaVip", with(["VSwitchId": "vsw-none"]), 404, "InvalidVSwitch.NotFound")
    }

    @Test func `a vSwitch with a HaVip takes no SNAT entry`() {
        let network = test.makeVpc()
        let vSwitch = test.makeVSwitch(network.vpc)
        test.succeed("CreateHaVip", with(["VSwitchId": vSwitch]))
        let nat = test.makeNat(network.vpc)
        let address = test.boundEip(to: nat.id, "Nat").address
        test.fail(
            "CreateSnatEntry", with(["SnatTableId": nat.snatTable, "SourceVSwitchId": vSwitch, "SnatIp": address]), 400,
            "Forbidden.SourceVSwitchId.IncludeHaVip")
    }
}
