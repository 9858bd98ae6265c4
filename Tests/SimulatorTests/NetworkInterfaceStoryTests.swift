import Testing

@testable import Simulator

@Suite struct NetworkInterfaceStoryTests {
    private static let zone = "cn-hangzhou-h"

    private func parameters(_ test: TestCloud, _ more: [String: String] = [:]) -> [String: String] {
        [
            "RegionId": "cn-hangzhou", "VSwitchId": test.vSwitch(in: Self.zone),
            "SecurityGroupId": test.group(named: "web"),
        ].merging(more) { $1 }
    }

    /// A new, available interface.
    private func newInterface(_ test: TestCloud, _ more: [String: String] = [:]) -> String {
        let id = test.succeed("CreateNetworkInterface", parameters(test, more)).text("NetworkInterfaceId")
        #expect(state(of: id, test) == "Creating")
        test.clock.advance(seconds: 5)
        #expect(state(of: id, test) == "Available")
        return id
    }

    private func find(_ id: String, _ test: TestCloud) -> Reply {
        let found = test.succeed("DescribeNetworkInterfaces", ["RegionId": "cn-hangzhou", "NetworkInterfaceId.1": id])
        var reply = found
        reply.body = found["NetworkInterfaceSets.NetworkInterfaceSet.0"] ?? .null
        return reply
    }

    private func state(of id: String, _ test: TestCloud) -> String { find(id, test).text("Status") }

    private func call(_ interface: String, _ instance: String? = nil) -> [String: String] {
        var parameters = ["RegionId": "cn-hangzhou", "NetworkInterfaceId": interface]
        parameters["InstanceId"] = instance
        return parameters
    }

    @Test func attachDetachDelete() throws {
        let test = try TestCloud()
        let id = newInterface(test)
        let instance = test.instance(named: "web-1")
        test.fail("DetachNetworkInterface", call(id, instance), 400, "InvalidOperation.InvalidEniState")
        test.succeed("AttachNetworkInterface", call(id, instance))
        #expect(state(of: id, test) == "Attaching")
        test.fail("DetachNetworkInterface", call(id, instance), 400, "InvalidOperation.InvalidEniState")
        test.fail("ModifyNetworkInterfaceAttribute", call(id), 400, "InvalidOperation.InvalidEniState")
        test.clock.advance(seconds: 5)
        #expect(find(id, test).text("InstanceId") == instance)
        #expect(find(id, test).text("Attachment.DeviceIndex") == "1")
        test.fail("AttachNetworkInterface", call(id, instance), 400, "InvalidOperation.InvalidEniState")
        test.fail("DeleteNetworkInterface", call(id), 400, "InvalidOperation.InvalidEniState")
        test.fail("DetachNetworkInterface", call(id, test.instance(named: "web-2")), 400, "InvalidParameter")
        test.succeed("DetachNetworkInterface", call(id, instance))
        test.clock.advance(seconds: 4)
        test.succeed("DetachNetworkInterface", call(id, instance))
        #expect(state(of: id, test) == "Detaching")
        test.clock.advance(seconds: 1)
        #expect(state(of: id, test) == "Available" && find(id, test).text("InstanceId").isEmpty)
        #expect(find(id, test).text("Attachment.DeviceIndex") == "0")
        test.succeed("DeleteNetworkInterface", call(id))
        #expect(state(of: id, test) == "Deleting")
        test.fail("DeleteNetworkInterface", call(id), 400, "InvalidOperation.InvalidEniState")
        test.clock.advance(seconds: 1)
        test.fail("DeleteNetworkInterface", call(id), 404, "InvalidEniId.NotFound")
        #expect(find(id, test).body == .null)
    }

    @Test func attachmentsThatAreRefused() throws {
        let test = try TestCloud()
        let id = newInterface(test)
        test.fail("AttachNetworkInterface", call("eni-none", test.instance(named: "web-1")), 404, "InvalidEniId.NotFound")
        test.fail("AttachNetworkInterface", call(id, "i-none"), 404, "InvalidEcsId.NotFound")
        test.fail(
            "AttachNetworkInterface", call(id, test.instance(named: "web-2")), 403,
            "InvalidOperation.AvailabilityZoneMismatch")
        test.fail("AttachNetworkInterface", call(id, test.instance(named: "bastion")), 403, "EniPerInstanceLimitExceeded")
        let instance = test.instance(named: "web-1")
        let many = newInterface(test, ["SecondaryPrivateIpAddressCount": "6"])
        test.fail("AttachNetworkInterface", call(many, instance), 403, "InvalidOperation.Ipv4CountExceeded")
        let vpc = test.addVpc()
        let group = test.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": vpc]).text("SecurityGroupId")
        let foreign = newInterface(
            test,
            [
                "VSwitchId": test.addVSwitch(to: vpc, zone: Self.zone, "192.168.0.0/24"), "SecurityGroupId": group,
            ])
        test.fail("AttachNetworkInterface", call(foreign, instance), 403, "InvalidOperation.VpcMismatch")
        test.succeed("StopInstance", ["InstanceId": instance])
        test.fail("AttachNetworkInterface", call(id, instance), 400, "InvalidOperation.InvalidEcsState")
        test.clock.advance(seconds: 60)
        test.succeed("AttachNetworkInterface", call(id, instance))
        test.clock.advance(seconds: 60)
        let second = newInterface(test)
        test.fail("AttachNetworkInterface", call(second, instance), 403, "EniPerInstanceLimitExceeded")
    }

    @Test func primaryInterfacesStayWithTheirInstances() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "web-1")
        let found = test.succeed("DescribeNetworkInterfaces", ["RegionId": "cn-hangzhou", "InstanceId": instance])
        let id = found.text("NetworkInterfaceSets.NetworkInterfaceSet.0.NetworkInterfaceId")
        #expect(found.text("TotalCount") == "1" && find(id, test).text("Type") == "Primary")
        #expect(find(id, test).text("Attachment.DeviceIndex") == "0")
        test.fail("DetachNetworkInterface", call(id, instance), 400, "InvalidOperation.DetachPrimaryEniNotAllowed")
        test.fail("DeleteNetworkInterface", call(id), 403, "InvalidOperation.InvalidEniType")
        test.fail("AttachNetworkInterface", call(id, instance), 403, "InvalidOperation.InvalidEniType")
        let groups = ["SecurityGroupId.1": test.group(named: "database")]
        test.fail(
            "ModifyNetworkInterfaceAttribute", call(id).merging(groups) { $1 }, 403, "InvalidOperation.InvalidEniType")
        let join = ["NetworkInterfaceId": id, "SecurityGroupId": test.group(named: "database"), "RegionId": "cn-hangzhou"]
        test.fail("JoinSecurityGroup", join, 403, "InvalidOperation.InvalidEniType")
        test.succeed("ModifyNetworkInterfaceAttribute", call(id).merging(["NetworkInterfaceName": "front"]) { $1 })
        #expect(find(id, test).text("NetworkInterfaceName") == "front")
    }

    @Test(arguments: [
        (["VSwitchId": "vsw-none"], 404, "InvalidVSwitchId.NotFound"), (["SecurityGroupId": ""], 400, "MissingParameter"),
        (["SecurityGroupIds.1": "sg-none"], 400, "InvalidParameter.Conflict"),
        (["SecurityGroupId": "sg-none"], 404, "InvalidSecurityGroupId.NotFound"),
        (["PrimaryIpAddress": "10.0.0"], 400, "InvalidParameter"), (["PrimaryIpAddress": "::1"], 403, "InvalidIp.Address"),
        (["PrimaryIpAddress": "10.0.0.1"], 403, "InvalidVSwitchId.IpInvalid"),
        (["PrimaryIpAddress": "172.16.0.0"], 403, "InvalidVSwitchId.IpInvalid"),
        (["PrimaryIpAddress": "172.16.0.1"], 400, "InvalidPrivateIpAddress.Duplicated"),
        (["PrimaryIpAddress": "172.16.9.9", "PrivateIpAddress.1": "172.16.9.9"], 403, "InvalidIp.IpRepeated"),
        (["PrivateIpAddress.1": "172.16.9.9", "SecondaryPrivateIpAddressCount": "1"], 400, "InvalidParameter.Conflict"),
        (["SecondaryPrivateIpAddressCount": "50"], 400, "InvalidParameter"),
        (["Ipv6AddressCount": "1"], 400, "InvalidParameter"),
        (["InstanceType": "Trunk"], 403, "InvalidUserType.NotSupported"),
        (["NetworkInterfaceName": "9"], 400, "InvalidParameter"), (["Description": "x"], 400, "InvalidParameter"),
        (["Tag.1.Key": "a", "Tag.2.Key": "a"], 400, "Duplicate.TagKey"),
        (["RegionId": "mars"], 404, "InvalidRegionId.NotFound"),
        (["RegionId": "cn-beijing"], 404, "InvalidVSwitchId.NotFound"),
    ])
    func createWith(change: [String: String], status: Int, code: String) throws {
        let test = try TestCloud()
        test.fail("CreateNetworkInterface", parameters(test, change), status, code)
    }

    @Test func addressesAreGivenOnceAndComeBack() throws {
        let test = try TestCloud()
        let vSwitch = test.addVSwitch(to: test.vpc, zone: Self.zone, "172.17.0.0/29")
        // Eight addresses, of which the cloud keeps the first and the last three.
        let id = newInterface(
            test, ["VSwitchId": vSwitch, "PrivateIpAddress.1": "172.17.0.2", "SecondaryPrivateIpAddressCount": ""])
        let sets = find(id, test).list("PrivateIpSets.PrivateIpSet")
        #expect(sets.map { Optional($0)?["PrivateIpAddress"].text } == ["172.17.0.1", "172.17.0.2"])
        #expect(sets.map { Optional($0)?["Primary"].text } == ["true", "false"])
        let last = newInterface(test, ["VSwitchId": vSwitch, "SecondaryPrivateIpAddressCount": "1"])
        #expect(find(last, test).text("PrivateIpAddress") == "172.17.0.3")
        test.fail("CreateNetworkInterface", parameters(test, ["VSwitchId": vSwitch]), 403, "InvalidVSwitchId.IpNotEnough")
        test.succeed("DeleteNetworkInterface", call(id))
        test.clock.advance(seconds: 1)
        #expect(find(newInterface(test, ["VSwitchId": vSwitch]), test).text("PrivateIpAddress") == "172.17.0.1")
    }

    @Test func whatGoesWithItsInstance() throws {
        let test = try TestCloud()
        let instance = test.stopped()
        let kept = newInterface(test, ["DeleteOnRelease": "false"])
        test.succeed("AttachNetworkInterface", call(kept, instance))
        test.clock.advance(seconds: 10)
        test.succeed("DeleteInstance", ["InstanceId": instance])
        #expect(state(of: kept, test) == "Available" && find(kept, test).text("InstanceId").isEmpty)
        let second = test.stopped()
        let gone = newInterface(test)
        test.succeed("AttachNetworkInterface", call(gone, second))
        test.clock.advance(seconds: 10)
        test.succeed("DeleteInstance", ["InstanceId": second])
        #expect(find(gone, test).body == .null)
    }

    @Test func anInterfaceThatWasTakenOffOutlivesItsFormerInstance() throws {
        let test = try TestCloud()
        let instance = test.stopped()
        let id = newInterface(test)
        test.succeed("AttachNetworkInterface", call(id, instance))
        test.clock.advance(seconds: 10)
        test.succeed("DetachNetworkInterface", call(id, instance))
        test.clock.advance(seconds: 10)
        test.succeed("DeleteInstance", ["InstanceId": instance])
        #expect(state(of: id, test) == "Available")
    }

    @Test func groupsOfAnInterface() throws {
        let test = try TestCloud()
        let id = newInterface(test)
        let groups = (0..<5).map { _ in
            test.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": test.vpc]).text("SecurityGroupId")
        }
        func join(_ group: String) -> [String: String] { call(id).merging(["SecurityGroupId": group]) { $1 } }
        var noRegion = join(groups[0])
        noRegion["RegionId"] = nil
        test.fail("JoinSecurityGroup", noRegion, 400, "MissingParameter.RegionId")
        test.fail(
            "JoinSecurityGroup", join(groups[0]).merging(["InstanceId": "i-1"]) { $1 }, 403,
            "InvalidParam.EniIdAndInstanceId.Conflict")
        for group in groups.dropLast() { test.succeed("JoinSecurityGroup", join(group)) }
        test.fail("JoinSecurityGroup", join(groups[4]), 403, "AclLimitExceed")
        test.fail(
            "DeleteSecurityGroup", ["RegionId": "cn-hangzhou", "SecurityGroupId": groups[0]], 403, "DependencyViolation")
        test.succeed("ModifyNetworkInterfaceAttribute", call(id).merging(["SecurityGroupId.1": groups[4]]) { $1 })
        #expect(find(id, test).list("SecurityGroupIds.SecurityGroupId").map { Optional($0).text } == [groups[4]])
        test.fail("LeaveSecurityGroup", join(groups[4]), 403, "InstanceLastSecurityGroup")
        test.succeed("DeleteSecurityGroup", ["RegionId": "cn-hangzhou", "SecurityGroupId": groups[0]])
        test.succeed("DeleteNetworkInterface", call(id))
        test.clock.advance(seconds: 1)
        test.succeed("DeleteSecurityGroup", ["RegionId": "cn-hangzhou", "SecurityGroupId": groups[4]])
    }

    @Test func filtersAndPages() throws {
        let test = try TestCloud()
        let id = newInterface(
            test, ["NetworkInterfaceName": "spare", "Tag.1.Key": "a", "PrivateIpAddress.1": "172.16.9.9"])
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeNetworkInterfaces", ["RegionId": "cn-hangzhou"].merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "13" && count(["Type": "Secondary"]) == "1" && count(["Status": "InUse"]) == "12")
        #expect(count(["NetworkInterfaceName": "spare"]) == "1" && count(["Tag.1.Key": "a"]) == "1")
        #expect(count(["PrivateIpAddress.1": "172.16.9.9"]) == "1" && count(["PrimaryIpAddress": "172.16.9.9"]) == "0")
        #expect(count(["NetworkInterfaceId.1": id, "NetworkInterfaceId.2": "eni-none"]) == "1")
        #expect(count(["ServiceManaged": "true"]) == "0" && count(["VpcId": test.vpc]) == "13")
        let page = test.succeed("DescribeNetworkInterfaces", ["RegionId": "cn-hangzhou", "MaxResults": "10"])
        let rest = test.succeed(
            "DescribeNetworkInterfaces",
            ["RegionId": "cn-hangzhou", "MaxResults": "10", "NextToken": page.text("NextToken")])
        #expect(page.list("NetworkInterfaceSets.NetworkInterfaceSet").count == 10)
        #expect(rest.list("NetworkInterfaceSets.NetworkInterfaceSet").count == 3)
    }
}
