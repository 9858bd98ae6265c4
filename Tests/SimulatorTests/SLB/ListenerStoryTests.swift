import Bytes
import Testing

@testable import Simulator

@Suite struct ListenerStoryTests {
    private static func port(_ id: String, _ port: Int, _ proto: String? = nil) -> [String: String] {
        TestCloud.port(id, port, proto)
    }

    /// What a listener is when nobody says.
    @Test(
        arguments: [
            (
                "TCP",
                [
                    "Scheduler": "wrr", "PersistenceTimeout": "0", "HealthCheckConnectTimeout": "5", "HealthCheckType": "tcp",
                    "AclStatus": "off", "HealthCheck": "on", "ConnectionDrain": "off",
                ]
            ),
            ("UDP", ["Scheduler": "wrr", "AclStatus": "off", "HealthCheck": "on"]),
            (
                "HTTP",
                [
                    "Scheduler": "wrr", "StickySession": "off", "XForwardedFor": "on", "XForwardedFor_SLBIP": "off", "Gzip": "on",
                    "IdleTimeout": "15", "RequestTimeout": "60", "ListenerForward": "off", "HealthCheckHttpCode": "http_2xx",
                    "AclStatus": "off",
                ]
            ),
            ("HTTPS", ["IdleTimeout": "15", "RequestTimeout": "60", "EnableHttp2": "on"]),
        ] as [(String, [String: String])])
    func defaults(proto: String, expected: [String: String]) throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let more = proto == "HTTPS" ? ["ServerCertificateId": test.addCertificate()] : [:]
        test.slb.succeed("CreateLoadBalancer\(proto)Listener", TestCloud.listener(id, proto, 443, more))
        let found = test.slb.succeed("DescribeLoadBalancer\(proto)ListenerAttribute", Self.port(id, 443))
        for (name, value) in expected { #expect(found.text(name) == value, "\(name)") }
        #expect(found.text("Status") == "stopped" && found.text("BackendServerPort") == "80" && found.text("Bandwidth") == "-1")
        #expect(found["AclId"] == nil && found["StickySessionType"] == nil && found["ForwardPort"] == nil)
        let listed = test.slb.succeed("DescribeLoadBalancerListeners", TestCloud.here(["LoadBalancerId.1": id]))
        #expect(listed.text("Listeners.0.ListenerProtocol") == proto.lowercased())
        let part = try #require(listed["Listeners.0.\(proto)ListenerConfig"])
        for (name, value) in expected where !["Scheduler", "AclStatus"].contains(name) {
            #expect(part[name].text == value, "\(name)")
        }
    }

    @Test func aLife() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        func status() -> String { test.slb.succeed("DescribeLoadBalancerTCPListenerAttribute", Self.port(id, 80)).text("Status") }
        let call = TestCloud.listener(id, "TCP", 80)
        test.slb.fail("StartLoadBalancerListener", Self.port(id, 80), 404, "ListenerNotFound")
        test.slb.succeed("CreateLoadBalancerTCPListener", call)
        test.slb.fail("CreateLoadBalancerTCPListener", call, 400, "ListenerAlreadyExists")
        #expect(status() == "stopped")
        test.slb.succeed("StartLoadBalancerListener", Self.port(id, 80))
        #expect(status() == "starting")
        test.slb.fail("StartLoadBalancerListener", Self.port(id, 80), 400, "ServiceIsConfiguring")
        test.slb.fail("DeleteLoadBalancerListener", Self.port(id, 80), 400, "ServiceIsConfiguring")
        test.clock.advance(seconds: 3)
        #expect(status() == "running")
        test.slb.fail("StartLoadBalancerListener", Self.port(id, 80), 400, "InvalidParameter")
        test.slb.succeed("StopLoadBalancerListener", Self.port(id, 80))
        #expect(status() == "stopped")
        test.slb.succeed("DeleteLoadBalancerListener", Self.port(id, 80))
        // With its last listener the load balancer stops working.
        let named = ["LoadBalancerId": id]
        #expect(test.slb.succeed("DescribeLoadBalancerAttribute", named).text("LoadBalancerStatus") == "inactive")
        test.slb.fail("DeleteLoadBalancerListener", Self.port(id, 80), 404, "ListenerNotFound")
    }

    @Test func aPortWithTwoProtocols() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        for proto in ["TCP", "UDP"] { test.slb.succeed("CreateLoadBalancer\(proto)Listener", TestCloud.listener(id, proto, 53)) }
        test.slb.fail(
            "CreateLoadBalancerUDPListener", TestCloud.listener(id, "UDP", 53), 400, "InvalidParameter.ListenerPortConflict")
        test.slb.fail(
            "CreateLoadBalancerUDPListener", TestCloud.listener(id, "UDP", 4789), 400,
            "OperationDenied.SpecialListenerPortNotAllowed")
        test.slb.fail("StartLoadBalancerListener", Self.port(id, 53), 400, "TooManyListeners")
        test.slb.succeed("StartLoadBalancerListener", Self.port(id, 53, "udp"))
        let found = test.slb.succeed("DescribeLoadBalancerAttribute", ["LoadBalancerId": id])
        #expect(found.list("ListenerPorts.ListenerPort").map { Optional($0).text } == ["53"])
        #expect(found.list("ListenerPortsAndProtocol.ListenerPortAndProtocol").count == 2)
        #expect(found.text("ListenerPortsAndProtocal.ListenerPortAndProtocal.0.ListenerProtocal") == "tcp")
    }

    /// Settings that need others.
    @Test(
        arguments: [
            ("TCP", ["ConnectionDrain": "on"], "MissingParameter"), ("TCP", ["AclStatus": "on"], "MissingParameter"),
            ("TCP", ["AclStatus": "on", "AclId": "acl-none"], "AclNotExist"), ("TCP", ["Bandwidth": "0"], "InvalidParameter"),
            ("TCP", ["HealthCheckType": "http", "HealthCheckURI": "/"], "InvalidParameter"),
            ("TCP", ["HealthCheckType": "http", "HealthCheckDomain": "a b"], "InvalidParameter"),
            (
                "TCP", ["VServerGroupId": "rsp-1", "MasterSlaveServerGroupId": "rsp-2"],
                "Abs.VServerGroupIdAndMasterSlaveServerGroupId.MissMatch"
            ),
            ("UDP", ["healthCheckReq": "he llo"], "InvalidParam.HealthCheckReq"),
            ("HTTP", ["StickySession": "on"], "MissingParameter"),
            ("HTTP", ["StickySession": "on", "StickySessionType": "insert"], "MissingParameter"),
            ("HTTP", ["StickySession": "on", "StickySessionType": "server"], "MissingParameter"),
            ("HTTP", ["StickySession": "on", "StickySessionType": "server", "Cookie": "$a"], "InvalidParameter"),
            ("HTTP", ["ListenerForward": "on"], "MissingParameter"),
            ("HTTPS", ["ServerCertificateId": "none"], "InvalidParameter"),
        ] as [(String, [String: String], String)])
    func needs(proto: String, more: [String: String], code: String) throws {
        let test = try TestCloud()
        test.slb.fail(
            "CreateLoadBalancer\(proto)Listener", TestCloud.listener(test.addLoadBalancer(), proto, 80, more), 400, code)
    }

    @Test func forwardingNeedsAListenerOfHTTPS() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let forward = TestCloud.listener(
            id, "HTTP", 80, ["ListenerForward": "on", "ForwardPort": "443", "BackendServerPort": ""])
        test.slb.fail("CreateLoadBalancerHTTPListener", forward, 404, "ListenerNotFound")
        test.slb.succeed(
            "CreateLoadBalancerHTTPSListener",
            TestCloud.listener(id, "HTTPS", 443, ["ServerCertificateId": test.addCertificate()]))
        test.slb.succeed("CreateLoadBalancerHTTPListener", forward)
        let found = test.slb.succeed("DescribeLoadBalancerHTTPListenerAttribute", Self.port(id, 80))
        #expect(found.text("ForwardPort") == "443" && found["BackendServerPort"] == nil)
    }

    @Test func withoutAGroupAPortIsNeeded() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let call = TestCloud.listener(id, "TCP", 80, ["BackendServerPort": ""])
        test.slb.fail("CreateLoadBalancerTCPListener", call, 400, "MissingParameter")
        let group = test.slb.succeed("CreateVServerGroup", TestCloud.here(["LoadBalancerId": id])).text("VServerGroupId")
        test.slb.succeed("CreateLoadBalancerTCPListener", call.merging(["VServerGroupId": group]) { $1 })
        test.slb.fail(
            "SetLoadBalancerTCPListenerAttribute", Self.port(id, 80).merging(["VServerGroup": "off"]) { $1 }, 400,
            "OperationFailed.ServerGroupInUse")
        let other = test.addLoadBalancer()
        test.slb.fail(
            "CreateLoadBalancerTCPListener", TestCloud.listener(other, "TCP", 80, ["VServerGroupId": group]), 404,
            "InvalidParameter")
    }

    @Test func listenersShareTheBandwidth() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer(["InternetChargeType": "paybybandwidth", "Bandwidth": "10"])
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 80, ["Bandwidth": "6"]))
        test.slb.fail(
            "CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 81, ["Bandwidth": "5"]), 400, "InvalidParameter")
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 81, ["Bandwidth": "4"]))
        test.slb.fail(
            "SetLoadBalancerTCPListenerAttribute", Self.port(id, 80).merging(["Bandwidth": "7"]) { $1 }, 400, "InvalidParameter")
        test.slb.succeed("SetLoadBalancerTCPListenerAttribute", Self.port(id, 80).merging(["Bandwidth": "5"]) { $1 })
    }

    @Test func whatAChangeLeavesOutStays() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let here = Self.port(id, 80)
        test.slb.succeed(
            "CreateLoadBalancerHTTPListener",
            TestCloud.listener(
                id, "HTTP", 80,
                [
                    "IdleTimeout": "30", "StickySession": "on", "StickySessionType": "insert", "CookieTimeout": "600",
                    "Description": "shop",
                ]))
        test.slb.succeed("SetLoadBalancerHTTPListenerAttribute", here.merging(["Scheduler": "rr", "Gzip": "off"]) { $1 })
        let found = test.slb.succeed("DescribeLoadBalancerHTTPListenerAttribute", here)
        #expect(found.text("Scheduler") == "rr" && found.text("Gzip") == "off" && found.text("IdleTimeout") == "30")
        #expect(found.text("CookieTimeout") == "600" && found.text("Description") == "shop")
        test.slb.fail(
            "SetLoadBalancerHTTPListenerAttribute", Self.port(id, 81).merging(["Gzip": "off"]) { $1 }, 404, "ListenerNotFound")
        // A hash is chosen at the beginning or never.
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 90, ["Scheduler": "sch"]))
        for wanted in ["tch", "sch"] {
            let call = Self.port(id, 90).merging(["Scheduler": wanted]) { $1 }
            if wanted == "sch" {
                test.slb.succeed("SetLoadBalancerTCPListenerAttribute", call)
            } else {
                test.slb.fail("SetLoadBalancerTCPListenerAttribute", call, 400, "InvalidParameter")
            }
        }
    }

    @Test func theListingGoesByTokens() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        for port in 1...5 { test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", port)) }
        var ports: Set<String> = []
        var token = ""
        for size in [2, 2, 1] {
            var call = TestCloud.here(["LoadBalancerId.1": id, "MaxResults": "2"])
            if !token.isEmpty { call["NextToken"] = token }
            let page = test.slb.succeed("DescribeLoadBalancerListeners", call)
            #expect(page.list("Listeners").count == size && page.text("TotalCount") == "5")
            for row in page.list("Listeners") { ports.insert(row["ListenerPort"].text ?? "") }
            token = page.text("NextToken")
        }
        #expect(ports.count == 5 && token.isEmpty)
        test.slb.fail("DescribeLoadBalancerListeners", TestCloud.here(["NextToken": "x"]), 400, "IllegalParam.NextToken")
        let all = test.slb.succeed("DescribeLoadBalancerListeners", TestCloud.here(["ListenerProtocol": "http"]))
        #expect(all.text("TotalCount") == "1")
    }

    @Test func theNumberOfListenersIsLimited() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        for port in 1...30 { test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", port)) }
        test.slb.fail("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 31), 400, "ListenerNumberOverLimit")
    }
}
