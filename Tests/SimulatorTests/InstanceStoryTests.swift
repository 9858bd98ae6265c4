import Bytes
import Testing

@testable import Simulator

@Suite struct InstanceStoryTests {
    @Test func aNewInstanceStartsByItself() throws {
        let test = try TestCloud()
        let id = test.run()
        #expect(id.hasPrefix("i-bp1") && id.utf8.count == 22)
        var seen: [String] = []
        for _ in 0..<30 {
            let state = test.state(of: id)
            if seen.last != state { seen.append(state) }
            test.clock.advance(seconds: 1)
        }
        #expect(seen == ["Pending", "Starting", "Running"])
    }

    @Test func createInstanceLeavesItStopped() throws {
        let test = try TestCloud()
        let id = test.succeed("CreateInstance", test.runParameters()).text("InstanceId")
        #expect(test.state(of: id) == "Pending")
        test.fail("StartInstance", ["InstanceId": id], 403, "IncorrectInstanceStatus")
        test.fail("DeleteInstance", ["InstanceId": id], 403, "IncorrectInstanceStatus.Initializing")
        test.clock.advance(seconds: 10)
        #expect(test.state(of: id) == "Stopped")
        test.succeed("StartInstance", ["InstanceId": id])
        #expect(test.state(of: id) == "Starting")
        test.clock.advance(seconds: 30)
        #expect(test.state(of: id) == "Running")
    }

    @Test func stopRestartAndDelete() throws {
        let test = try TestCloud()
        let id = test.running()
        test.succeed("RebootInstance", ["InstanceId": id])
        #expect(test.state(of: id) == "Starting")
        test.fail("StopInstance", ["InstanceId": id], 403, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 60)
        test.succeed("StopInstance", ["InstanceId": id])
        #expect(test.state(of: id) == "Stopping")
        test.fail("DeleteInstance", ["InstanceId": id], 403, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 60)
        #expect(test.state(of: id) == "Stopped")
        test.succeed("DeleteInstance", ["InstanceId": id])
        test.fail("DeleteInstance", ["InstanceId": id], 404, "InvalidInstanceId.NotFound")
        let disks = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "InstanceId": id])
        #expect(disks.text("TotalCount") == "0")
    }

    /// Each action on an instance in a state that refuses it.
    @Test(arguments: [
        ("StartInstance", "Running", 403, "IncorrectInstanceStatus"),
        ("StopInstance", "Stopped", 403, "IncorrectInstanceStatus"),
        ("RebootInstance", "Stopped", 403, "IncorrectInstanceStatus"),
        ("DeleteInstance", "Running", 403, "IncorrectInstanceStatus"),
        ("DescribeInstanceVncUrl", "Stopped", 403, "IncorrectInstanceStatus"),
        ("ModifyInstanceVpcAttribute", "Running", 400, "IncorrectInstanceStatus"),
        ("ModifyInstanceSpec", "Running", 400, "InvalidInstanceStatus.NotStopped"),
    ])
    func wrongState(action: String, state: String, status: Int, code: String) throws {
        let test = try TestCloud()
        let id = state == "Running" ? test.running() : test.stopped()
        var parameters = ["InstanceId": id]
        switch action {
        case "DescribeInstanceVncUrl": parameters["RegionId"] = "cn-hangzhou"
        case "ModifyInstanceVpcAttribute": parameters["VSwitchId"] = test.runParameters()["VSwitchId"]
        case "ModifyInstanceSpec": parameters["InstanceType"] = "ecs.g6.xlarge"
        default: break
        }
        test.fail(action, parameters, status, code)
        #expect(test.state(of: id) == state)
    }

    /// RunInstances with one parameter that does not fit.
    @Test(arguments: [
        ("RegionId", "cn-nowhere", 404, "InvalidRegionId.NotFound"),
        ("ImageId", "m-missing", 404, "InvalidImageId.NotFound"),
        ("InstanceType", "ecs.none.large", 400, "InvalidInstanceType.ValueNotSupported"),
        ("InstanceType", "ecs.t1.small", 0, ""),
        ("InstanceType", "ecs.g8y.large", 403, "InvalidInstanceType.ZoneNotSupported"),
        ("VSwitchId", "vsw-missing", 404, "InvalidVSwitchId.NotFound"),
        ("SecurityGroupId", "sg-missing", 400, "InvalidSecurityGroupId.NotFound"),
        ("ZoneId", "cn-hangzhou-i", 400, "InvalidParameter.Mismatch"),
        ("ZoneId", "cn-beijing-f", 404, "InvalidZoneId.NotFound"),
        ("PrivateIpAddress", "10.0.0.1", 400, "InvalidPrivateIpAddress"),
        ("PrivateIpAddress", "172.16.0.1", 400, "InvalidPrivateIpAddress.Duplicated"),
        ("KeyPairName", "missing", 404, "InvalidKeyPairName.NotFound"),
        ("RamRoleName", "missing", 404, "InvalidRamRole.NotFound"),
        ("Password", "onlyletters", 400, "InvalidPassword.Malformed"),
        ("InstanceName", "-leading", 400, "InvalidInstanceName.Malformed"),
        ("HostName", "-leading", 400, "InvalidHostName.Malformed"),
        ("UserData", "not base64", 400, "InvalidParameter"),
        ("SystemDisk.Size", "10", 404, "InvalidSystemDiskSize.LessThanImageSize"),
        ("SystemDisk.Category", "floppy", 400, "InvalidSystemDiskCategory.ValueNotSupported"),
        ("DataDisk.1.SnapshotId", "s-missing", 404, "InvalidDataDiskSnapshotId.NotFound"),
        ("AutoReleaseTime", "2026-01-02T03:10:00Z", 400, "InvalidAutoReleaseTime.Malformed"),
        ("MinAmount", "2", 400, "InvalidMinAmount.Malformed"),
        ("LaunchTemplateId", "lt-missing", 404, "InvalidLaunchTemplate.NotFound"),
        ("Amount", "101", 403, "InvalidParam.Amount"),
        ("IoOptimized", "none", 404, "DependencyViolation.IoOptimized"),
        ("IoOptimized", "maybe", 400, "InvalidParameter"),
        ("SpotStrategy", "SpotWithPriceLimit", 400, "InvalidSpotPriceLimit"),
        ("NetworkInterface.1.VSwitchId", "vsw-missing", 404, "InvalidVSwitchId.NotFound"),
        ("NetworkInterface.1.InstanceType", "Primary", 400, "InvalidParam.NetworkInterface"),
        ("NetworkInterface.1.PrimaryIpAddress", "172.16.0.1", 400, "InvalidPrivateIpAddress.Duplicated"),
        ("Tag.1.Key", "acs:reserved", 400, "InvalidTagKey.Malformed"),
        ("ClientToken", "töken", 400, "InvalidClientToken.ValueNotSupported"),
    ])
    func runWith(name: String, value: String, status: Int, code: String) throws {
        let test = try TestCloud()
        let reply = test.call("RunInstances", test.runParameters([name: value]))
        if status == 0 {
            #expect(reply.status == 200)
        } else {
            #expect(reply.status == status && reply.code == code, "\(reply.body)")
            let all = test.succeed("DescribeInstances", TestCloud.region)
            #expect(all.text("TotalCount") == "12", "a refused call made something")
        }
    }

    @Test(arguments: ["RegionId", "ImageId", "InstanceType", "SecurityGroupId", "VSwitchId"])
    func runWithout(name: String) throws {
        let test = try TestCloud()
        var parameters = test.runParameters()
        parameters[name] = nil
        let reply = test.fail("RunInstances", parameters, 400, "MissingParameter")
        #expect(reply.text("Message").contains(name))
    }

    @Test func aBatchHasNamesAndAddressesOfItsOwn() throws {
        let test = try TestCloud()
        let reply = test.succeed(
            "RunInstances",
            test.runParameters([
                "Amount": "3", "InstanceName": "node[007,4]x", "HostName": "node", "UniqueSuffix": "true",
                "DataDisk.1.Size": "40", "DataDisk.2.Size": "100", "InternetMaxBandwidthOut": "5",
            ]))
        let ids = reply.list("InstanceIdSets.InstanceIdSet").compactMap { Optional($0).text }
        #expect(ids.count == 3)
        var names: Set<String> = []
        var hosts: Set<String> = []
        var addresses: Set<String> = []
        for id in ids {
            let found = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]"])
            names.insert(found.text("Instances.Instance.0.InstanceName"))
            hosts.insert(found.text("Instances.Instance.0.HostName"))
            addresses.insert(found.text("Instances.Instance.0.VpcAttributes.PrivateIpAddress.IpAddress.0"))
            #expect(!found.text("Instances.Instance.0.PublicIpAddress.IpAddress.0").isEmpty)
            let disks = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "InstanceId": id])
            #expect(
                disks.list("Disks.Disk").map { Optional($0)?["Device"].text }.sorted { $0 ?? "" < $1 ?? "" }
                    == ["/dev/xvda", "/dev/xvdb", "/dev/xvdc"])
        }
        #expect(names == ["node0007x", "node0008x", "node0009x"])
        #expect(hosts == ["node001", "node002", "node003"])
        #expect(addresses.count == 3)
    }

    @Test func furtherInterfaces() throws {
        let test = try TestCloud()
        let id = test.running(["NetworkInterface.1.NetworkInterfaceName": "second"])
        let found = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]"])
        let interfaces = found.list("Instances.Instance.0.NetworkInterfaces.NetworkInterface")
        #expect(interfaces.map { Optional($0)?["Type"].text } == ["Primary", "Secondary"])
        test.fail(
            "RunInstances",
            test.runParameters([
                "NetworkInterface.1.NetworkInterfaceName": "second", "NetworkInterface.2.NetworkInterfaceName": "third",
            ]), 400, "InvalidParam.NetworkInterface")
    }

    @Test func spotInstances() throws {
        let test = try TestCloud()
        let spot = test.runParameters(["SpotStrategy": "SpotAsPriceGo"])
        #expect(test.succeed("RunInstances", spot)["TradePrice"] != nil)
        test.fail(
            "RunInstances", spot.merging(["InstanceChargeType": "PrePaid", "Period": "1"]) { $1 }, 400, "InvalidSpotPrepaid")
        let limited = spot.merging(["SpotStrategy": "SpotWithPriceLimit", "SpotPriceLimit": "0.001"]) { $1 }
        test.fail("RunInstances", limited, 400, "InvalidSpotPriceLimit.LowerThanPublicPrice")
        test.succeed("RunInstances", limited.merging(["SpotPriceLimit": "9"]) { $1 })
    }

    @Test func deletionProtection() throws {
        let test = try TestCloud()
        let id = test.stopped(["DeletionProtection": "true"])
        test.fail("DeleteInstance", ["InstanceId": id], 403, "InvalidOperation.DeletionProtection")
        test.succeed("ModifyInstanceAttribute", ["InstanceId": id, "DeletionProtection": "false"])
        test.succeed("DeleteInstance", ["InstanceId": id])
    }

    @Test func aRunningInstanceGoesByForce() throws {
        let test = try TestCloud()
        let id = test.running()
        test.succeed("DeleteInstance", ["InstanceId": id, "Force": "true"])
        #expect(test.state(of: id).isEmpty)
    }

    @Test func subscriptionsCannotBeReleased() throws {
        let test = try TestCloud()
        let id = test.stopped(["InstanceChargeType": "PrePaid", "Period": "1"])
        test.fail("DeleteInstance", ["InstanceId": id], 403, "ChargeTypeViolation")
        test.clock.advance(seconds: 31 * 86_400)
        test.fail("DeleteInstance", ["InstanceId": id], 403, "ChargeTypeViolation")
        test.fail("StartInstance", ["InstanceId": id], 403, "InstanceExpired")
        test.succeed("DeleteInstance", ["InstanceId": id, "TerminateSubscription": "true"])
    }

    @Test func automaticRelease() throws {
        let test = try TestCloud()
        let id = test.run(["AutoReleaseTime": "2026-01-02T04:00:59Z"])
        let shown = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]"])
        #expect(shown.text("Instances.Instance.0.AutoReleaseTime") == "2026-01-02T04:00Z")
        test.clock.advance(seconds: 3354)
        #expect(test.state(of: id) == "Running")
        test.clock.advance(seconds: 1)
        #expect(test.state(of: id).isEmpty)
    }

    @Test func locksRefuse() throws {
        let test = try TestCloud()
        let id = test.running()
        test.cloud.withWorld { $0.instances[id]?.locks = [.security] }
        for action in ["StopInstance", "RebootInstance"] {
            test.fail(action, ["InstanceId": id], 403, "InstanceLockedForSecurity")
        }
        test.fail("ModifyInstanceAttribute", ["InstanceId": id, "Password": "Secret#123"], 403, "InstanceLockedForSecurity")
        test.cloud.withWorld { $0.instances[id]?.locks = [.financial] }
        test.fail("StopInstance", ["InstanceId": id], 403, "InstanceExpiredOrInArrears")
    }

    @Test func economicalStopLosesThePublicAddress() throws {
        let test = try TestCloud()
        let id = test.running(["InternetMaxBandwidthOut": "5"])
        test.succeed("StopInstance", ["InstanceId": id, "StoppedMode": "StopCharging"])
        let found = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]"])
        #expect(found.text("Instances.Instance.0.StoppedMode") == "StopCharging")
        #expect(found.list("Instances.Instance.0.PublicIpAddress.IpAddress").isEmpty)
        let subscription = test.running(["InstanceChargeType": "PrePaid", "Period": "1"])
        test.fail(
            "StopInstance", ["InstanceId": subscription, "StoppedMode": "StopCharging"], 403, "InvalidInstanceId.NotSupport")
    }

    @Test func ramRolesAreToldForEachInstance() throws {
        let test = try TestCloud()
        let id = test.running()
        let both = ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\",\"i-missing\"]", "RamRoleName": "backup-writer"]
        let attached = test.succeed("AttachInstanceRamRole", both)
        #expect(attached.text("FailCount") == "1" && attached.text("TotalCount") == "2")
        #expect(test.succeed("AttachInstanceRamRole", both).text("FailCount") == "2")
        let listed = test.succeed("DescribeInstanceRamRole", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]"])
        #expect(listed.text("InstanceRamRoleSets.InstanceRamRoleSet.0.RamRoleName") == "backup-writer")
        #expect(test.succeed("DetachInstanceRamRole", both).text("FailCount") == "1")
        test.fail("DescribeInstanceRamRole", TestCloud.region, 403, "InvalidParameter.AllEmpty")
        test.fail(
            "AttachInstanceRamRole", both.merging(["RamRoleName": "none"]) { $1 }, 404, "InvalidRamRole.NotFound")
    }

    @Test func theNetworkCanBeChangedOncePerStop() throws {
        let test = try TestCloud()
        let id = test.stopped()
        let vSwitch = test.runParameters()["VSwitchId"] ?? ""
        test.succeed("ModifyInstanceVpcAttribute", ["InstanceId": id, "VSwitchId": vSwitch, "PrivateIpAddress": "172.16.0.77"])
        let found = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "PrivateIpAddresses": "[\"172.16.0.77\"]"])
        #expect(found.text("Instances.Instance.0.InstanceId") == id)
        test.fail("ModifyInstanceVpcAttribute", ["InstanceId": id, "VSwitchId": vSwitch], 400, "InvalidPrivateIp.Changing")
    }

    @Test func billing() throws {
        let test = try TestCloud()
        let id = test.running()
        let charge = ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]", "InstanceChargeType": "PrePaid"]
        test.fail("ModifyInstanceChargeType", charge, 400, "InvalidPeriod")
        test.fail(
            "DescribeInstanceAutoRenewAttribute", ["RegionId": "cn-hangzhou", "InstanceId": id], 403, "ChargeTypeViolation")
        test.succeed("ModifyInstanceChargeType", charge.merging(["Period": "3"]) { $1 })
        test.fail("ModifyInstanceSpec", ["InstanceId": id, "InternetMaxBandwidthOut": "10"], 403, "ChargeTypeViolation")
        test.succeed("ModifyPrepayInstanceSpec", ["RegionId": "cn-hangzhou", "InstanceId": id, "InstanceType": "ecs.g6.xlarge"])
        test.fail(
            "ModifyPrepayInstanceSpec",
            ["RegionId": "cn-hangzhou", "InstanceId": id, "InstanceType": "ecs.g6.large", "OperatorType": "downgrade"],
            400, "InvalidStatus.NotStopped")
        test.succeed(
            "ModifyInstanceAutoRenewAttribute",
            [
                "RegionId": "cn-hangzhou", "InstanceId": id, "RenewalStatus": "AutoRenewal", "Duration": "6",
            ])
        let renewal = test.succeed("DescribeInstanceAutoRenewAttribute", ["RegionId": "cn-hangzhou", "InstanceId": id])
        #expect(renewal.text("InstanceRenewAttributes.InstanceRenewAttribute.0.Duration") == "6")
        test.fail(
            "ModifyInstanceAutoRenewAttribute",
            ["RegionId": "cn-hangzhou", "InstanceId": id, "RenewalStatus": "AutoRenewal", "Duration": "5"],
            403, "InvalidParameter.Duration")
    }

    @Test func consoleAndUserData() throws {
        let test = try TestCloud()
        let id = test.running(["UserData": "ZWNobyBoaQ=="])
        let place = ["RegionId": "cn-hangzhou", "InstanceId": id]
        #expect(test.succeed("DescribeUserData", place).text("UserData") == "ZWNobyBoaQ==")
        #expect(test.succeed("DescribeInstanceVncUrl", place).text("VncUrl").hasPrefix("wss"))
        test.succeed("ModifyInstanceVncPasswd", place.merging(["VncPassword": "aB3dE6"]) { $1 })
        #expect(test.succeed("DescribeInstanceVncPasswd", ["InstanceId": id]).text("VncPasswd") == "aB3dE6")
        test.fail(
            "ModifyInstanceVncPasswd", place.merging(["VncPassword": "abcdef"]) { $1 }, 400, "IncorrectVncPassword.Malformed")
        test.succeed("DescribeInstanceAttribute", ["InstanceId": id])
        test.succeed("ModifyInstanceAutoReleaseTime", ["InstanceId": id, "AutoReleaseTime": "2026-01-03T00:00:00Z"])
        test.succeed("ModifyInstanceAutoReleaseTime", ["InstanceId": id])
        test.fail(
            "ModifyInstanceAutoReleaseTime", ["InstanceId": id, "AutoReleaseTime": "2036-01-03T00:00:00Z"],
            400, "InvalidAutoReleaseTime.Malformed")
    }
}
