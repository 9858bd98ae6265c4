import Bytes
import Testing

@testable import Simulator

/// The clock of the tests begins at 2026-01-02T03:04:05Z.
@Suite struct MonitoringTests {
    private static let hour = ["StartTime": "2026-01-02T02:00:00Z", "EndTime": "2026-01-02T03:00:00Z"]

    private func points(_ reply: Reply, _ name: String) -> [JSONValue] { reply.list("MonitorData.\(name)") }

    @Test func aSeriesIsTheSameWheneverItIsAsked() throws {
        let test = try TestCloud()
        let call = ["InstanceId": test.instance(named: "web-1")].merging(Self.hour) { $1 }
        let first = points(test.succeed("DescribeInstanceMonitorData", call), "InstanceMonitorData")
        #expect(first.count == 61)
        #expect(Set(first.compactMap { $0["CPU"].text }).count > 5)
        #expect(first.allSatisfy { $0["CPU"].text.flatMap { Int($0) }.map { (0...100).contains($0) } ?? false })
        test.clock.advance(seconds: 60)
        #expect(points(test.succeed("DescribeInstanceMonitorData", call), "InstanceMonitorData") == first)
        #expect(try points(TestCloud().succeed("DescribeInstanceMonitorData", call), "InstanceMonitorData") == first)
        let coarse = points(
            test.succeed("DescribeInstanceMonitorData", call.merging(["Period": "600"]) { $1 }), "InstanceMonitorData")
        #expect(
            coarse.map { $0["TimeStamp"].text } == (0...6).map { $0 == 6 ? "2026-01-02T03:00:00Z" : "2026-01-02T02:\($0)0:00Z" })
    }

    @Test(arguments: [
        (["EndTime": "2026-01-02T01:00:00Z"], "InvalidEndTime.Malformed"),
        (["StartTime": "yesterday"], "InvalidStartTime.Malformed"),
        (["StartTime": "2025-12-02T00:00:00Z", "EndTime": "2025-12-02T01:00:00Z"], "InvalidStartTime.TooEarly"),
        (["StartTime": "2026-01-01T00:00:00Z"], "InvalidParameter.TooManyDataQueried"),
        (["Period": "61"], "InvalidPeriod.ValueNotSupported"),
    ])
    func ranges(change: [String: String], code: String) throws {
        let test = try TestCloud()
        let call = Self.hour.merging(change) { $1 }
        let instance = ["InstanceId": test.instance(named: "web-1")]
        test.fail("DescribeInstanceMonitorData", instance.merging(call) { $1 }, 400, code)
        test.fail("DescribeEniMonitorData", instance.merging(call) { $1 }, 400, code)
        test.fail("DescribeDiskMonitorData", ["DiskId": test.disk(named: "db-primary-data")].merging(call) { $1 }, 400, code)
        test.fail("DescribeSnapshotMonitorData", TestCloud.region.merging(call) { $1 }, 400, code)
    }

    /// Seconds other than 00 count as the next minute, and nothing is known of the future.
    @Test func theEndsOfARange() throws {
        let test = try TestCloud()
        let call = [
            "InstanceId": test.instance(named: "web-1"), "StartTime": "2026-01-02T03:01:30Z", "EndTime": "2026-01-02T04:00:00Z",
        ]
        let found = points(test.succeed("DescribeInstanceMonitorData", call), "InstanceMonitorData")
        #expect(found.map { $0["TimeStamp"].text } == ["2026-01-02T03:02:00Z", "2026-01-02T03:03:00Z", "2026-01-02T03:04:00Z"])
    }

    @Test func whatDoesNotRunIsNotMeasured() throws {
        let test = try TestCloud()
        let stopped = ["InstanceId": test.instance(named: "staging-1")].merging(Self.hour) { $1 }
        #expect(points(test.succeed("DescribeInstanceMonitorData", stopped), "InstanceMonitorData").isEmpty)
        let loose = ["DiskId": test.disk(named: "scratch")].merging(Self.hour) { $1 }
        #expect(points(test.succeed("DescribeDiskMonitorData", loose), "DiskMonitorData").isEmpty)
        let web = test.instance(named: "web-1")
        test.succeed("StopInstance", ["InstanceId": web])
        test.clock.advance(seconds: 600)
        let call = ["InstanceId": web, "StartTime": "2026-01-02T03:00:00Z", "EndTime": "2026-01-02T03:14:00Z"]
        let found = points(test.succeed("DescribeInstanceMonitorData", call), "InstanceMonitorData")
        #expect(found.map { $0["TimeStamp"].text } == (0...4).map { "2026-01-02T03:0\($0):00Z" })
        test.fail(
            "DescribeInstanceMonitorData", ["InstanceId": "i-none"].merging(Self.hour) { $1 }, 404, "InvalidInstanceId.NotFound")
        test.fail("DescribeDiskMonitorData", ["DiskId": "d-none"].merging(Self.hour) { $1 }, 404, "InvalidDiskId.NotFound")
    }

    @Test func onlySecondaryInterfacesHaveSeriesOfTheirOwn() throws {
        let test = try TestCloud()
        let instance = test.running(["NetworkInterface.1.NetworkInterfaceName": "second"])
        let call = ["InstanceId": instance, "StartTime": "2026-01-02T03:04:00Z", "EndTime": "2026-01-02T03:10:00Z"]
        test.clock.advance(seconds: 600)
        let found = test.succeed("DescribeEniMonitorData", call)
        let interfaces = Set(points(found, "EniMonitorData").compactMap { $0["EniId"].text })
        #expect(interfaces.count == 1)
        #expect(found.text("TotalCount") == "6")
        let other = test.succeed("DescribeEniMonitorData", call.merging(["EniId": "eni-none"]) { $1 })
        #expect(other.text("TotalCount") == "0")
    }

    @Test func snapshotsTakeRoom() throws {
        let test = try TestCloud()
        let call = TestCloud.region.merging(Self.hour) { $1 }
        let sizes = points(test.succeed("DescribeSnapshotMonitorData", call), "DataPoint").compactMap { $0["Size"].text }
        #expect(Set(sizes).count == 1 && sizes.first.flatMap { Int($0) } ?? 0 > 1 << 30)
        #expect(
            points(test.succeed("DescribeSnapshotMonitorData", call.merging(["Category": "Flash"]) { $1 }), "DataPoint").first?[
                "Size"
            ].text == "0")
    }

    @Test func screens() throws {
        let test = try TestCloud()
        let web = ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "web-1")]
        let shot = Array(test.succeed("GetInstanceScreenshot", web.merging(["Wakeup": "true"]) { $1 }).text("Screenshot").utf8)
        #expect(shot.withView { Base64.decode($0) }?.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
        let log =
            Array(test.succeed("GetInstanceConsoleOutput", web).text("ConsoleOutput").utf8).withView { Base64.decode($0) } ?? []
        #expect(String(decoding: log, as: UTF8.self).contains("web-1 login:"))
        let stopped = ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "staging-1")]
        let refused = test.fail("GetInstanceScreenshot", stopped, 405, "IncorrectInstanceStatus")
        #expect(refused.text("Message") == "The instance status \"Stopped\" is not applicable")
        test.fail("GetInstanceConsoleOutput", stopped, 405, "IncorrectInstanceStatus")
        let windows = ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "build-windows")]
        test.fail("GetInstanceConsoleOutput", windows, 405, "NotSupported")
        test.succeed("GetInstanceScreenshot", windows)
        test.fail(
            "GetInstanceScreenshot", ["RegionId": "cn-beijing", "InstanceId": web["InstanceId"] ?? ""], 404, "InvalidParameter")
    }

    @Test func eventsOfInstances() throws {
        let test = try TestCloud()
        func events(_ more: [String: String] = [:]) -> [String] {
            test.succeed("DescribeInstanceHistoryEvents", TestCloud.region.merging(more) { $1 })
                .list("InstanceSystemEventSet.InstanceSystemEventType").map { $0["EventCycleStatus"]?["Name"].text ?? "" }
                .sorted()
        }
        #expect(events() == ["Avoided", "Executed", "Executed", "Scheduled", "Scheduled"])
        #expect(events(["InstanceEventType.1": "InstanceFailure.Reboot"]) == ["Executed"])
        #expect(
            events(["InstanceEventCycleStatus.1": "Scheduled", "EventCycleStatus": "Avoided"]) == ["Scheduled", "Scheduled"])
        #expect(events(["InstanceId": test.instance(named: "web-2")]) == ["Executed"])
        let replica = test.instance(named: "db-replica")
        func status() -> Reply {
            test.succeed("DescribeInstancesFullStatus", ["RegionId": "cn-hangzhou", "InstanceId.1": replica])
        }
        let path = "InstanceFullStatusSet.InstanceFullStatusType.0"
        #expect(
            status().text("\(path).ScheduledSystemEventSet.ScheduledSystemEventType.0.EventType.Name")
                == "SystemMaintenance.Reboot")
        #expect(status().text("\(path).HealthStatus.Name") == "OK")
        // Who restarts by himself need not wait for the cloud to do it.
        test.succeed("RebootInstance", ["InstanceId": replica])
        #expect(status().text("\(path).HealthStatus.Name") == "Initializing")
        #expect(status().list("\(path).ScheduledSystemEventSet.ScheduledSystemEventType").isEmpty)
        #expect(events(["InstanceId": replica]) == ["Avoided"])
        test.clock.advance(seconds: 86_400 + 60)
        #expect(events(["EventCycleStatus": "Executing"]) == ["Executing"])
        let ill = test.succeed("DescribeInstancesFullStatus", ["RegionId": "cn-hangzhou", "HealthStatus": "Maintaining"])
        #expect(ill.text("TotalCount") == "1")
        test.clock.advance(seconds: 7 * 86_400)
        #expect(events() == [])
    }

    @Test func filtersOfFullStatus() throws {
        let test = try TestCloud()
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeInstancesFullStatus", TestCloud.region.merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "12")
        #expect(count(["Status": "Stopped"]) == "1")
        #expect(count(["HealthStatus": "Warning"]) == "1")
        #expect(count(["EventType": "SystemMaintenance.Reboot"]) == "1")
        // With a range, past events count too.
        #expect(count(["EventPublishTime.Start": "2025-12-27T00:00:00Z"]) == "5")
        #expect(count(["NotBefore.Start": "2026-01-05T00:00:00Z"]) == "1")
        let many = Dictionary(uniqueKeysWithValues: (1...101).map { ("InstanceId.\($0)", "i-\($0)") })
        test.fail("DescribeInstancesFullStatus", TestCloud.region.merging(many) { $1 }, 403, "InstanceIdLimitExceeded")
    }

    @Test func healthOfDisks() throws {
        let test = try TestCloud()
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeDisksFullStatus", TestCloud.region.merging(more) { $1 }).text("TotalCount")
        }
        #expect(count(["Status": "Available", "HealthStatus": "NotApplicable"]) == "2")
        #expect(count(["EventType": "Degraded"]) == "1")
        #expect(count(["EventType": "Stalled"]) == "0")
        #expect(count(["Tag.1.Key": "environment"]) == "2")
        let disk = test.disk(named: "db-replica-data")
        let shown = test.succeed("DescribeDisksFullStatus", ["RegionId": "cn-hangzhou", "DiskId.1": disk])
        #expect(shown.text("DiskFullStatusSet.DiskFullStatusType.0.DiskEventSet.DiskEventType.0.EventType.Name") == "Degraded")
        #expect(shown.text("DiskFullStatusSet.DiskFullStatusType.0.InstanceId") == test.instance(named: "db-replica"))
        test.fail(
            "DescribeDisksFullStatus",
            ["RegionId": "cn-hangzhou", "EventTime.Start": "2026-01-02T00:00:00Z", "EventTime.End": "2026-01-01T00:00:00Z"], 403,
            "InvalidParameter.TimeEndBeforeStart")
    }
}
