import Bytes
import Testing

@testable import Simulator

@Suite struct CloudAssistantStoryTests {
    private func base64(_ text: String) -> String {
        var output: [UInt8] = []
        Array(text.utf8).withView { output.append(base64: $0) }
        return String(decoding: output, as: UTF8.self)
    }

    private func newCommand(_ test: TestCloud, _ script: String, _ more: [String: String] = [:]) -> String {
        test.succeed(
            "CreateCommand",
            [
                "RegionId": "cn-hangzhou", "Name": "test", "Type": "RunShellScript", "CommandContent": base64(script),
            ].merging(more) { $1 }
        ).text("CommandId")
    }

    private func invoke(_ test: TestCloud, _ command: String, on names: [String], _ more: [String: String] = [:]) -> String {
        let ids = names.map { "\"\(test.instance(named: $0))\"" }.joined(separator: ",")
        return test.succeed(
            "InvokeCommand",
            [
                "RegionId": "cn-hangzhou", "CommandId": command, "InstanceIds": "[\(ids)]",
            ].merging(more) { $1 }
        ).text("InvokeId")
    }

    private func state(_ test: TestCloud, _ invocation: String) -> String {
        test.succeed("DescribeInvocations", ["RegionId": "cn-hangzhou", "InvokeId": invocation])
            .text("Invocations.Invocation.0.InvokeStatus")
    }

    private func results(_ test: TestCloud, _ invocation: String, _ more: [String: String] = [:]) -> Reply {
        test.succeed("DescribeInvocationResults", ["RegionId": "cn-hangzhou", "InvokeId": invocation].merging(more) { $1 })
    }

    @Test func aCommandRunsAndTellsWhatItPrinted() throws {
        let test = try TestCloud()
        let command = newCommand(test, "#!/bin/sh\necho \"hello from\"\nhostname\nsleep 5\nexit 3\necho never")
        let invocation = invoke(test, command, on: ["web-1", "web-2"])
        #expect(state(test, invocation) == "Running")
        let early = results(test, invocation)
        #expect(early.text("Invocation.TotalCount") == "2")
        #expect(early.text("Invocation.InvocationResults.InvocationResult.0.InvokeRecordStatus") == "Running")
        #expect(early.text("Invocation.InvocationResults.InvocationResult.0.Output").isEmpty)
        test.clock.advance(seconds: 8)
        #expect(state(test, invocation) == "Finished")
        let late = results(test, invocation, ["InstanceId": test.instance(named: "web-2")])
        #expect(late.text("Invocation.TotalCount") == "1")
        // Finished says that the process ended; the code says how.
        #expect(late.text("Invocation.InvocationResults.InvocationResult.0.ExitCode") == "3")
        #expect(late.text("Invocation.InvocationResults.InvocationResult.0.Output") == base64("hello from\nweb-2\n"))
        #expect(late.text("Invocation.InvocationResults.InvocationResult.0.FinishedTime") == "2026-01-02 11:04:12")
    }

    @Test func whatMayNotRun() throws {
        let test = try TestCloud()
        let command = newCommand(test, "date")
        func refuse(_ instance: String, _ status: Int, _ code: String, _ more: [String: String] = [:]) {
            test.fail(
                "InvokeCommand",
                [
                    "RegionId": "cn-hangzhou", "CommandId": command, "InstanceIds": "[\"\(instance)\"]",
                ].merging(more) { $1 }, status, code)
        }
        refuse("i-none", 404, "InvalidInstance.NotFound")
        refuse(test.instance(named: "staging-1"), 400, "InvalidInstanceStatus")
        refuse(test.instance(named: "queue-1"), 400, "InvalidInstance.NoClient")
        refuse(test.instance(named: "web-1"), 404, "InvalidCmdId.NotFound", ["CommandId": "c-none"])
        refuse(test.instance(named: "web-1"), 400, "MissingParameter.Frequency", ["Timed": "true"])
        refuse(test.instance(named: "web-1"), 400, "InvalidParameter", ["Timed": "true", "Frequency": "often"])
        test.fail("InvokeCommand", ["RegionId": "cn-hangzhou", "CommandId": command], 400, "MissingParameter.InstanceIds")
        // The classic network, in its own region.
        let legacy = test.succeed("DescribeInstances", ["RegionId": "cn-qingdao"]).text("Instances.Instance.0.InstanceId")
        let there = test.succeed(
            "CreateCommand",
            [
                "RegionId": "cn-qingdao", "Name": "there", "Type": "RunShellScript", "CommandContent": base64("date"),
            ]
        ).text("CommandId")
        test.fail(
            "InvokeCommand", ["RegionId": "cn-qingdao", "CommandId": there, "InstanceIds": "[\"\(legacy)\"]"], 400,
            "InvalidInstance.NotVpc")
        #expect(test.succeed("DescribeInvocations", TestCloud.region).text("TotalCount") == "0")
    }

    @Test func theClientComesWithARestart() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "queue-1")
        func hasClient() -> String {
            test.succeed("DescribeCloudAssistantStatus", ["RegionId": "cn-hangzhou", "InstanceId.1": instance])
                .text("InstanceCloudAssitantStatus.InstanceCloudAssitantStatusSet.0.CloudAssitantStatus")
        }
        #expect(hasClient() == "false")
        // As the vendor's clients spell it.
        test.succeed("InstallCloudAssistant", ["RegionId": "cn-hangzhou", "InstanceId.1": instance])
        #expect(hasClient() == "false")
        test.succeed("RebootInstance", ["InstanceId": instance])
        #expect(hasClient() == "true")
        test.clock.advance(seconds: 60)
        _ = invoke(test, newCommand(test, "date"), on: ["queue-1"])
        test.fail(
            "DescribeCloudAssistantStatus", ["RegionId": "cn-hangzhou", "InstanceId.1": "i-none"], 404, "InvalidInstance.NotFound"
        )
    }

    @Test func commandsAreKeptChangedAndDeleted() throws {
        let test = try TestCloud()
        let id = newCommand(test, "date", ["Description": "the time", "Timeout": "120"])
        let place = ["RegionId": "cn-hangzhou", "CommandId": id]
        test.succeed("ModifyCommand", place.merging(["Name": "clock"]) { $1 })
        let shown = test.succeed("DescribeCommands", ["RegionId": "cn-hangzhou", "Name": "clock"])
        #expect(shown.text("Commands.Command.0.Timeout") == "120")
        #expect(shown.text("Commands.Command.0.Description") == "the time")
        #expect(test.succeed("DescribeCommands", ["RegionId": "cn-hangzhou", "Type": "RunBatScript"]).text("TotalCount") == "0")
        let invocation = invoke(test, id, on: ["web-1"])
        test.succeed("DeleteCommand", place)
        test.fail("DeleteCommand", place, 404, "InvalidCmdId.NotFound")
        test.fail("ModifyCommand", place, 404, "InvalidCmdId.NotFound")
        #expect(results(test, invocation).text("Invocation.InvocationResults.InvocationResult.0.CommandId") == id)
    }

    @Test(arguments: [
        (["Name": ""], 400, "MissingParameter.Name"), (["Type": "RunPython"], 404, "InvalidCmdType.NotFound"),
        (["CommandContent": "no Base64"], 400, "Invalid.CommandContent"), (["CommandContent": ""], 400, "Invalid.CommandContent"),
        (["RegionId": "cn-nowhere"], 404, "InvalidRegionId.NotFound"),
    ])
    func createWith(change: [String: String], status: Int, code: String) throws {
        let parameters = [
            "RegionId": "cn-hangzhou", "Name": "test", "Type": "RunShellScript", "CommandContent": "ZGF0ZQ==",
        ]
        try TestCloud().fail("CreateCommand", parameters.merging(change) { $1 }, status, code)
    }

    @Test func whatLastsTooLongFails() throws {
        let test = try TestCloud()
        let slow = newCommand(test, "echo begin; sleep 100", ["Timeout": "60"])
        let invocation = invoke(test, slow, on: ["web-1"])
        test.clock.advance(seconds: 61)
        #expect(state(test, invocation) == "Running")
        test.clock.advance(seconds: 2)
        #expect(state(test, invocation) == "Failed")
        let windows = newCommand(test, "hostname", ["Type": "RunPowerShellScript"])
        let there = invoke(test, windows, on: ["build-windows"])
        test.clock.advance(seconds: 5)
        #expect(
            results(test, there).text("Invocation.InvocationResults.InvocationResult.0.Output") == base64("build-windows\r\n"))
    }

    /// What runs already goes on; what has not begun does not begin.
    @Test func stopping() throws {
        let test = try TestCloud()
        let command = newCommand(test, "sleep 30")
        let early = invoke(test, command, on: ["web-1", "web-2"])
        let one = "[\"\(test.instance(named: "web-1"))\"]"
        test.succeed("StopInvocation", ["RegionId": "cn-hangzhou", "InvokeId": early, "InstanceIds": one])
        let shown = test.succeed("DescribeInvocations", ["RegionId": "cn-hangzhou", "InvokeId": early])
        #expect(
            shown.list("Invocations.Invocation.0.InvokeInstances.InvokeInstance").map { $0["InstanceInvokeStatus"].text } == [
                "Stopped", "Running",
            ])
        test.clock.advance(seconds: 40)
        #expect(state(test, early) == "Finished")
        let late = invoke(test, command, on: ["web-1"])
        test.clock.advance(seconds: 10)
        test.succeed("StopInvocation", ["RegionId": "cn-hangzhou", "InvokeId": late])
        #expect(state(test, late) == "Stopped")
        test.clock.advance(seconds: 40)
        #expect(results(test, late).text("Invocation.InvocationResults.InvocationResult.0.InvokeRecordStatus") == "Finished")
        test.fail("StopInvocation", ["RegionId": "cn-hangzhou", "InvokeId": "t-none"], 400, "InvalidInvokeId.NotFound")
    }

    @Test func periodicCommandsRunUntilTheyAreStopped() throws {
        let test = try TestCloud()
        let command = newCommand(test, "date")
        let order = invoke(test, command, on: ["web-1"], ["Timed": "true", "Frequency": "0 */20 * * * *"])
        #expect(results(test, order).text("Invocation.TotalCount") == "0")
        test.clock.advance(seconds: 3600)
        #expect(state(test, order) == "Running")
        let runs = results(test, order)
        #expect(
            runs.list("Invocation.InvocationResults.InvocationResult").map { $0["FinishedTime"].text } == [
                "2026-01-02 12:00:01", "2026-01-02 11:40:01", "2026-01-02 11:20:01",
            ])
        test.succeed("StopInvocation", ["RegionId": "cn-hangzhou", "InvokeId": order])
        test.clock.advance(seconds: 3600)
        #expect(state(test, order) == "Stopped")
        #expect(results(test, order).text("Invocation.TotalCount") == "3")
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeInvocations", TestCloud.region.merging(more) { $1 }).text("TotalCount")
        }
        _ = invoke(test, command, on: ["web-2"])
        #expect(count([:]) == "2")
        #expect(count(["Timed": "true"]) == "1")
        #expect(count(["InvokeStatus": "Stopped"]) == "1")
        #expect(count(["CommandType": "RunShellScript", "CommandName": "test"]) == "2")
        #expect(count(["InstanceId": test.instance(named: "web-2")]) == "1")
    }
}

@Suite struct CronExpressionTests {
    private func times(_ text: String, _ from: String, _ to: String) -> [String]? {
        guard let cron = CronExpression(text) else { return nil }
        let parameters = CallParameters(["from": from, "to": to])
        guard let from = parameters.time("from"), let to = parameters.time("to") else { return nil }
        return cron.occurrences(after: from, until: to, atMost: 4).map(\.text)
    }

    @Test(arguments: [
        // By the clock of China: 14:00 there is 06:00 in UTC.
        ("0 0-5 14 * * ?", ["2026-01-02T06:05:00Z", "2026-01-02T06:04:00Z", "2026-01-02T06:03:00Z", "2026-01-02T06:02:00Z"]),
        ("30 0 8 2 1 ?", ["2026-01-02T00:00:30Z"]), ("0 0 0 ? * SUN", []), ("0 0 0 ? * FRI", ["2026-01-01T16:00:00Z"]),
        ("*/30 59 23 * * *", ["2026-01-01T15:59:30Z", "2026-01-01T15:59:00Z"]), ("0 0 12 1,3 * *", ["2026-01-01T04:00:00Z"]),
    ])
    func occurrences(text: String, expected: [String]) {
        #expect(times(text, "2026-01-01T00:00:00Z", "2026-01-02T12:00:00Z") == expected)
    }

    @Test(arguments: [
        "", "* * * * *", "60 * * * * *", "* * 24 * * *", "* * * 0 * *", "a * * * * *", "5-1 * * * * *", "*/0 * * * * *",
        "1/2/3 * * * * *",
    ])
    func nonsense(text: String) {
        #expect(CronExpression(text) == nil)
    }
}
