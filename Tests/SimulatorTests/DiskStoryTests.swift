import Testing

@testable import Simulator

@Suite struct DiskStoryTests {
    static let zone = "cn-hangzhou-h"

    /// A new, available disk in the zone of web-1.
    private func newDisk(_ test: TestCloud, _ more: [String: String] = [:]) -> String {
        let parameters = ["RegionId": "cn-hangzhou", "ZoneId": Self.zone, "Size": "50"].merging(more) { $1 }
        let id = test.succeed("CreateDisk", parameters).text("DiskId")
        #expect(test.diskState(id) == "Creating")
        test.clock.advance(seconds: 10)
        #expect(test.diskState(id) == "Available")
        return id
    }

    @Test func attachDetachDelete() throws {
        let test = try TestCloud()
        let disk = newDisk(test)
        let instance = test.instance(named: "web-1")
        let both = ["InstanceId": instance, "DiskId": disk]
        test.succeed("AttachDisk", both)
        #expect(test.diskState(disk) == "Attaching")
        test.fail("DetachDisk", both, 403, "IncorrectDiskStatus")
        test.clock.advance(seconds: 10)
        let shown = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskIds": "[\"\(disk)\"]"])
        #expect(shown.text("Disks.Disk.0.Status") == "In_use")
        #expect(shown.text("Disks.Disk.0.InstanceId") == instance)
        #expect(shown.text("Disks.Disk.0.Device") == "/dev/xvdb")
        test.fail("AttachDisk", both, 403, "IncorrectDiskStatus")
        test.fail("DeleteDisk", ["DiskId": disk], 403, "IncorrectDiskStatus")
        test.succeed("DetachDisk", both)
        #expect(test.diskState(disk) == "Detaching")
        test.clock.advance(seconds: 59)
        #expect(test.diskState(disk) == "Detaching")
        test.clock.advance(seconds: 1)
        #expect(test.diskState(disk) == "Available")
        test.fail("DetachDisk", both, 403, "DependencyViolation")
        test.succeed("DeleteDisk", ["DiskId": disk])
        test.succeed("DeleteDisk", ["DiskId": disk])
        test.fail("AttachDisk", both, 404, "InvalidDiskId.NotFound")
    }

    @Test func attachNeedsTheSameZoneAndASettledInstance() throws {
        let test = try TestCloud()
        let disk = newDisk(test, ["ZoneId": "cn-hangzhou-i"])
        let here = test.instance(named: "web-1")
        test.fail("AttachDisk", ["InstanceId": here, "DiskId": disk], 403, "ResourcesNotInSameZone")
        test.fail("AttachDisk", ["InstanceId": "i-none", "DiskId": disk], 404, "InvalidInstanceId.NotFound")
        let there = test.instance(named: "web-2")
        test.succeed("StopInstance", ["InstanceId": there])
        test.fail("AttachDisk", ["InstanceId": there, "DiskId": disk], 400, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 30)
        test.cloud.withWorld { $0.instances[there]?.locks = [.security] }
        test.fail("AttachDisk", ["InstanceId": there, "DiskId": disk], 403, "InstanceLockedForSecurity")
        test.cloud.withWorld { $0.instances[there]?.locks = [] }
        test.succeed("AttachDisk", ["InstanceId": there, "DiskId": disk])
    }

    @Test func systemDisksStay() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "web-1")
        let disk = test.systemDisk(of: instance)
        test.fail("DetachDisk", ["InstanceId": instance, "DiskId": disk], 403, "DiskTypeViolation")
        test.fail("DeleteDisk", ["DiskId": disk], 403, "DiskTypeViolation")
        test.fail("AttachDisk", ["InstanceId": instance, "DiskId": disk], 403, "DiskNotPortable")
        test.fail("ResizeDisk", ["DiskId": disk, "NewSize": "100"], 403, "OperationDenied")
        test.fail("ModifyDiskAttribute", ["DiskId": disk, "DeleteWithInstance": "false"], 403, "DiskNotPortable")
    }

    @Test func subscriptionDisksCannotBeDetached() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "db-primary")
        let disk = test.disk(named: "db-primary-data")
        test.fail("DetachDisk", ["InstanceId": instance, "DiskId": disk], 403, "DiskNotPortable")
    }

    /// CreateDisk with one parameter that does not fit.
    @Test(arguments: [
        ("RegionId", "cn-nowhere", 404, "InvalidRegionId.NotFound"),
        ("ZoneId", "cn-beijing-f", 404, "InvalidZoneId.NotFound"),
        ("DiskCategory", "ephemeral", 400, "InvalidDiskCategory.ValueNotSupported"),
        ("Size", "2001", 400, "InvalidSize.ValueNotSupported"),
        ("Size", "4", 400, "InvalidSize.ValueNotSupported"),
        ("Size", "many", 400, "InvalidSize.ValueNotSupported"),
        ("Size", "", 400, "MissingParameter"),
        ("SnapshotId", "s-missing", 404, "InvalidSnapshotId.NotFound"),
        ("DiskName", "1disk", 400, "InvalidDiskName.Malformed"),
        ("Description", "http://x", 400, "InvalidDescription.Malformed"),
        ("Encrypted", "yes", 400, "InvalidParameter"),
    ])
    func createWith(name: String, value: String, status: Int, code: String) throws {
        let test = try TestCloud()
        var parameters = ["RegionId": "cn-hangzhou", "ZoneId": Self.zone, "Size": "50"]
        parameters[name] = value
        test.fail("CreateDisk", parameters, status, code)
    }

    @Test func aDiskFromASnapshotHasItsSize() throws {
        let test = try TestCloud()
        let snapshot = test.succeed("DescribeSnapshots", ["RegionId": "cn-hangzhou", "SnapshotName": "archive-2023-final"])
            .text("Snapshots.Snapshot.0.SnapshotId")
        let base = ["RegionId": "cn-hangzhou", "ZoneId": Self.zone, "SnapshotId": snapshot, "DiskCategory": "cloud_efficiency"]
        test.fail("CreateDisk", base.merging(["Size": "500"]) { $1 }, 403, "InvalidDiskSize.TooSmall")
        test.fail("CreateDisk", base.merging(["Encrypted": "true"]) { $1 }, 400, "EncryptedOption.Conflict")
        let id = test.succeed("CreateDisk", base).text("DiskId")
        let shown = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskIds": "[\"\(id)\"]"])
        #expect(shown.text("Disks.Disk.0.Size") == "1000")
        #expect(shown.text("Disks.Disk.0.SourceSnapshotId") == snapshot)
        test.fail("DeleteSnapshot", ["SnapshotId": snapshot], 403, "SnapshotCreatedDisk")
        test.succeed("DeleteSnapshot", ["SnapshotId": snapshot, "Force": "true"])
    }

    @Test func resize() throws {
        let test = try TestCloud()
        let disk = test.disk(named: "scratch")
        test.fail("ResizeDisk", ["DiskId": disk, "NewSize": "100"], 403, "InvalidDiskSize.TooSmall")
        test.fail("ResizeDisk", ["DiskId": disk, "NewSize": "2001"], 400, "InvalidParameter")
        test.succeed("ResizeDisk", ["DiskId": disk, "NewSize": "200"])
        let shown = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskIds": "[\"\(disk)\"]"])
        #expect(shown.text("Disks.Disk.0.Size") == "200")
    }

    @Test func attributes() throws {
        let test = try TestCloud()
        let disk = test.disk(named: "scratch")
        test.fail("ModifyDiskAttribute", ["DiskId": disk], 400, "NoAttributeToModify")
        test.fail("ModifyDiskAttribute", ["DiskId": disk, "DeleteWithInstance": "maybe"], 400, "InvalidParameter")
        test.succeed(
            "ModifyDiskAttribute",
            [
                "DiskId": disk, "DiskName": "work", "Description": "for builds", "DeleteWithInstance": "true",
                "DeleteAutoSnapshot": "false", "EnableAutoSnapshot": "true",
            ])
        let shown = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskIds": "[\"\(disk)\"]"])
        #expect(shown.text("Disks.Disk.0.DiskName") == "work")
        #expect(shown.text("Disks.Disk.0.DeleteAutoSnapshot") == "false")
        #expect(shown.text("Disks.Disk.0.DeleteWithInstance") == "true")
    }

    @Test func resetAndReinitializeNeedAStoppedInstance() throws {
        let test = try TestCloud()
        let instance = test.running(["DataDisk.1.Size": "40"])
        let disks = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "InstanceId": instance, "DiskType": "data"])
        let disk = disks.text("Disks.Disk.0.DiskId")
        let snapshot = test.succeed("CreateSnapshot", ["DiskId": disk]).text("SnapshotId")
        let both = ["DiskId": disk, "SnapshotId": snapshot]
        test.fail("ReInitDisk", ["DiskId": disk], 403, "IncorrectInstanceStatus")
        test.fail("ResetDisk", both, 403, "IncorrectInstanceStatus")
        test.succeed("StopInstance", ["InstanceId": instance])
        test.clock.advance(seconds: 20)
        test.fail("ResetDisk", both, 403, "InvalidSnapshotId.NotReady")
        test.fail("ReInitDisk", ["DiskId": disk], 403, "DiskCreatingSnapshot")
        test.clock.advance(seconds: 90)
        let other = test.systemDisk(of: instance)
        test.fail("ResetDisk", ["DiskId": other, "SnapshotId": snapshot], 403, "InvalidParameter.Mismatch")
        test.fail("ResetDisk", ["DiskId": disk, "SnapshotId": "s-none"], 404, "InvalidSnapshotId.NotFound")
        test.succeed("ResetDisk", both)
        #expect(test.diskState(disk) == "ReIniting")
        test.fail("ResetDisk", both, 403, "IncorrectDiskStatus")
        test.clock.advance(seconds: 60)
        #expect(test.diskState(disk) == "In_use")
        test.succeed("ReInitDisk", ["DiskId": other])
        test.cloud.withWorld { $0.instances[instance]?.locks = [.security] }
        test.fail("ReInitDisk", ["DiskId": disk], 403, "InstanceLockedForSecurity")
    }

    @Test func replacingTheSystemDiskChangesItsId() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "staging-1")
        let old = test.systemDisk(of: instance)
        let parameters = ["InstanceId": instance, "ImageId": VendorImages.ubuntu]
        test.fail("ReplaceSystemDisk", ["InstanceId": instance, "ImageId": "m-none"], 404, "InvalidImageId.NotFound")
        test.fail(
            "ReplaceSystemDisk", ["InstanceId": instance, "ImageId": VendorImages.arm], 403, "ImageNotSupportInstanceType")
        test.fail(
            "ReplaceSystemDisk", parameters.merging(["SystemDisk.Size": "19"]) { $1 }, 400,
            "InvalidSystemDiskSize.ValueNotSupported")
        let new = test.succeed("ReplaceSystemDisk", parameters).text("DiskId")
        #expect(new != old && test.systemDisk(of: instance) == new)
        #expect(test.diskState(old).isEmpty)
        test.fail(
            "ReplaceSystemDisk", ["InstanceId": test.instance(named: "web-1"), "ImageId": VendorImages.ubuntu],
            403, "IncorrectInstanceStatus")
    }

    @Test func billingOfDisks() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "db-replica")
        let disk = test.disk(named: "db-replica-data")
        let call = ["RegionId": "cn-hangzhou", "InstanceId": instance, "DiskIds": "[\"\(disk)\"]"]
        test.succeed("ModifyDiskChargeType", call)
        test.fail("ModifyDiskChargeType", call, 403, "ChargeTypeViolation")
        test.fail("DetachDisk", ["InstanceId": instance, "DiskId": disk], 403, "DiskNotPortable")
        test.fail(
            "ModifyDiskChargeType", call.merging(["DiskIds": "[\"d-none\"]"]) { $1 }, 404, "InvalidDiskIds.NotFound")
    }

    @Test func disksThatStayWhenTheirInstanceGoes() throws {
        let test = try TestCloud()
        let kept = test.stopped(["DataDisk.1.Size": "40", "DataDisk.1.DeleteWithInstance": "false", "DataDisk.2.Size": "41"])
        test.succeed("DeleteInstance", ["InstanceId": kept])
        let disks = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "Status": "Available", "PageSize": "100"])
        let sizes = disks.list("Disks.Disk").compactMap { Optional($0)?["Size"].text }
        #expect(sizes.contains("40") && !sizes.contains("41"))
    }

    @Test func filters() throws {
        let test = try TestCloud()
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou"].merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "18")
        #expect(count(["DiskType": "system"]) == "12")
        #expect(count(["Status": "Available"]) == "2")
        #expect(count(["ZoneId": "cn-hangzhou-i", "DiskType": "data"]) == "3")
        #expect(count(["Category": "cloud_ssd"]) == "4")
        #expect(count(["Portable": "true"]) == "5")
        #expect(count(["DiskIds": "[]"]) == "18")
        #expect(count(["Tag.1.Key": "environment", "Tag.1.Value": "archive"]) == "2")
        #expect(count(["Tag.1.Key": "environment", "Tag.1.Value": "none"]) == "0")
        test.fail("DescribeDisks", ["RegionId": "cn-hangzhou", "Tag.1.Value": "x"], 400, "InvalidTag.Mismatch")
        test.fail("DescribeDisks", ["RegionId": "cn-hangzhou", "Status": "Gone"], 400, "InvalidStatus.ValueNotSupported")
        test.fail("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskIds": "d-1"], 403, "InvalidDiskIds.Malformed")
    }
}
