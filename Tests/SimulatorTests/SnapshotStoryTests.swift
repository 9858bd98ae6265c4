import Testing

@testable import Simulator

@Suite struct SnapshotStoryTests {
    @Test func progress() throws {
        let test = try TestCloud()
        let disk = test.disk(named: "db-replica-data")
        let id = test.succeed("CreateSnapshot", ["DiskId": disk, "SnapshotName": "before"]).text("SnapshotId")
        test.fail("CreateSnapshot", ["DiskId": disk], 403, "IncorrectDiskStatus.CreatingSnapshot")
        test.fail("ResizeDisk", ["DiskId": disk, "NewSize": "600"], 403, "DiskCreatingSnapshot")
        test.clock.advance(seconds: 45)
        let query = ["RegionId": "cn-hangzhou", "SnapshotIds": "[\"\(id)\"]"]
        let half = test.succeed("DescribeSnapshots", query)
        #expect(half.text("Snapshots.Snapshot.0.Progress") == "50%")
        #expect(half.text("Snapshots.Snapshot.0.Status") == "progressing")
        test.clock.advance(seconds: 45)
        let whole = test.succeed("DescribeSnapshots", query)
        #expect(whole.text("Snapshots.Snapshot.0.Progress") == "100%")
        #expect(whole.text("Snapshots.Snapshot.0.Status") == "accomplished")
        #expect(test.succeed("DescribeSnapshotAttribute", ["SnapshotId": id]).text("SnapshotName") == "before")
        test.succeed("ModifySnapshotAttribute", ["SnapshotId": id, "SnapshotName": "after"])
        test.fail("ModifySnapshotAttribute", ["SnapshotId": id], 400, "NoAttributeToModify")
        test.fail("ModifySnapshotAttribute", ["SnapshotId": id, "SnapshotName": "auto1"], 400, "InvalidSnapshotName.Malformed")
        test.fail("ModifySnapshotAttribute", ["SnapshotId": "s-none", "Description": "xx"], 404, "InvalidSnapshotId.NotFound")
        test.succeed("DeleteSnapshot", ["SnapshotId": id])
        test.succeed("DeleteSnapshot", ["SnapshotId": id])
    }

    @Test func aDiskThatWasNeverAttachedHasNothingToCopy() throws {
        let test = try TestCloud()
        test.fail("CreateSnapshot", ["DiskId": test.disk(named: "scratch")], 403, "IncorrectDiskStatus.NeverAttached")
        test.succeed("CreateSnapshot", ["DiskId": test.disk(named: "archive-2023")])
        test.fail("CreateSnapshot", ["DiskId": "d-none"], 404, "InvalidDiskId.NotFound")
        let never = test.succeed("CreateInstance", test.runParameters()).text("InstanceId")
        test.clock.advance(seconds: 10)
        test.fail("CreateSnapshot", ["DiskId": test.systemDisk(of: never)], 403, "IncorrectDiskStatus.NeverUsed")
    }

    @Test func automaticSnapshotsGoWithTheirDisk() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "db-primary")
        let disk = test.disk(named: "db-primary-data")
        let query = ["RegionId": "cn-hangzhou", "DiskId": disk]
        #expect(test.succeed("DescribeSnapshots", query.merging(["SnapshotType": "auto"]) { $1 }).text("TotalCount") == "1")
        test.cloud.withWorld { world in
            if let record = world.disks[disk] { world.remove(record) }
        }
        let left = test.succeed("DescribeSnapshots", query)
        #expect(left.text("TotalCount") == "1" && left.text("Snapshots.Snapshot.0.SnapshotType") == "user")
        #expect(!instance.isEmpty)
    }

    @Test func retention() throws {
        let test = try TestCloud()
        let disk = test.disk(named: "db-replica-data")
        let id = test.succeed("CreateSnapshot", ["DiskId": disk, "RetentionDays": "2"]).text("SnapshotId")
        test.fail("ModifySnapshotAttribute", ["SnapshotId": id, "RetentionDays": "1"], 400, "InvalidParameter")
        test.clock.advance(seconds: 2 * 86_400 - 1)
        let query = ["RegionId": "cn-hangzhou", "SnapshotIds": "[\"\(id)\"]"]
        #expect(test.succeed("DescribeSnapshots", query).text("TotalCount") == "1")
        test.clock.advance(seconds: 1)
        #expect(test.succeed("DescribeSnapshots", query).text("TotalCount") == "0")
    }

    @Test func chains() throws {
        let test = try TestCloud()
        let links = test.succeed("DescribeSnapshotLinks", TestCloud.region)
        #expect(links.text("TotalCount") == "2")
        let byDisk = test.succeed(
            "DescribeSnapshotLinks", ["RegionId": "cn-hangzhou", "DiskIds": "[\"\(test.disk(named: "db-primary-data"))\"]"])
        #expect(byDisk.text("SnapshotLinks.SnapshotLink.0.TotalCount") == "2")
        #expect(byDisk.text("SnapshotLinks.SnapshotLink.0.InstanceName") == "db-primary")
        let none = test.succeed("DescribeSnapshotLinks", ["RegionId": "cn-hangzhou", "DiskIds": "[]", "SnapshotLinkIds": "[]"])
        #expect(none.text("TotalCount") == "0")
    }

    @Test func policies() throws {
        let test = try TestCloud()
        let create = [
            "regionId": "cn-hangzhou", "timePoints": "[\"1\",\"13\"]", "repeatWeekdays": "[\"1\",\"7\"]",
            "retentionDays": "30", "autoSnapshotPolicyName": "nightly", "Tag.1.Key": "team", "Tag.1.Value": "ops",
        ]
        let id = test.succeed("CreateAutoSnapshotPolicy", create).text("AutoSnapshotPolicyId")
        #expect(id.hasPrefix("sp-bp1"))
        let disk = test.disk(named: "archive-2023")
        let apply = ["regionId": "cn-hangzhou", "autoSnapshotPolicyId": id, "diskIds": "[\"\(disk)\"]"]
        test.succeed("ApplyAutoSnapshotPolicy", apply)
        let shown = test.succeed("DescribeAutoSnapshotPolicyEx", ["RegionId": "cn-hangzhou", "Tag.1.Key": "team"])
        #expect(shown.text("AutoSnapshotPolicies.AutoSnapshotPolicy.0.DiskNums") == "1")
        #expect(shown.text("AutoSnapshotPolicies.AutoSnapshotPolicy.0.TimePoints") == "[\"1\",\"13\"]")
        test.succeed(
            "ModifyAutoSnapshotPolicyEx",
            [
                "regionId": "cn-hangzhou", "autoSnapshotPolicyId": id, "timePoints": "[\"2\"]",
            ])
        test.succeed("CancelAutoSnapshotPolicy", ["regionId": "cn-hangzhou", "diskIds": "[\"\(disk)\"]"])
        test.succeed("ApplyAutoSnapshotPolicy", apply)
        test.succeed("DeleteAutoSnapshotPolicy", ["regionId": "cn-hangzhou", "autoSnapshotPolicyId": id])
        let left = test.succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "EnableAutoSnapshot": "true"])
        #expect(left.text("TotalCount") == "0")
        test.fail(
            "DeleteAutoSnapshotPolicy", ["regionId": "cn-hangzhou", "autoSnapshotPolicyId": id], 404, "ParameterInvalid")
        test.fail("CreateAutoSnapshotPolicy", create.merging(["timePoints": "[\"24\"]"]) { $1 }, 403, "ParameterInvalid")
        test.fail("CreateAutoSnapshotPolicy", create.merging(["retentionDays": "0"]) { $1 }, 403, "ParameterInvalid")
        test.fail("ApplyAutoSnapshotPolicy", apply, 404, "ParameterInvalid")
        test.succeed("ModifyAutoSnapshotPolicy", ["SystemDiskPolicyEnabled": "true", "DataDiskPolicyRetentionDays": "3"])
    }

    @Test func policiesMakeSnapshotsInTheirHours() throws {
        let test = try TestCloud()
        // 2026-01-02 is a Friday; 03:04Z is 11:04 by the clock of policies.
        let id = test.succeed(
            "CreateAutoSnapshotPolicy",
            [
                "regionId": "cn-hangzhou", "timePoints": "[\"12\",\"13\"]", "repeatWeekdays": "[\"5\"]", "retentionDays": "1",
            ]
        ).text("AutoSnapshotPolicyId")
        let disk = test.disk(named: "db-replica-data")
        test.succeed(
            "ApplyAutoSnapshotPolicy",
            [
                "regionId": "cn-hangzhou", "autoSnapshotPolicyId": id, "diskIds": "[\"\(disk)\"]",
            ])
        func count() -> String {
            test.succeed("DescribeSnapshots", ["RegionId": "cn-hangzhou", "DiskId": disk, "SnapshotType": "auto"])
                .text("TotalCount")
        }
        test.clock.advance(seconds: 3354)
        #expect(count() == "0")
        test.clock.advance(seconds: 1)
        #expect(count() == "1")
        test.clock.advance(seconds: 7200)
        #expect(count() == "2")
        #expect(count() == "2")
        test.clock.advance(seconds: 86_400)
        #expect(count() == "0")
        test.clock.advance(seconds: 7 * 86_400 - 3600)
        #expect(count() == "0", "those of Friday the 9th are past their retention again")
    }
}
