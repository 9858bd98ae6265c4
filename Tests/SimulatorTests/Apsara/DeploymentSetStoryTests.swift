import Testing

@testable import Simulator

@Suite struct DeploymentSetStoryTests {
    private func makeSet(_ test: TestCloud, _ more: [String: String] = [:]) -> String {
        test.succeed("CreateDeploymentSet", test.here(["ZoneId": TestCloud.privateZone]).merging(more) { $1 })
            .text("DeploymentSetId")
    }

    private func show(_ test: TestCloud, _ id: String) -> Reply {
        var reply = test.succeed("DescribeDeploymentSets", test.here(["DeploymentSetIds": "[\"\(id)\"]"]))
        reply.body = reply["DeploymentSets.DeploymentSet.0"] ?? .null
        return reply
    }

    /// The hosts of a set, with how many instances each has, by rack or switch.
    private func hosts(_ test: TestCloud, _ set: String, _ list: String) -> [[Int]] {
        test.succeed("DescribeDeploymentSetTopology", test.here(["DeploymentSetId": set])).list(list).map { unit in
            guard case .array(let hosts) = unit["Hosts"]?["Host"] else { return [] }
            return hosts.map { host in
                if case .array(let ids) = host["InstanceIds"]?["InstanceId"] { ids.count } else { 0 }
            }
        }
    }

    @Test func aSetIsMadeFilledAndTakenDown() throws {
        let test = try TestCloud.privateCloud()
        let set = makeSet(test, ["DeploymentSetName": "db", "Description": "spread out", "Strategy": "StrictDispersion"])
        #expect(set.hasPrefix("ds-"))
        #expect(show(test, set).text("InstanceAmount") == "0")
        let run = test.succeed("RunInstances", test.privateRun(["Amount": "2", "DeploymentSetId": set]))
        let first = run.text("InstanceIdSets.InstanceIdSet.0")
        #expect(show(test, set).text("InstanceAmount") == "2")
        #expect(hosts(test, set, "Racks.Rack") == [[1, 1]])
        test.succeed("ModifyDeploymentSetAttribute", test.here(["DeploymentSetId": set, "DeploymentSetName": "database"]))
        #expect(show(test, set).text("DeploymentSetName") == "database")
        #expect(show(test, set).text("DeploymentSetDescription") == "spread out")
        test.fail("DeleteDeploymentSet", test.here(["DeploymentSetId": set]), 403, "DependencyViolation.NotFound")
        test.clock.advance(seconds: 60)
        for instance in [first, run.text("InstanceIdSets.InstanceIdSet.1")] {
            test.fail("DeleteInstance", ["InstanceId": instance], 403, "IncorrectInstanceStatus")
            test.succeed("StopInstance", ["InstanceId": instance])
            test.clock.advance(seconds: 60)
            test.succeed("DeleteInstance", ["InstanceId": instance])
        }
        #expect(hosts(test, set, "Racks.Rack") == [])
        test.succeed("DeleteDeploymentSet", test.here(["DeploymentSetId": set]))
        test.succeed("DeleteDeploymentSet", test.here(["DeploymentSetId": set]))
        test.fail(
            "DescribeDeploymentSetTopology", test.here(["DeploymentSetId": set]), 404, "InvalidDeploymentSetId.NotFound")
    }

    /// Granularity, strategy, instances asked for, whether they fit, and where they are.
    @Test(
        arguments: [
            ("Host", "StrictDispersion", 8, true, "Racks.Rack", [[1, 1], [1, 1], [1, 1], [1, 1]]),
            ("Host", "StrictDispersion", 9, false, "Racks.Rack", []),
            ("Host", "LooseDispersion", 10, true, "Racks.Rack", [[2, 2], [1, 1], [1, 1], [1, 1]]),
            ("Rack", "StrictDispersion", 4, true, "Racks.Rack", [[1], [1], [1], [1]]),
            ("Rack", "StrictDispersion", 5, false, "Racks.Rack", []),
            ("Rack", "LooseDispersion", 5, true, "Racks.Rack", [[1, 1], [1], [1], [1]]),
            ("Switch", "StrictDispersion", 2, true, "Switchs.Switch", [[1], [1]]),
            ("Switch", "StrictDispersion", 3, false, "Switchs.Switch", []),
            ("Switch", "StrictAggregation", 5, true, "Switchs.Switch", [[2, 1, 1, 1]]),
            ("Switch", "LooseAggregation", 2, true, "Switchs.Switch", [[1, 1]]),
        ] as [(String, String, Int, Bool, String, [[Int]])])
    func strategies(
        _ granularity: String, _ strategy: String, _ amount: Int, _ fits: Bool, _ list: String, _ expected: [[Int]]
    ) throws {
        let test = try TestCloud.privateCloud()
        let set = makeSet(test, ["Granularity": granularity, "Strategy": strategy])
        let parameters = test.privateRun(["Amount": String(amount), "DeploymentSetId": set])
        if fits {
            test.succeed("RunInstances", parameters)
        } else {
            test.fail("RunInstances", parameters, 403, "OperationDenied.NoStock")
        }
        #expect(hosts(test, set, list) == expected)
    }

    @Test func aDomainKeepsASetBelowOneSwitch() throws {
        let test = try TestCloud.privateCloud()
        let set = makeSet(test, ["Domain": "Switch", "Strategy": "StrictDispersion"])
        test.succeed("RunInstances", test.privateRun(["Amount": "4", "DeploymentSetId": set]))
        #expect(hosts(test, set, "Switchs.Switch") == [[1, 1, 1, 1]])
        test.fail("CreateInstance", test.privateRun(["DeploymentSetId": set]), 403, "OperationDenied")
    }

    @Test func whatDoesNotGoTogetherIsRefused() throws {
        let test = try TestCloud.privateCloud()
        let base = test.here(["ZoneId": TestCloud.privateZone])
        let rows: [([String: String], Int, String)] = [
            (["Domain": "Switch", "Granularity": "Switch"], 400, "DependencyViolation.domain.granularity"),
            (["Granularity": "Rack", "Strategy": "LooseAggregation"], 400, "DependencyViolation.strategy.granularity"),
            (["Strategy": "StrictAggregation"], 400, "DependencyViolation.strategy.granularity"),
            (["Strategy": "Anywhere"], 400, "InvalidParameter.Strategy"),
            (["Description": "x"], 400, "InvalidDescription.Malformed"),
            (["DeploymentSetName": "9th"], 400, "InvalidParameter"),
            (["ZoneId": "cn-beijing-btc-a01"], 404, "InvalidZoneId.NotFound"),
            (["RegionId": "cn-hangzhou"], 404, "InvalidRegionId.NotFound"),
        ]
        for (more, status, code) in rows { test.fail("CreateDeploymentSet", base.merging(more) { $1 }, status, code) }
        let set = makeSet(test)
        test.fail(
            "ModifyDeploymentSetAttribute", test.here(["DeploymentSetId": set, "DeploymentSetName": "9th"]), 400,
            "InvalidPlacmentSetName.Malformed")
        test.fail(
            "RunInstances", test.privateRun(zone: TestCloud.otherPrivateZone, ["DeploymentSetId": set]), 400,
            "InvalidParameter.Mismatch")
        test.fail("RunInstances", test.privateRun(["DeploymentSetId": "ds-nothing"]), 404, "InvalidDeploymentSetId.NotFound")
        #expect(show(test, set).text("InstanceAmount") == "0")
        // The fleet has one set.
        for _ in 2..<20 { _ = makeSet(test) }
        test.fail("CreateDeploymentSet", base, 400, "DEPLOYMENTSET.QUOTA_FULL")
    }

    @Test func filtersAndTokens() throws {
        let test = try TestCloud.privateCloud()
        let parameters = test.here(["ZoneId": TestCloud.privateZone, "ClientToken": "t-1", "Granularity": "Rack"])
        let set = test.succeed("CreateDeploymentSet", parameters).text("DeploymentSetId")
        #expect(test.succeed("CreateDeploymentSet", parameters).text("DeploymentSetId") == set)
        test.fail("CreateDeploymentSet", parameters.merging(["Granularity": "Host"]) { $1 }, 400, "IdempotentParameterMismatch")
        let rows: [([String: String], Int)] = [
            ([:], 2), (["Granularity": "Rack"], 1), (["DeploymentSetName": "erp"], 1), (["Strategy": "StrictDispersion"], 1),
            (["DeploymentSetIds": "[]"], 0), (["RegionId": "cn-beijing-btc-d01"], 0),
        ]
        for (filter, count) in rows {
            let reply = test.succeed("DescribeDeploymentSets", test.here(filter))
            #expect(reply.list("DeploymentSets.DeploymentSet").count == count, "\(filter)")
        }
    }
}
