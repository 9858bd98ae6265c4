import Testing

@testable import Simulator

@Suite struct SnapshotTransferTests {
    private func task(_ test: TestCloud, _ id: String) -> Reply {
        test.succeed("DescribeTaskAttribute", test.here(["TaskId": id]))
    }

    private func snapshot(_ test: TestCloud, named name: String) -> Reply {
        var reply = test.succeed("DescribeSnapshots", test.here(["SnapshotName": name]))
        reply.body = reply["Snapshots.Snapshot.0"] ?? .null
        return reply
    }

    @Test func anExportRunsAsATask() throws {
        let test = try TestCloud.privateCloud()
        let id = snapshot(test, named: "measurements-2019-monthly").text("SnapshotId")
        let export = test.here(["SnapshotId": id, "OssBucket": "archive"])
        let first = test.succeed("ExportSnapshot", export).text("TaskId")
        test.fail("ExportSnapshot", export, 403, "SNAPSHOT_IS_EXPORTING")
        let shown = task(test, first)
        #expect(shown.text("TaskAction") == "ExportSnapshot")
        #expect(shown.text("TaskStatus") == "Processing")
        #expect(shown.text("OperationProgressSet.OperationProgress.0.RelatedItemSet.RelatedItem.0.Value") == "archive")
        test.clock.advance(seconds: 100)
        #expect(task(test, first).text("TaskProcess") == "50%")
        test.clock.advance(seconds: 100)
        #expect(task(test, first).text("TaskStatus") == "Finished")
        test.fail("CancelTask", test.here(["TaskId": first]), 403, "InvalidTaskId.IncorrectTaskStatus")
        let second = test.succeed("ExportSnapshot", export).text("TaskId")
        test.succeed("CancelTask", test.here(["TaskId": second]))
        #expect(task(test, second).text("TaskStatus") == "Deleted")
        test.succeed("ExportSnapshot", export)
        let listed = test.succeed("DescribeTasks", test.here(["TaskAction": "ExportSnapshot", "TaskStatus": "Finished"]))
        #expect(listed.list("TaskSet.Task").map { $0["TaskId"].text } == [first])
    }

    @Test func anImportBecomesASnapshotOrIsCancelled() throws {
        let test = try TestCloud.privateCloud()
        let parameters = test.here(["SnapshotName": "from-oss", "OssBucket": "archive", "OssObject": "old.snp"])
        let reply = test.succeed("ImportSnapshot", parameters)
        #expect(snapshot(test, named: "from-oss").text("Status") == "progressing")
        test.fail(
            "ExportSnapshot", test.here(["SnapshotId": reply.text("SnapshotId"), "OssBucket": "archive"]), 403,
            "SNAPSHOT_CREATE_NOT_FINISHED")
        test.clock.advance(seconds: 240)
        #expect(snapshot(test, named: "from-oss").text("Status") == "accomplished")
        let disk = test.succeed(
            "CreateDisk",
            test.here(["ZoneId": TestCloud.privateZone, "DiskCategory": "cloud_ssd", "SnapshotId": reply.text("SnapshotId")]))
        #expect(test.privateDisk(disk.text("DiskId")).text("Size") == "40")
        let other = test.succeed("ImportSnapshot", parameters.merging(["SnapshotName": "not-wanted"]) { $1 })
        test.succeed("CancelTask", test.here(["TaskId": other.text("TaskId")]))
        #expect(snapshot(test, named: "not-wanted").text("SnapshotId") == "")
    }

    @Test func whatCannotBeExported() throws {
        let test = try TestCloud.privateCloud()
        let id = snapshot(test, named: "measurements-2019-monthly").text("SnapshotId")
        test.fail("ExportSnapshot", test.here(["SnapshotId": "s-nothing", "OssBucket": "archive"]), 403, "SNAPSHOT_NOT_EXIST")
        test.fail("ExportSnapshot", test.here(["SnapshotId": id, "OssBucket": "Not A Bucket"]), 403, "OSS_BUCKET_NOT_FOUND")
        test.fail("DescribeTasks", ["RegionId": "cn-hangzhou"], 400, "InvalidRegionId.NotFound")
        test.fail("CancelTask", test.here(["TaskId": "t-nothing"]), 400, "InvalidTaskId.NotFound")
    }
}
