import Testing

@testable import Simulator

@Suite struct ImageStoryTests {
    private func state(_ test: TestCloud, _ id: String, _ region: String = "cn-hangzhou") -> String {
        test.succeed(
            "DescribeImages",
            [
                "RegionId": region, "ImageId": id, "Status": "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated",
            ]
        ).text("Images.Image.0.Status")
    }

    @Test func anImageOfAnInstance() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "ci-runner")
        let create = ["RegionId": "cn-hangzhou", "InstanceId": instance, "ImageName": "runner"]
        let id = test.succeed("CreateImage", create).text("ImageId")
        #expect(state(test, id) == "Creating")
        test.fail("CreateImage", create, 400, "InvalidImageName.Duplicated")
        test.fail("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id], 403, "ImageIsCreating")
        test.fail("RunInstances", test.runParameters(["ImageId": id]), 403, "OperationDenied.ImageNotValid")
        test.clock.advance(seconds: 60)
        let half = test.succeed("DescribeImages", ["RegionId": "cn-hangzhou", "ImageId": id, "Status": "Creating"])
        #expect(half.text("Images.Image.0.Progress") == "50%")
        test.clock.advance(seconds: 60)
        #expect(state(test, id) == "Available")
        let snapshots = test.succeed("DescribeSnapshots", ["RegionId": "cn-hangzhou", "Usage": "image"])
        #expect(snapshots.text("TotalCount") == "2")
        test.fail(
            "DeleteSnapshot", ["SnapshotId": snapshots.text("Snapshots.Snapshot.0.SnapshotId")], 403, "SnapshotCreatedImage")
        let copy = test.run(["ImageId": id])
        let disks = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "InstanceId": copy])
        #expect(disks.text("TotalCount") == "2")
        test.fail("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id], 403, "ImageUsingByInstance")
        test.succeed("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id, "Force": "true"])
        test.succeed("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id])
    }

    @Test func sourcesOfImages() throws {
        let test = try TestCloud()
        test.fail("CreateImage", TestCloud.region, 400, "MissingParameter")
        let data = test.succeed("DescribeSnapshots", ["RegionId": "cn-hangzhou", "SnapshotName": "archive-2023-final"])
            .text("Snapshots.Snapshot.0.SnapshotId")
        test.fail("CreateImage", ["RegionId": "cn-hangzhou", "SnapshotId": data], 403, "OperationDenied")
        test.fail("CreateImage", ["RegionId": "cn-hangzhou", "SnapshotId": "s-none"], 404, "InvalidSnapshotId.NotFound")
        let disk = test.systemDisk(of: test.instance(named: "web-1"))
        let system = test.succeed("CreateSnapshot", ["DiskId": disk]).text("SnapshotId")
        test.fail("CreateImage", ["RegionId": "cn-hangzhou", "SnapshotId": system], 403, "InvalidSnapshotId.NotReady")
        test.clock.advance(seconds: 100)
        test.succeed("CreateImage", ["RegionId": "cn-hangzhou", "SnapshotId": system])
        test.fail(
            "CreateImage", ["RegionId": "cn-hangzhou", "DiskDeviceMapping.1.SnapshotId": data], 400, "OperationDenied")
        test.succeed(
            "CreateImage",
            [
                "RegionId": "cn-hangzhou", "DiskDeviceMapping.1.SnapshotId": system, "DiskDeviceMapping.2.SnapshotId": data,
                "DiskDeviceMapping.3.Size": "10",
            ])
        test.fail(
            "CreateImage",
            [
                "RegionId": "cn-hangzhou", "DiskDeviceMapping.1.SnapshotId": system, "DiskDeviceMapping.2.SnapshotId": system,
            ], 400, "OperationDenied")
        let starting = test.run()
        test.fail("CreateImage", ["RegionId": "cn-hangzhou", "InstanceId": starting], 400, "IncorrectInstanceStatus")
    }

    @Test func copies() throws {
        let test = try TestCloud()
        let id = test.succeed("CreateImage", ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "web-1")])
            .text("ImageId")
        let copy = ["RegionId": "cn-hangzhou", "ImageId": id, "DestinationRegionId": "cn-beijing"]
        test.fail("CopyImage", copy, 400, "IncorrectImageStatus")
        test.clock.advance(seconds: 120)
        test.fail("CopyImage", copy.merging(["DestinationRegionId": "cn-none"]) { $1 }, 400, "DestinationRegion.NotFound")
        test.fail("CopyImage", copy.merging(["ImageId": VendorImages.linux]) { $1 }, 400, "InvalidImageId.NotFound")
        let ids = (1...6).map {
            test.succeed("CopyImage", copy.merging(["DestinationImageName": "copy\($0)"]) { $1 }).text("ImageId")
        }
        #expect(state(test, ids[0], "cn-beijing") == "Creating")
        #expect(state(test, ids[5], "cn-beijing") == "Waiting")
        test.fail("DeleteImage", ["RegionId": "cn-beijing", "ImageId": ids[0]], 403, "OperationDenied.ImageCopying")
        test.succeed("CancelCopyImage", ["RegionId": "cn-beijing", "ImageId": ids[5]])
        test.clock.advance(seconds: 180)
        #expect(state(test, ids[0], "cn-beijing") == "Available")
        test.fail("CancelCopyImage", ["RegionId": "cn-beijing", "ImageId": ids[0]], 400, "IncorrectImageStatus")
        test.fail("CancelCopyImage", ["RegionId": "cn-hangzhou", "ImageId": id], 400, "ImageCreatedNotFromCopy")
    }

    @Test func importAndExport() throws {
        let test = try TestCloud()
        let file = [
            "RegionId": "cn-hangzhou", "ImageName": "imported", "DiskDeviceMapping.1.OSSBucket": "images",
            "DiskDeviceMapping.1.OSSObject": "disk.raw", "DiskDeviceMapping.1.Format": "RAW", "OSType": "linux",
        ]
        var partial = file
        partial["DiskDeviceMapping.1.OSSObject"] = nil
        test.fail("ImportImage", partial, 400, "MissingParameter")
        let id = test.succeed("ImportImage", file).text("ImageId")
        test.fail("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id], 403, "ImageIsImporting")
        let export = ["RegionId": "cn-hangzhou", "ImageId": id, "OSSBucket": "images"]
        test.fail("ExportImage", export, 400, "IncorrectImageStatus")
        test.clock.advance(seconds: 240)
        test.succeed("ExportImage", export)
        test.fail("ExportImage", export, 403, "OperationDenied.ImageExporting")
        test.fail("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id], 403, "ImageIsExporting")
        test.clock.advance(seconds: 200)
        test.succeed("DeleteImage", ["RegionId": "cn-hangzhou", "ImageId": id])
    }

    @Test func sharing() throws {
        let test = try TestCloud()
        let id = test.succeed("CreateImage", ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "web-1")])
            .text("ImageId")
        let place = ["RegionId": "cn-hangzhou", "ImageId": id]
        let share = place.merging(["AddAccount.1": "1000000000000001"]) { $1 }
        test.fail("ModifyImageSharePermission", share, 400, "IncorrectImageStatus")
        test.clock.advance(seconds: 120)
        test.succeed("ModifyImageSharePermission", share)
        test.fail(
            "ModifyImageSharePermission", place.merging(["AddAccount.1": "1234567890123456"]) { $1 }, 404,
            "InvalidAccount.Forbidden")
        test.fail("ModifyImageSharePermission", place.merging(["AddAccount.1": "me"]) { $1 }, 404, "InvalidAccount.NotFound")
        let shares = test.succeed("DescribeImageSharePermission", place)
        #expect(shares.text("Accounts.Account.0.AliyunId") == "1000000000000001")
        test.fail("DeleteImage", place, 403, "ImageUseShared")
        test.succeed("ModifyImageSharePermission", place.merging(["RemoveAccount.1": "1000000000000001"]) { $1 })
        test.succeed("ModifyImageAttribute", place.merging(["ImageName": "golden", "Status": "Deprecated"]) { $1 })
        #expect(state(test, id) == "Deprecated")
        test.succeed("DeleteImage", place)
        test.fail("ModifyImageAttribute", place.merging(["ImageName": "none"]) { $1 }, 403, "InvalidImageId.NotFound")
    }

    @Test func filters() throws {
        let test = try TestCloud()
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeImages", ["RegionId": "cn-hangzhou"].merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "6")
        #expect(count(["RegionId": "cn-beijing"]) == "6")
        #expect(count(["OSType": "windows"]) == "1")
        #expect(count(["Architecture": "arm64"]) == "1")
        #expect(count(["ImageOwnerAlias": "self"]) == "0")
        #expect(count(["Usage": "instance"]) == "4")
        #expect(count(["InstanceType": "ecs.g8y.large"]) == "1")
        #expect(count(["ImageId": "\(VendorImages.linux),\(VendorImages.ubuntu)"]) == "2")
        test.fail("DescribeImages", ["RegionId": "cn-hangzhou", "Status": "Nothing"], 400, "InvalidParameter")
    }
}
