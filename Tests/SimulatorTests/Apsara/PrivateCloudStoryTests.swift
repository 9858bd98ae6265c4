import Testing

@testable import Simulator

/// What both clouds do, done on the private one: its answers and errors are held against its own reference.
@Suite struct PrivateCloudStoryTests {
    @Test func anInstanceFromItsCreationToItsEnd() throws {
        let test = try TestCloud.privateCloud()
        let id = test.succeed("CreateInstance", test.privateRun(["InstanceName": "press-1", "Password": "Abcdef12"]))
            .text("InstanceId")
        test.fail("DeleteInstance", ["InstanceId": id], 403, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 60)
        test.fail("StopInstance", ["InstanceId": id], 403, "IncorrectInstanceStatus")
        test.succeed("StartInstance", ["InstanceId": id])
        test.fail("ModifyInstanceAttribute", ["InstanceId": id, "Password": "Abcdef12"], 403, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 60)
        test.fail("ModifyInstanceAttribute", ["InstanceId": id, "Password": "abcdefgh"], 400, "InvalidHostPassword.Malformed")
        test.succeed("ModifyInstanceAttribute", ["InstanceId": id, "InstanceName": "press-2", "HostName": "press-2"])
        let shown = test.machine("press-2")
        #expect(shown.text("Status") == "Running")
        #expect(shown.text("CPU") == "2" && shown.text("Memory") == "8192")
        #expect(shown.text("ZoneId") == TestCloud.privateZone)
        test.succeed("RebootInstance", ["InstanceId": id, "ForceStop": "true"])
        test.clock.advance(seconds: 60)
        test.succeed("ModifyInstanceVncPasswd", test.here(["InstanceId": id, "VncPassword": "aB3456"]))
        test.fail(
            "ModifyInstanceVncPasswd", test.here(["InstanceId": id, "VncPassword": "abcdef"]), 400,
            "IncorrectVncPassword.Malformed")
        #expect(test.succeed("DescribeUserData", test.here(["InstanceId": id])).text("InstanceId") == id)
        let states = test.succeed("DescribeInstanceStatus", test.here(["PageSize": "50"]))
        #expect(states.list("InstanceStatuses.InstanceStatus").count == 9)
        test.succeed("StopInstance", ["InstanceId": id])
        test.clock.advance(seconds: 60)
        test.succeed("DeleteInstance", ["InstanceId": id])
        test.fail("StartInstance", ["InstanceId": id], 404, "InvalidInstanceId.NotFound")
    }

    /// Stricter than the public cloud about rules: half as many, each once, and none removed that is not there.
    @Test func aSecurityGroupsRules() throws {
        let test = try TestCloud.privateCloud()
        let network = test.machine("erp-1").text("VpcAttributes.VpcId")
        let group = test.succeed("CreateSecurityGroup", test.here(["VpcId": network])).text("SecurityGroupId")
        func rule(_ port: Int) -> [String: String] {
            test.here([
                "SecurityGroupId": group, "IpProtocol": "tcp", "PortRange": "\(port)/\(port)", "SourceCidrIp": "10.0.0.0/8",
            ])
        }
        for port in 1...100 { test.succeed("AuthorizeSecurityGroup", rule(port)) }
        test.fail("AuthorizeSecurityGroup", rule(101), 403, "AuthorizationLimitExceed")
        test.fail("AuthorizeSecurityGroup", rule(7), 400, "InvalidSecurityGroupRule.AlreadyExist")
        test.succeed("RevokeSecurityGroup", rule(7))
        test.fail("RevokeSecurityGroup", rule(7), 404, "InvalidSecurityGroupRule.RuleNotExist")
    }

    @Test func everyMachineHasASystemDisk() throws {
        let test = try TestCloud.privateCloud()
        let machines = test.succeed("DescribeInstances", test.here(["PageSize": "50"]))
        let disks = test.succeed("DescribeDisks", test.here(["PageSize": "100", "DiskType": "system"]))
        #expect(machines.text("TotalCount") == disks.text("TotalCount"))
    }

    @Test func whatAnInstanceCannotBe() throws {
        let test = try TestCloud.privateCloud()
        let rows: [(String, [String: String], Int, String)] = [
            ("RunInstances", ["InstanceType": "ecs.g6.large"], 400, "InvalidInstanceType.ValueNotSupported"),
            ("RunInstances", ["ImageId": "m-nothing"], 404, "InvalidImageId.NotFound"),
            ("RunInstances", ["SystemDisk.Category": "cloud_essd"], 400, "InvalidSystemDiskCategory.ValueNotSupported"),
            (
                "RunInstances", ["SystemDisk.Size": "20", "ImageId": VendorImages.windows], 404,
                "InvalidSystemDiskSize.LessThanImageSize"
            ),
            ("RunInstances", ["VSwitchId": "vsw-nothing"], 404, "InvalidVSwitchId.NotFound"),
            ("RunInstances", ["ZoneId": TestCloud.otherPrivateZone], 400, "InvalidParameter.Mismatch"),
            ("RunInstances", ["Amount": "101"], 400, "InvalidParameter"),
            ("RunInstances", ["KeyPairName": "nobodys"], 404, "InvalidKeyPairName.NotFound"),
            (
                "RunInstances", ["DataDisk.1.Category": "cloud_ssd", "DataDisk.1.Size": "5"], 400,
                "InvalidDataDiskSize.ValueNotSupported"
            ),
            ("RunInstances", ["DataDisk.17.Size": "20"], 400, "InvalidDataDiskSize.ValueNotSupported"),
            ("RunInstances", ["InstanceChargeType": "PrePaid"], 400, "UnsupportedParameter"),
            ("CreateInstance", ["SystemDisk.Size": "39"], 400, "InvalidParameter"),
            ("CreateInstance", ["Password": "short"], 400, "InvalidPassword.Malformed"),
        ]
        for (action, more, status, code) in rows { test.fail(action, test.privateRun(more), status, code) }
    }

    @Test func disksAndSnapshots() throws {
        let test = try TestCloud.privateCloud()
        let base = test.here(["ZoneId": TestCloud.privateZone])
        test.fail("CreateDisk", base, 400, "MissingParameter")
        test.fail("CreateDisk", base.merging(["DiskCategory": "cloud_essd", "Size": "20"]) { $1 }, 400, "InvalidParameter")
        test.fail("CreateDisk", base.merging(["DiskCategory": "cloud_ssd", "Size": "19"]) { $1 }, 400, "InvalidParameter")
        let disk = test.succeed("CreateDisk", base.merging(["DiskCategory": "cloud_ssd", "Size": "20"]) { $1 }).text("DiskId")
        test.clock.advance(seconds: 10)
        test.fail("CreateSnapshot", ["DiskId": disk], 403, "IncorrectDiskStatus.NeverAttached")
        let instance = test.machine("erp-1").text("InstanceId")
        test.fail(
            "AttachDisk", ["InstanceId": instance, "DiskId": disk, "Device": "/dev/sda"], 400, "InvalidDevice.Malformed")
        test.succeed("AttachDisk", ["InstanceId": instance, "DiskId": disk, "Device": "/dev/xvdf"])
        test.clock.advance(seconds: 10)
        #expect(test.privateDisk(disk).text("Device") == "/dev/xvdf")
        #expect(test.succeed("DescribeDisks", test.here(["DiskIds": "[]"])).list("Disks.Disk").isEmpty)
        let snapshot = test.succeed("CreateSnapshot", ["DiskId": disk, "SnapshotName": "first"]).text("SnapshotId")
        test.fail("CreateSnapshot", ["DiskId": disk], 403, "IncorrectDiskStatus.CreatingSnapshot")
        test.fail("ResizeDisk", ["DiskId": disk, "NewSize": "40"], 403, "OperationDenied")
        test.fail("ResetDisk", ["DiskId": disk, "SnapshotId": snapshot], 403, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 120)
        let shown = test.succeed("DescribeSnapshots", test.here(["DiskId": disk, "Status": "accomplished"]))
        #expect(shown.text("Snapshots.Snapshot.0.SourceDiskSize") == "20")
        #expect(shown.text("Snapshots.Snapshot.0.Progress") == "100%")
        test.succeed("ResizeDisk", ["DiskId": disk, "NewSize": "40"])
        #expect(
            test.succeed("DescribeSnapshotLinks", test.here(["DiskIds": "[\"\(disk)\"]"])).list("SnapshotLinks.SnapshotLink")
                .count == 1)
        test.succeed("StopInstance", ["InstanceId": instance])
        test.clock.advance(seconds: 60)
        test.succeed("ResetDisk", ["DiskId": disk, "SnapshotId": snapshot])
        test.clock.advance(seconds: 60)
        test.succeed("ReInitDisk", ["DiskId": disk])
        test.clock.advance(seconds: 60)
        test.succeed("ModifyDiskAttribute", ["DiskId": disk, "DiskName": "scratch", "DeleteWithInstance": "true"])
        test.succeed("DetachDisk", ["InstanceId": instance, "DiskId": disk])
        test.clock.advance(seconds: 60)
        test.succeed("DeleteDisk", ["DiskId": disk])
        test.succeed("DeleteSnapshot", ["SnapshotId": snapshot])
        let replaced = test.succeed(
            "ReplaceSystemDisk", ["InstanceId": instance, "ImageId": VendorImages.ubuntu, "SystemDisk.Size": "60"])
        #expect(test.privateDisk(replaced.text("DiskId")).text("Size") == "60")
        test.fail(
            "ReplaceSystemDisk", ["InstanceId": instance, "ImageId": VendorImages.ubuntu, "SystemDisk.Size": "501"], 400,
            "InvalidParameter")
    }

    @Test func imagesAreMadeCopiedAndShared() throws {
        let test = try TestCloud.privateCloud()
        let instance = test.machine("erp-1").text("InstanceId")
        let image = test.succeed("CreateImage", test.here(["InstanceId": instance, "ImageName": "erp-base"])).text("ImageId")
        test.fail(
            "CreateImage", test.here(["InstanceId": instance, "ImageName": "erp-base"]), 400, "InvalidImageName.Duplicated")
        test.fail("DeleteImage", test.here(["ImageId": image]), 403, "ImageIsCreating")
        let copy = test.here(["ImageId": image, "DestinationRegionId": "cn-beijing-btc-d01"])
        test.fail("CopyImage", copy, 400, "IncorrectImageStatus")
        test.clock.advance(seconds: 300)
        test.fail(
            "CopyImage", copy.merging(["DestinationRegionId": TestCloud.privateRegion]) { $1 }, 403, "IncorrectDestinationRegion")
        test.fail("CopyImage", copy.merging(["DestinationRegionId": "cn-hangzhou"]) { $1 }, 400, "DestinationRegion.NotFound")
        let copied = test.succeed("CopyImage", copy).text("ImageId")
        test.succeed("CancelCopyImage", ["RegionId": "cn-beijing-btc-d01", "ImageId": copied])
        test.succeed("ModifyImageAttribute", test.here(["ImageId": image, "ImageName": "erp-base-2"]))
        test.succeed("ModifyImageSharePermission", test.here(["ImageId": image, "AddAccount.1": "2345678901234567"]))
        let shares = test.succeed("DescribeImageSharePermission", test.here(["ImageId": image]))
        #expect(shares.text("Accounts.Account.0.AliyunId") == "2345678901234567")
        test.fail("DeleteImage", test.here(["ImageId": image]), 403, "ImageUseShared")
        test.succeed("ModifyImageSharePermission", test.here(["ImageId": image, "RemoveAccount.1": "2345678901234567"]))
        test.fail("ExportImage", test.here(["ImageId": image, "OSSBucket": "A"]), 400, "OSSBucket.NotFound")
        #expect(
            test.succeed("ExportImage", test.here(["ImageId": image, "OSSBucket": "backups"])).text("ExportTaskId").hasPrefix(
                "t-"))
        test.fail("ExportImage", test.here(["ImageId": image, "OSSBucket": "backups"]), 403, "OperationDenied.ImageExporting")
        let imported = test.succeed(
            "ImportImage",
            test.here([
                "ImageName": "from-oss", "DiskDeviceMapping.1.OSSBucket": "images", "DiskDeviceMapping.1.OSSObject": "a.raw",
            ]))
        #expect(imported.text("ImportTaskId").hasPrefix("t-"))
        test.clock.advance(seconds: 600)
        test.succeed("DeleteImage", test.here(["ImageId": image]))
        let listed = test.succeed("DescribeImages", test.here(["ImageOwnerAlias": "self"]))
        #expect(listed.list("Images.Image").map { $0["ImageId"].text } == [imported.text("ImageId")])
        #expect(
            test.succeed("DescribeImages", test.here(["PageSize": "100"])).list("Images.Image").allSatisfy {
                $0["Architecture"].text == "x86_64"
            })
    }

    @Test func securityGroupsAndTheirRules() throws {
        let test = try TestCloud.privateCloud()
        let vpc = test.machine("erp-1").text("VpcAttributes.VpcId")
        test.fail("CreateSecurityGroup", test.here(), 403, "InvalidVpcId.NotFound")
        let group = test.succeed("CreateSecurityGroup", test.here(["VpcId": vpc, "SecurityGroupName": "plc"])).text(
            "SecurityGroupId")
        let rule = test.here([
            "SecurityGroupId": group, "IpProtocol": "tcp", "PortRange": "502/502", "SourceCidrIp": "10.0.0.0/8",
            "NicType": "intranet",
        ])
        test.succeed("AuthorizeSecurityGroup", rule)
        test.fail("AuthorizeSecurityGroup", rule.merging(["SourceCidrIp": ""]) { $1 }, 403, "MissingParameter")
        test.fail("AuthorizeSecurityGroup", rule.merging(["PortRange": "-1/-1"]) { $1 }, 400, "OperationDenied")
        test.fail("AuthorizeSecurityGroup", rule.merging(["Priority": "0"]) { $1 }, 400, "InvalidPriority.ValueNotSupported")
        test.succeed("ModifySecurityGroupRule", rule.merging(["Description": "Modbus"]) { $1 })
        let egress = test.here([
            "SecurityGroupId": group, "IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "10.0.0.0/8",
            "NicType": "intranet",
        ])
        test.succeed("AuthorizeSecurityGroupEgress", egress)
        let shown = test.succeed("DescribeSecurityGroupAttribute", test.here(["SecurityGroupId": group, "NicType": "intranet"]))
        #expect(shown.list("Permissions.Permission").map { $0["Direction"].text } == ["ingress", "egress"])
        #expect(shown.text("Permissions.Permission.0.Description") == "Modbus")
        test.succeed("RevokeSecurityGroup", rule)
        test.succeed("RevokeSecurityGroupEgress", egress)
        let instance = test.machine("erp-1").text("InstanceId")
        test.succeed("JoinSecurityGroup", ["InstanceId": instance, "SecurityGroupId": group])
        test.fail(
            "JoinSecurityGroup", ["InstanceId": instance, "SecurityGroupId": group], 403, "InvalidInstanceId.AlreadyExists")
        test.fail("DeleteSecurityGroup", test.here(["SecurityGroupId": group]), 403, "DependencyViolation")
        test.succeed("LeaveSecurityGroup", ["InstanceId": instance, "SecurityGroupId": group])
        test.succeed("ModifySecurityGroupAttribute", test.here(["SecurityGroupId": group, "Description": "line control"]))
        test.succeed("ModifySecurityGroupPolicy", test.here(["SecurityGroupId": group, "InnerAccessPolicy": "drop"]))
        let references = test.succeed(
            "DescribeSecurityGroupReferences",
            test.here(["SecurityGroupId.1": test.machine("gateway-1").text("SecurityGroupIds.SecurityGroupId.0")]))
        #expect(references.list("SecurityGroupReferences.SecurityGroupReference").count == 1)
        test.succeed("DeleteSecurityGroup", test.here(["SecurityGroupId": group]))
        #expect(test.succeed("DescribeSecurityGroups", test.here()).list("SecurityGroups.SecurityGroup").count == 4)
    }

    @Test func interfacesWantAStoppedInstance() throws {
        let test = try TestCloud.privateCloud()
        let trial = test.machine("trial-1")
        let make = test.here([
            "VSwitchId": trial.text("VpcAttributes.VSwitchId"),
            "SecurityGroupId": trial.text("SecurityGroupIds.SecurityGroupId.0"),
        ])
        let id = test.succeed("CreateNetworkInterface", make).text("NetworkInterfaceId")
        func state() -> String {
            test.succeed("DescribeNetworkInterfaces", test.here(["NetworkInterfaceId.1": id]))
                .text("NetworkInterfaceSets.NetworkInterfaceSet.0.Status")
        }
        #expect(state() == "Available", "the private cloud knows no state before it")
        let running = test.here(["NetworkInterfaceId": id, "InstanceId": test.machine("erp-1").text("InstanceId")])
        test.fail("AttachNetworkInterface", running, 400, "InvalidOperation.InvalidEcsState")
        // The type of the stopped machine has room for one interface only.
        let small = test.here(["NetworkInterfaceId": id, "InstanceId": trial.text("InstanceId")])
        test.fail("AttachNetworkInterface", small, 403, "EniPerInstanceLimitExceeded")
        test.succeed("StopInstance", ["InstanceId": test.machine("erp-1").text("InstanceId")])
        test.clock.advance(seconds: 60)
        test.succeed("AttachNetworkInterface", running)
        #expect(state() == "InUse")
        test.fail("DeleteNetworkInterface", test.here(["NetworkInterfaceId": id]), 403, "InvalidOperation.InvalidEniType")
        test.succeed("ModifyNetworkInterfaceAttribute", test.here(["NetworkInterfaceId": id, "Description": "second"]))
        test.succeed("DetachNetworkInterface", running)
        #expect(state() == "Available")
        test.succeed("DeleteNetworkInterface", test.here(["NetworkInterfaceId": id]))
        #expect(state() == "")
    }

    @Test func keyPairsRolesAndTags() throws {
        let test = try TestCloud.privateCloud()
        let instance = test.machine("erp-1").text("InstanceId")
        let ids = "[\"\(instance)\"]"
        test.succeed("CreateKeyPair", test.here(["KeyPairName": "shift-a"]))
        test.fail("CreateKeyPair", test.here(["KeyPairName": "shift-a"]), 400, "InvalidKeyPairName.Malformed")
        test.succeed("AttachKeyPair", test.here(["KeyPairName": "shift-a", "InstanceIds": ids]))
        test.succeed("DetachKeyPair", test.here(["KeyPairName": "shift-a", "InstanceIds": ids]))
        #expect(test.succeed("DescribeKeyPairs", test.here(["KeyPairName": "shift*"])).list("KeyPairs.KeyPair").count == 1)
        test.succeed("DeleteKeyPairs", test.here(["KeyPairNames": "[\"shift-a\"]"]))
        let role = test.succeed("AttachInstanceRamRole", test.here(["InstanceIds": ids, "RamRoleName": "erp-files"]))
        #expect(role.text("FailCount") == "0")
        let roles = test.succeed("DescribeInstanceRamRole", ["InstanceIds": ids])
        #expect(roles.text("InstanceRamRoleSets.InstanceRamRoleSet.0.RamRoleName") == "erp-files")
        test.succeed("DetachInstanceRamRole", test.here(["InstanceIds": ids]))
        let target = test.here(["ResourceType": "instance", "ResourceId": instance])
        test.fail("AddTags", target.merging(["Tag.6.Key": "a", "Tag.6.Value": "b"]) { $1 }, 400, "InvalidTagCount")
        test.fail(
            "AddTags", target.merging(["ResourceType": "eni", "Tag.1.Key": "a", "Tag.1.Value": "b"]) { $1 }, 404,
            "InvalidResourceType.NotFound")
        // The fleet's machines carry two tags.
        for block in 0..<2 {
            var tags = target
            for index in 1...4 {
                tags["Tag.\(index).Key"] = "k\(block)\(index)"
                tags["Tag.\(index).Value"] = "v"
            }
            test.succeed("AddTags", tags)
        }
        test.fail(
            "AddTags", target.merging(["Tag.1.Key": "eleventh", "Tag.1.Value": "v"]) { $1 }, 400, "OperationDenied.QuotaExceed")
        let tags = test.succeed("DescribeTags", test.here(["Tag.1.Key": "role", "Tag.1.Value": "erp"]))
        #expect(tags.text("Tags.Tag.0.ResourceTypeCount.0.ResourceType") == "instance")
        #expect(tags.text("Tags.Tag.0.ResourceTypeCount.0.Count") == "3")
        test.succeed("RemoveTags", target.merging(["Tag.1.Key": "k01"]) { $1 })
    }

    @Test func snapshotPolicies() throws {
        let test = try TestCloud.privateCloud()
        let policy = test.succeed(
            "CreateAutoSnapshotPolicy",
            test.here([
                "autoSnapshotPolicyName": "nightly", "timePoints": "[\"1\"]", "repeatWeekdays": "[\"1\",\"7\"]",
                "retentionDays": "30",
            ])
        ).text("AutoSnapshotPolicyId")
        let named = test.here(["autoSnapshotPolicyId": policy])
        let disk = test.privateDisk(named: "erp-database-data")
        test.succeed("ApplyAutoSnapshotPolicy", named.merging(["diskIds": "[\"\(disk)\"]"]) { $1 })
        let shown = test.succeed("DescribeAutoSnapshotPolicyEx", test.here())
        #expect(shown.text("AutoSnapshotPolicies.AutoSnapshotPolicy.0.DiskNums") == "1")
        #expect(shown.text("AutoSnapshotPolicies.AutoSnapshotPolicy.0.Status") == "Available")
        test.succeed("CancelAutoSnapshotPolicy", test.here(["diskIds": "[\"\(disk)\"]"]))
        test.succeed("ModifyAutoSnapshotPolicyEx", named.merging(["retentionDays": "-1"]) { $1 })
        test.fail(
            "ApplyAutoSnapshotPolicy", named.merging(["RegionId": "cn-hangzhou", "diskIds": "[]"]) { $1 }, 400, "InvalidParameter"
        )
        test.succeed("DeleteAutoSnapshotPolicy", named)
        test.fail("DeleteAutoSnapshotPolicy", named, 400, "InvalidParameter")
    }

    @Test func whereItIsAndWhatItOffers() throws {
        let test = try TestCloud.privateCloud()
        #expect(test.succeed("DescribeRegions").list("Regions.Region").count == 2)
        let zones = test.succeed("DescribeZones", test.here())
        #expect(zones.text("Zones.Zone.0.ZoneId") == TestCloud.privateZone)
        #expect(zones.text("Zones.Zone.0.AvailableResources.ResourcesInfo.0.NetworkTypes.supportedNetworkType.0") == "vpc")
        #expect(test.succeed("DescribeInstanceTypes").list("InstanceTypes.InstanceType").count == 213)
        let nano = test.succeed("DescribeInstanceTypes", ["InstanceTypeFamily": "ecs.t5"])
        #expect(nano.text("InstanceTypes.InstanceType.0.MemorySize") == "0.5")
        let old = test.succeed("DescribeInstanceTypeFamilies", test.here(["Generation": "ecs-1"]))
        #expect(old.list("InstanceTypeFamilies.InstanceTypeFamily").count == 8)
        test.fail("DescribeZones", ["RegionId": "cn-hangzhou"], 404, "InvalidRegionId.NotFound")
        test.fail("DescribeInstanceVncUrl", test.here(["InstanceId": "i-1"]), 403, "InvalidAction")
    }

    @Test func addressesAreForTheClassicNetwork() throws {
        let test = try TestCloud.privateCloud()
        let instance = test.machine("erp-1").text("InstanceId")
        test.fail("AllocatePublicIpAddress", ["InstanceId": instance], 400, "OperationDenied")
        test.fail("AllocatePublicIpAddress", ["InstanceId": "i-nothing"], 404, "InvalidInstanceId.NotFound")
        test.succeed("ModifyInstanceNetworkSpec", ["InstanceId": instance, "InternetMaxBandwidthOut": "20"])
        #expect(test.machine("erp-1").text("InternetMaxBandwidthOut") == "20")
        test.fail(
            "ModifyInstanceNetworkSpec", ["InstanceId": instance, "InternetMaxBandwidthOut": "201"], 400,
            "InvalidInternetMaxBandwidthOut.ValueNotSupported")
        test.cloud.withWorld { world in world.instances[instance]?.locks = [.security] }
        test.fail("ModifyInstanceNetworkSpec", ["InstanceId": instance], 403, "InstanceLockedForSecurity")
        test.fail("AllocatePublicIpAddress", ["InstanceId": instance], 403, "InstanceLockedForSecurity")
        let classic = test.machine("weighbridge")
        #expect(classic.text("InstanceNetworkType") == "classic")
        let named = ["InstanceId": classic.text("InstanceId")]
        let address = test.succeed("AllocatePublicIpAddress", named).text("IpAddress")
        #expect(test.succeed("AllocatePublicIpAddress", named).text("IpAddress") == address)
        #expect(test.machine("weighbridge").text("PublicIpAddress.IpAddress.0") == address)
    }
}
