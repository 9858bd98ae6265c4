import Bytes
import Testing

@testable import Simulator

@Suite struct BackendServerStoryTests {
    private static func call(_ id: String, _ servers: String) -> [String: String] {
        TestCloud.here(["LoadBalancerId": id, "BackendServers": servers])
    }

    @Test func theDefaultGroup() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let (web, api) = (test.instance(named: "web-1"), test.instance(named: "api-1"))
        let added = test.slb.succeed("AddBackendServers", Self.call(id, TestCloud.servers([web, api, web])))
        #expect(added.list("BackendServers.BackendServer").count == 2)
        // As the reference has it: a text here, a number when servers are removed.
        #expect(added["BackendServers.BackendServer.0.Weight"] == .string("100"))
        test.slb.fail("AddBackendServers", Self.call(id, TestCloud.servers([web])), 400, "InvalidParameter")
        let set = test.slb.succeed(
            "SetBackendServers", Self.call(id, #"[{"ServerId":"\#(web)","Weight":"0","Description":"main"}]"#))
        #expect(
            set.text("BackendServers.BackendServer.0.Weight") == "0" && set.text("BackendServers.BackendServer.1.Weight") == "100"
        )
        #expect(set.text("BackendServers.BackendServer.0.Description") == "main")
        test.slb.fail(
            "SetBackendServers", Self.call(id, TestCloud.servers(["i-none"], #","Weight":1"#)), 404, "InvalidServerId.NotFound")
        let left = test.slb.succeed("RemoveBackendServers", Self.call(id, TestCloud.servers([api, "i-none"])))
        #expect(
            left["BackendServers.BackendServer.0.Weight"] == .number("0") && left.list("BackendServers.BackendServer").count == 1)
        #expect(test.servers(of: id) == [web])
    }

    @Test(arguments: [
        (#"[{"ServerId":"i-none"}]"#, "ObtainIpFail"), (#"[{"ServerId":"STOPPED"}]"#, "ObtainIpFail"),
        (#"[{"ServerId":"WEB","Type":"eci"}]"#, "ObtainIpFail"), (#"[{"ServerId":"WEB","Type":"eni"}]"#, "ObtainIpFail"),
        (#"[{"ServerId":"WEB","Weight":101}]"#, "InvalidWeight.Malformed"),
        (#"[{"ServerId":"WEB","Port":0}]"#, "InvalidParameter"),
        (#"[{"ServerId":"WEB","Type":"vm"}]"#, "InvalidParameter"), (#"[{"Weight":1}]"#, "MissingParameter"),
        (#"["WEB"]"#, "BackendServersMalformed"), ("{", "BackendServersMalformed"),
        (#"[{"ServerId":"WEB","Speed":1}]"#, "BackendServersMalformed"),
    ])
    func listsThatAreRefused(list: String, code: String) throws {
        let test = try TestCloud()
        let text = list.replacing("WEB", with: test.instance(named: "web-1")).replacing(
            "STOPPED", with: test.instance(named: "staging-1"))
        test.slb.fail("AddBackendServers", Self.call(test.addLoadBalancer(), text), 400, code)
    }

    @Test func noMoreThanTwentyAtOnce() throws {
        let test = try TestCloud()
        let ids = (0..<21).map { "i-\($0)" }
        test.slb.fail(
            "AddBackendServers", Self.call(test.addLoadBalancer(), TestCloud.servers(ids)), 400, "TooManyBackendServers")
    }

    @Test func allServersAreInOneNetwork() throws {
        let test = try TestCloud()
        let vpc = test.addVpc()
        let vSwitch = test.addVSwitch(to: vpc, zone: "cn-hangzhou-h", "192.168.1.0/24")
        let web = test.instance(named: "web-1")
        let elsewhere = test.addLoadBalancer(["VSwitchId": vSwitch])
        test.slb.fail("AddBackendServers", Self.call(elsewhere, TestCloud.servers([web])), 400, "NetworkConflict")
        let group = test.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": vpc]).text("SecurityGroupId")
        let other = test.running(["VSwitchId": vSwitch, "SecurityGroupId": group])
        test.slb.succeed("AddBackendServers", Self.call(elsewhere, TestCloud.servers([other])))
        let open = test.addLoadBalancer()
        test.slb.succeed("AddBackendServers", Self.call(open, TestCloud.servers([web])))
        test.slb.fail("AddBackendServers", Self.call(open, TestCloud.servers([other])), 400, "InvalidBackendServers.Inconsistent")
    }

    @Test func interfacesServeToo() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let interface = test.cloud.withWorld { world in world.networkInterfaces.all[0] }
        let list = #"[{"ServerId":"\#(interface.id)","Type":"eni","ServerIp":"\#(interface.primaryAddress)","Port":"80"}]"#
        test.slb.succeed("AddBackendServers", Self.call(id, list))
        test.slb.fail(
            "AddBackendServers", Self.call(id, list.replacing(interface.primaryAddress, with: "10.9.9.9")), 400, "ObtainIpFail")
        #expect(test.servers(of: id) == [interface.id])
    }

    @Test func aServerGoesWithItsInstance() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let instance = test.running()
        test.slb.succeed("AddBackendServers", Self.call(id, TestCloud.servers([instance])))
        #expect(test.servers(of: id) == [instance])
        test.succeed("StopInstance", ["InstanceId": instance])
        test.clock.advance(seconds: 60)
        test.succeed("DeleteInstance", ["InstanceId": instance])
        #expect(test.servers(of: id).isEmpty)
    }

    @Test func healthFollowsTheInstances() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let (web, own) = (test.instance(named: "web-1"), test.running())
        test.slb.succeed("AddBackendServers", Self.call(id, TestCloud.servers([web, own])))
        func health(_ more: [String: String] = [:]) -> [String] {
            test.slb.succeed("DescribeHealthStatus", TestCloud.here(["LoadBalancerId": id]).merging(more) { $1 })
                .list("BackendServers.BackendServer").map {
                    "\($0["ListenerPort"].text ?? "") \($0["ServerHealthStatus"].text ?? "")"
                }
        }
        test.slb.fail("DescribeHealthStatus", TestCloud.port(id, 80), 404, "CheckedListenerNotFound")
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 80))
        #expect(health() == ["80 unavailable", "80 unavailable"])
        test.slb.succeed("StartLoadBalancerListener", TestCloud.port(id, 80))
        test.clock.advance(seconds: 3)
        #expect(health() == ["80 unavailable", "80 unavailable"])
        test.clock.advance(seconds: 5)
        #expect(health() == ["80 normal", "80 normal"])
        test.succeed("StopInstance", ["InstanceId": own])
        #expect(health() == ["80 normal", "80 abnormal"])
        test.clock.advance(seconds: 60)
        test.succeed("StartInstance", ["InstanceId": own])
        test.clock.advance(seconds: 60)
        #expect(health(["ListenerPort": "80"]) == ["80 normal", "80 normal"])
        // A listener that checks nothing knows nothing.
        test.addListener(id, "HTTP", 8080, ["HealthCheck": "off"])
        #expect(health(["ListenerProtocol": "http"]) == ["8080 unavailable", "8080 unavailable"])
        test.slb.fail("DescribeHealthStatus", TestCloud.port(id, 8080), 404, "CheckedListenerNotFound")
        test.slb.succeed("SetLoadBalancerStatus", TestCloud.here(["LoadBalancerId": id, "LoadBalancerStatus": "inactive"]))
        #expect(health(["ListenerPort": "80"]) == ["80 unavailable", "80 unavailable"])
    }
}
