import Bytes
import Testing

@testable import Simulator

@Suite struct ServerGroupStoryTests {
    @Test func vServerGroups() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let (web, api) = (test.instance(named: "web-1"), test.instance(named: "api-1"))
        let made = test.slb.succeed(
            "CreateVServerGroup",
            TestCloud.here([
                "LoadBalancerId": id, "VServerGroupName": "Group1",
                "BackendServers": TestCloud.servers([web], #","Port":80,"Weight":"50""#),
            ]))
        let group = TestCloud.here(["VServerGroupId": made.text("VServerGroupId")])
        func change(_ action: String, _ more: [String: String]) -> Reply { test.slb.call(action, group.merging(more) { $1 }) }
        #expect(made["BackendServers.BackendServer.0.Weight"] == .number("50"))
        // The same server at another port is another one.
        let added = change("AddVServerGroupBackendServers", ["BackendServers": TestCloud.servers([web, api], #","Port":"90""#)])
        #expect(added.list("BackendServers.BackendServer").count == 3)
        #expect(
            change("AddVServerGroupBackendServers", ["BackendServers": TestCloud.servers([web], #","Port":90"#)]).code
                == "InvalidParameter")
        #expect(change("AddVServerGroupBackendServers", ["BackendServers": TestCloud.servers([web])]).code == "MissingParameter")
        let set = change(
            "SetVServerGroupAttribute",
            [
                "VServerGroupName": "Group2", "BackendServers": TestCloud.servers([web], #","Port":90,"Weight":7"#),
            ])
        #expect(set.text("VServerGroupName") == "Group2" && set.text("BackendServers.BackendServer.1.Weight") == "7")
        let swapped = change(
            "ModifyVServerGroupBackendServers",
            [
                "OldBackendServers": TestCloud.servers([api], #","Port":90,"Weight":100"#),
                "NewBackendServers": TestCloud.servers([api], #","Port":91,"Weight":100"#),
            ])
        #expect(swapped.text("BackendServers.BackendServer.2.Port") == "91")
        #expect(
            change(
                "ModifyVServerGroupBackendServers",
                [
                    "OldBackendServers": TestCloud.servers([api], #","Port":90,"Weight":100"#)
                ]
            ).code == "InvalidServerId.NotFound")
        let left = change("RemoveVServerGroupBackendServers", ["BackendServers": TestCloud.servers([web, "i-none"])])
        #expect(left.list("BackendServers.BackendServer").count == 1)
        let found = test.slb.succeed("DescribeVServerGroupAttribute", group)
        #expect(found.text("LoadBalancerId") == id && found.text("BackendServers.BackendServer.0.ServerId") == api)
    }

    @Test func groupsInUseStay() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let named = TestCloud.here(["LoadBalancerId": id])
        let group = test.slb.succeed("CreateVServerGroup", named).text("VServerGroupId")
        let delete = TestCloud.here(["VServerGroupId": group])
        test.slb.succeed("CreateLoadBalancerHTTPListener", TestCloud.listener(id, "HTTP", 80, ["VServerGroupId": group]))
        test.slb.fail("DeleteVServerGroup", delete, 400, "RspoolVipExist")
        let rule = test.slb.succeed(
            "CreateRules",
            TestCloud.port(id, 80).merging([
                "RuleList": #"[{"RuleName":"r","Domain":"a.com","VServerGroupId":"\#(group)"}]"#
            ]) { $1 }
        ).text("Rules.Rule.0.RuleId")
        let listed = test.slb.succeed(
            "DescribeVServerGroups", named.merging(["IncludeListener": "true", "IncludeRule": "true"]) { $1 })
        #expect(listed.text("VServerGroups.VServerGroup.0.AssociatedObjects.Listeners.Listener.0.Port") == "80")
        #expect(listed.text("VServerGroups.VServerGroup.0.AssociatedObjects.Rules.Rule.0.RuleId") == rule)
        let bare = test.slb.succeed("DescribeVServerGroups", named)
        #expect(bare.list("VServerGroups.VServerGroup.0.AssociatedObjects.Listeners.Listener").isEmpty)
        test.slb.succeed(
            "SetLoadBalancerHTTPListenerAttribute", TestCloud.port(id, 80).merging(["VServerGroup": "off"]) { $1 })
        test.slb.fail("DeleteVServerGroup", delete, 400, "RspoolRuleExist")
        test.slb.succeed("DeleteRules", TestCloud.here(["RuleIds": "[\"\(rule)\"]"]))
        test.slb.succeed("DeleteVServerGroup", delete)
        test.slb.fail("DescribeVServerGroupAttribute", delete, 404, "InvalidParameter")
    }

    @Test(arguments: [
        (#"[{"ServerId":"A","Port":82,"Weight":100,"ServerType":"Master"}]"#, "BACKEND_SERVERS_NUM_MUST_BE_TWO"),
        (
            #"[{"ServerId":"A","Port":82,"Weight":100,"ServerType":"Master"},{"ServerId":"A","Port":82,"Weight":100,"ServerType":"Slave"}]"#,
            "BACKEND_SERVERS_HAVE_SAME_PORT_AND_SERVERID"
        ),
        (
            #"[{"ServerId":"A","Port":82,"Weight":100},{"ServerId":"B","Port":82,"Weight":100}]"#,
            "BACKEND_SERVERS_CAN_ONLY_CONTAIN_ONE_MASTER_AND_ONE_SLAVE"
        ),
        (
            #"[{"ServerId":"A","Port":82,"Weight":100,"ServerType":"Slave"},{"ServerId":"i-none","Port":82,"Weight":100}]"#,
            "ObtainIpFail"
        ),
    ])
    func pairsThatAreNone(list: String, code: String) throws {
        let test = try TestCloud()
        let text = list.replacing("\"A\"", with: "\"\(test.instance(named: "web-1"))\"")
            .replacing("\"B\"", with: "\"\(test.instance(named: "web-2"))\"")
        test.slb.fail(
            "CreateMasterSlaveServerGroup",
            TestCloud.here(["LoadBalancerId": test.addLoadBalancer(), "MasterSlaveBackendServers": text]), 400, code)
    }

    @Test func masterAndSlave() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let (web, api) = (test.instance(named: "web-1"), test.instance(named: "api-1"))
        let list =
            #"[{"ServerId":"\#(web)","Port":82,"Weight":100},{"ServerId":"\#(api)","Port":82,"Weight":100,"ServerType":"Slave"}]"#
        let named = TestCloud.here(["LoadBalancerId": id])
        let made = test.slb.succeed(
            "CreateMasterSlaveServerGroup",
            named.merging([
                "MasterSlaveServerGroupName": "pair", "MasterSlaveBackendServers": list,
            ]) { $1 })
        let group = made.text("MasterSlaveServerGroupId")
        #expect(made.text("MasterSlaveBackendServers.MasterSlaveBackendServer.0.ServerType") == "Master")
        test.addListener(id, "TCP", 80, ["MasterSlaveServerGroupId": group])
        test.clock.advance(seconds: 60)
        let health = test.slb.succeed("DescribeHealthStatus", named)
        #expect(health.list("BackendServers.BackendServer").map { $0["Port"].text } == ["82", "82"])
        #expect(health.text("BackendServers.BackendServer.1.ServerHealthStatus") == "normal")
        let delete = TestCloud.here(["MasterSlaveServerGroupId": group])
        test.slb.fail("DeleteMasterSlaveServerGroup", delete, 400, "RspoolVipExist")
        let listed = test.slb.succeed("DescribeMasterSlaveServerGroups", named.merging(["IncludeListener": "true"]) { $1 })
        #expect(
            listed.text("MasterSlaveServerGroups.MasterSlaveServerGroup.0.AssociatedObjects.Listeners.Listener.0.Port") == "80")
        test.slb.succeed("DeleteLoadBalancerListener", TestCloud.port(id, 80))
        #expect(test.slb.succeed("DescribeMasterSlaveServerGroupAttribute", delete).text("LoadBalancerId") == id)
        test.slb.succeed("DeleteMasterSlaveServerGroup", delete)
    }
}
