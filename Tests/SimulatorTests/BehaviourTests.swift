import Bytes
import Testing

@testable import Simulator

@Suite struct BehaviourTests {
    @Test func aClientTokenMakesARepeatHarmless() throws {
        let test = try TestCloud()
        let parameters = test.runParameters(["ClientToken": "token-1"])
        let first = test.succeed("RunInstances", parameters).text("InstanceIdSets.InstanceIdSet.0")
        let second = test.succeed("RunInstances", parameters)
        #expect(second.text("InstanceIdSets.InstanceIdSet.0") == first)
        test.fail(
            "RunInstances", parameters.merging(["InstanceName": "other"]) { $1 }, 400, "IdempotentParameterMismatch")
        #expect(test.succeed("DescribeInstances", TestCloud.region).text("TotalCount") == "13")
        let disk = test.disk(named: "archive-2023")
        test.succeed("CreateSnapshot", ["DiskId": disk, "ClientToken": "t"])
        test.fail(
            "CreateSnapshot", ["DiskId": disk, "ClientToken": "t", "Description": "other"], 403, "IdempotentParameterMismatch")
        test.succeed("ResizeDisk", ["DiskId": test.disk(named: "scratch"), "NewSize": "300", "ClientToken": "t"])
    }

    @Test func aFailedCallDoesNotUseUpItsToken() throws {
        let test = try TestCloud()
        let disk = test.disk(named: "archive-2023")
        test.succeed("CreateSnapshot", ["DiskId": disk])
        test.fail("CreateSnapshot", ["DiskId": disk, "ClientToken": "t"], 403, "IncorrectDiskStatus.CreatingSnapshot")
        test.clock.advance(seconds: 100)
        test.succeed("CreateSnapshot", ["DiskId": disk, "ClientToken": "t"])
    }

    @Test func aDryRunChangesNothing() throws {
        let test = try TestCloud()
        test.fail("RunInstances", test.runParameters(["DryRun": "true"]), 400, "DryRunOperation")
        #expect(test.succeed("DescribeInstances", TestCloud.region).text("TotalCount") == "12")
        let id = test.instance(named: "web-1")
        test.fail("StopInstance", ["InstanceId": id, "DryRun": "true"], 400, "DryRunOperation")
        #expect(test.state(of: id) == "Running")
        test.fail("StartInstance", ["InstanceId": id, "DryRun": "true"], 403, "IncorrectInstanceStatus")
    }

    @Test func aFailedBatchLeavesNothingBehind() throws {
        let test = try TestCloud()
        // The second address of the batch is the last one that the cloud keeps for itself.
        let parameters = test.runParameters(["Amount": "2", "PrivateIpAddress": "172.16.15.252"])
        test.fail("RunInstances", parameters, 400, "InvalidPrivateIpAddress.Duplicated")
        #expect(test.succeed("DescribeInstances", TestCloud.region).text("TotalCount") == "12")
        #expect(test.succeed("DescribeDisks", TestCloud.region).text("TotalCount") == "18")
    }

    @Test func theSameSeedGivesTheSameCloud() throws {
        let first = try TestCloud()
        let second = try TestCloud()
        let other = try TestCloud { $0.seed = 2 }
        let parameters = first.runParameters()
        _ = second.runParameters()
        #expect(
            first.succeed("RunInstances", parameters).response.body == second.succeed("RunInstances", parameters).response.body)
        #expect(first.instance(named: "web-1") != other.instance(named: "web-1"))
    }

    @Test func speedDividesDurationsOnly() throws {
        let test = try TestCloud(speed: 10)
        let id = test.run()
        test.clock.advance(seconds: 1)
        #expect(test.state(of: id) == "Starting")
        test.clock.advance(seconds: 1)
        #expect(test.state(of: id) == "Running")
        let instant = try TestCloud(speed: .infinity)
        #expect(instant.state(of: instant.run()) == "Running")
    }

    @Test(arguments: [
        ("throttling", 400, "Throttling"), ("internal-error", 500, "InternalError"), ("unavailable", 503, "ServiceUnavailable"),
        ("error=OperationConflict", 409, "OperationConflict"),
    ])
    func faultsByHeader(header: String, status: Int, code: String) throws {
        for isHonoured in [true, false] {
            let test = try TestCloud { $0.honoursFaultHeader = isHonoured }
            var request = test.signed("DescribeInstances", TestCloud.region).request(at: test.clock.now)
            request.headers.append(.init("x-simulate-fault", header))
            let response = test.cloud.handle(request)
            #expect(response.status == (isHonoured ? status : 200))
            if isHonoured { #expect(String(decoding: response.body, as: UTF8.self).contains(code)) }
        }
    }

    @Test func faultsByPlan() throws {
        let test = try TestCloud()
        test.cloud.setFaults(FaultPlan([.init(.throttling, actions: ["DescribeDisks"], remaining: 2)]))
        test.succeed("DescribeInstances", TestCloud.region)
        test.fail("DescribeDisks", TestCloud.region, 400, "Throttling")
        test.fail("DescribeDisks", TestCloud.region, 400, "Throttling")
        test.succeed("DescribeDisks", TestCloud.region)
        test.cloud.setFaults(FaultPlan([.init(.internalError, probability: 0.5)]))
        let failures = (0..<200).count { _ in test.call("DescribeDisks", TestCloud.region).status == 500 }
        #expect((60...140).contains(failures))
        test.cloud.setFaults(FaultPlan([.init(.malformedBody, remaining: 1), .init(.wrongContentType, remaining: 1)]))
        #expect(
            test.cloud.handle(test.signed("DescribeDisks", TestCloud.region).request(at: test.clock.now))
                .body.withView { try? JSONValue(parsing: $0) } == nil)
        #expect(test.call("DescribeDisks", TestCloud.region).response.contentType == "text/html")
    }

    @Test(arguments: [
        ("delay=50", FaultPlan.Fault.transport(.delay(milliseconds: 50))), ("disconnect", .transport(.disconnect)),
        ("truncate", .transport(.truncate)), ("slow-body=9", .transport(.slowBody(milliseconds: 9))),
        ("malformed-body", .malformedBody), ("wrong-content-type", .wrongContentType), ("error=X", .error(code: "X")),
        ("delay", nil), ("delay=-1", nil), ("delay=x", nil), ("", nil), ("throttling=1", nil),
    ])
    func faultNames(text: String, fault: FaultPlan.Fault?) {
        #expect(FaultPlan.Fault(text) == fault)
    }

    @Test func theJournalKeepsTheLatestCalls() throws {
        let test = try TestCloud { $0.journalCapacity = 2 }
        test.succeed("DescribeDisks", TestCloud.region)
        test.fail("StopInstance", ["InstanceId": "i-none"], 404, "InvalidInstanceId.NotFound")
        test.succeed("DescribeInstances", TestCloud.region)
        #expect(test.cloud.journal.map(\.action) == ["StopInstance", "DescribeInstances"])
        #expect(test.cloud.journal[0].code == "InvalidInstanceId.NotFound")
        #expect(test.cloud.journal[0].parameters["InstanceId"] == "i-none")
        #expect(test.cloud.callCount == 3)
    }
}
