import Testing

@testable import Simulator

@Suite struct TaskStoryTests {
    private static let file = [
        "RegionId": "cn-hangzhou", "ImageName": "imported", "DiskDeviceMapping.1.OSSBucket": "images",
        "DiskDeviceMapping.1.OSSObject": "disk.raw", "DiskDeviceMapping.1.Format": "RAW",
    ]

    @Test func anImportCanBeFollowedToItsEnd() throws {
        let test = try TestCloud()
        let begun = test.succeed("ImportImage", Self.file)
        let place = ["RegionId": "cn-hangzhou", "TaskId": begun.text("TaskId")]
        test.clock.advance(seconds: 60)
        let half = test.succeed("DescribeTaskAttribute", place)
        #expect(half.text("TaskStatus") == "Processing")
        #expect(half.text("TaskProcess") == "25%")
        #expect(half.text("FinishedTime").isEmpty)
        #expect(half.text("OperationProgressSet.OperationProgress.0.RelatedItemSet.RelatedItem.1.Value") == "disk.raw")
        test.clock.advance(seconds: 180)
        let end = test.succeed("DescribeTaskAttribute", place)
        #expect(end.text("TaskStatus") == "Finished")
        #expect(end.text("SuccessCount") == "1")
        #expect(end.text("FinishedTime") == "2026-01-02T03:08Z")
        test.fail("CancelTask", place, 403, "InvalidTaskId.IncorrectTaskStatus")
    }

    @Test func aCancelledImportLeavesNoImage() throws {
        let test = try TestCloud()
        let begun = test.succeed("ImportImage", Self.file)
        let place = ["RegionId": "cn-hangzhou", "TaskId": begun.text("TaskId")]
        test.clock.advance(seconds: 120)
        test.succeed("CancelTask", place)
        test.fail("CancelTask", place, 403, "InvalidTaskId.IncorrectTaskStatus")
        let end = test.succeed("DescribeTaskAttribute", place)
        #expect(end.text("TaskStatus") == "Deleted")
        #expect(end.text("TaskProcess") == "50%")
        let images = ["RegionId": "cn-hangzhou", "ImageId": begun.text("ImageId"), "Status": "Creating,Available"]
        #expect(test.succeed("DescribeImages", images).text("TotalCount") == "0")
        // The name is free again.
        test.succeed("ImportImage", Self.file)
    }

    @Test func aCancelledExportLeavesTheImage() throws {
        let test = try TestCloud()
        let image = test.succeed("ImportImage", Self.file).text("ImageId")
        test.clock.advance(seconds: 240)
        let export = ["RegionId": "cn-hangzhou", "ImageId": image, "OSSBucket": "images", "OSSPrefix": "nightly"]
        let task = test.succeed("ExportImage", export).text("TaskId")
        let place = ["RegionId": "cn-hangzhou", "TaskId": task]
        let item = test.succeed("DescribeTaskAttribute", place).text(
            "OperationProgressSet.OperationProgress.0.RelatedItemSet.RelatedItem.1.Value")
        #expect(item == "nightly_\(image)_\(task).raw")
        test.fail("ExportImage", export, 403, "OperationDenied.ImageExporting")
        test.succeed("CancelTask", place)
        test.succeed("ExportImage", export)
    }

    @Test func filters() throws {
        let test = try TestCloud()
        let first = test.succeed("ImportImage", Self.file)
        test.clock.advance(seconds: 300)
        test.succeed("ExportImage", ["RegionId": "cn-hangzhou", "ImageId": first.text("ImageId"), "OSSBucket": "images"])
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeTasks", TestCloud.region.merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "2")
        #expect(count(["RegionId": "cn-beijing"]) == "0")
        #expect(count(["TaskAction": "ImportImage"]) == "1")
        #expect(count(["TaskStatus": "Processing"]) == "1")
        #expect(count(["TaskIds": "\(first.text("TaskId")),t-none"]) == "1")
        #expect(count(["ResourceIds.1": first.text("ImageId")]) == "2")
        #expect(count(["StartTime": "2026-01-02T03:06:00Z"]) == "1")
        test.fail(
            "DescribeTaskAttribute", ["RegionId": "cn-beijing", "TaskId": first.text("TaskId")], 400, "InvalidTaskId.NotFound")
        test.fail("CancelTask", ["RegionId": "cn-hangzhou", "TaskId": "t-none"], 400, "InvalidTaskId.NotFound")
    }
}
