import Testing

@testable import Simulator

@Suite struct EdgeBalancerTests {
    @Test func aBalancerWithEverythingTakenDownInOrder() throws {
        let edge = try EdgeCloud()
        let (id, network, vSwitch) = edge.balancer()
        let balancer = ["LoadBalancerId": id]
        edge.test.fail("DeleteVSwitch", ["VSwitchId": vSwitch], 400, "IncorrectInstanceStatus")
        edge.test.succeed("CreateLoadBalancerTCPListener", balancer.merging(["ListenerPort": "80", "Description": "web"]) { $1 })
        let server = edge.running(["VSwitchId": vSwitch])
        let added = edge.test.succeed(
            "AddBackendServers", balancer.merging(["BackendServers": "[{\"ServerId\":\"\(server)\",\"Weight\":50}]"]) { $1 })
        #expect(added.text("BackendServers.BackendServer.0.Ip") == "10.8.0.2")
        let eip = edge.address(["Bandwidth": "200"])
        edge.test.succeed("AssociateEnsEipAddress", ["AllocationId": eip, "InstanceId": id])
        edge.wait()
        let shown = edge.test.succeed("DescribeLoadBalancerAttribute", balancer)
        #expect(shown.text("Bandwidth") == "200" && shown.text("LoadBalancerStatus") == "Active")
        #expect(shown.text("ListenerPorts.0") == "80" && shown.text("BackendServers.0.Weight") == "50")
        #expect(shown.text("ListenerPortsAndProtocols.0.ListenerProtocol") == "tcp")
        #expect(edge.test.succeed("DescribeLoadBalancers", ["ServerId": server]).text("TotalCount") == "1")
        edge.test.succeed("SetLoadBalancerStatus", balancer.merging(["LoadBalancerStatus": "InActive"]) { $1 })
        edge.test.succeed("ModifyLoadBalancerAttribute", balancer.merging(["LoadBalancerName": "renamed"]) { $1 })
        #expect(
            edge.test.succeed("DescribeLoadBalancers", ["LoadBalancerStatus": "InActive"])
                .text("LoadBalancers.LoadBalancer.0.LoadBalancerName") == "renamed")
        edge.test.fail("ReleaseInstance", ["InstanceId": eip], 400, "IncorrectInstanceStatus")
        edge.test.succeed("UnAssociateEnsEipAddress", ["AllocationId": eip])
        edge.wait()
        edge.test.succeed("ReleaseInstance", ["InstanceId": eip])
        edge.test.succeed("ReleaseInstance", ["InstanceId": id])
        edge.test.fail("ReleaseInstance", ["InstanceId": id], 400, "InstanceNotFound")
        edge.test.fail("DescribeLoadBalancerAttribute", balancer, 400, "InstanceNotFound")
        edge.test.fail("DeleteNetwork", ["NetworkId": network], 400, "IncorrectInstanceStatus")
    }

    @Test(arguments: [
        (["LoadBalancerSpec": "huge"], "InvalidLoadBalancerSpec"), (["PayType": "PrePaid"], "InvalidPayType"),
        (["NetworkId": "n-none"], "InvalidNetworkId"), (["VSwitchId": "vsw-none"], "InvalidVSwitchId"),
        (["EnsRegionId": "cn-wuhan-telecom"], "InvalidNetworkId"), (["LoadBalancerName": "http://x"], "InvalidLoadBalancerName"),
        (["VSwitchId": ""], "MissingVSwitchId"),
    ])
    func creationWith(parameters: [String: String], code: String) throws {
        let edge = try EdgeCloud()
        let (network, vSwitch) = edge.network()
        let base = [
            "EnsRegionId": EdgeCloud.node, "LoadBalancerSpec": "elb.s2.medium", "PayType": "PostPaid", "NetworkId": network,
            "VSwitchId": vSwitch,
        ]
        edge.test.fail("CreateLoadBalancer", base.merging(parameters) { $1 }, 400, code)
    }

    @Test(arguments: [
        ("TCP", ["EstablishedTimeout": "900", "PersistenceTimeout": "0", "HealthCheckType": "tcp", "BackendServerPort": "80"]),
        ("UDP", ["HealthCheckConnectPort": "80", "HealthCheckReq": "", "EipTransmit": "off"]),
        ("HTTP", ["IdleTimeout": "15", "RequestTimeout": "60", "ListenerForward": "off", "HealthCheckMethod": "head"]),
        ("HTTPS", ["ServerCertificateId": "6027667", "HealthCheckTimeout": "5", "HealthCheckHttpCode": "http_2xx"]),
    ])
    func listenersHaveTheirDefaults(word: String, expected: [String: String]) throws {
        let edge = try EdgeCloud()
        let listener = ["LoadBalancerId": edge.balancer().id, "ListenerPort": "80"]
        var call = listener
        if word.hasPrefix("HTTP") { call["HealthCheck"] = "on" }
        if word == "HTTPS" { call["ServerCertificateId"] = "6027667" }
        edge.test.succeed("CreateLoadBalancer\(word)Listener", call)
        let shown = edge.test.succeed("DescribeLoadBalancer\(word)ListenerAttribute", listener)
        for (name, value) in expected { #expect(shown.text(name) == value, "\(name)") }
        #expect(shown.text("Scheduler") == "wrr" && shown.text("HealthyThreshold") == "3" && shown.text("Bandwidth") == "5")
        #expect(shown.text("Status") == "Stopped")
        edge.test.succeed(
            "SetLoadBalancer\(word)ListenerAttribute",
            listener.merging(["HealthCheckInterval": "50", "Description": "changed"]) { $1 })
        #expect(edge.test.succeed("DescribeLoadBalancer\(word)ListenerAttribute", listener).text("Status") == "Configuring")
        edge.wait()
        let changed = edge.test.succeed("DescribeLoadBalancer\(word)ListenerAttribute", listener)
        #expect(changed.text("Status") == "Stopped" && changed.text("Description") == "changed")
        // The timeout of a health check is its interval at least.
        #expect(changed.text("HealthCheckTimeout") + changed.text("HealthCheckConnectTimeout") == "50")
    }

    @Test func theLifeOfListeners() throws {
        let edge = try EdgeCloud()
        let listener = ["LoadBalancerId": edge.balancer().id, "ListenerPort": "53"]
        func call(_ more: [String: String]) -> [String: String] { listener.merging(more) { $1 } }
        edge.test.fail("StartLoadBalancerListener", listener, 400, "InvalidListenerPort")
        edge.test.succeed("CreateLoadBalancerTCPListener", listener)
        edge.test.fail("CreateLoadBalancerTCPListener", listener, 400, "InvalidListenerPort")
        edge.test.fail("CreateLoadBalancerHTTPListener", call(["HealthCheck": "off"]), 400, "InvalidListenerPort")
        edge.test.succeed("CreateLoadBalancerUDPListener", listener)
        edge.test.fail("StopLoadBalancerListener", call(["ListenerProtocol": "tcp"]), 400, "IncorrectInstanceStatus")
        edge.test.succeed("StartLoadBalancerListener", listener)
        #expect(edge.test.succeed("DescribeLoadBalancerUDPListenerAttribute", listener).text("Status") == "Starting")
        edge.test.fail("SetLoadBalancerTCPListenerAttribute", call(["Scheduler": "rr"]), 400, "IncorrectInstanceStatus")
        edge.wait()
        edge.test.fail("StartLoadBalancerListener", listener, 400, "IncorrectInstanceStatus")
        edge.test.fail("StopLoadBalancerListener", listener, 400, "MissingListenerProtocol")
        edge.test.succeed("StopLoadBalancerListener", call(["ListenerProtocol": "udp"]))
        edge.test.fail("DeleteLoadBalancerListener", call(["ListenerProtocol": "udp"]), 400, "IncorrectInstanceStatus")
        edge.wait()
        edge.test.succeed("DeleteLoadBalancerListener", call(["ListenerProtocol": "udp"]))
        edge.test.succeed("DeleteLoadBalancerListener", listener)
        edge.test.fail("DescribeLoadBalancerTCPListenerAttribute", listener, 400, "InvalidListenerPort")
    }

    @Test(arguments: [
        ("TCP", ["ListenerPort": "0"], "InvalidListenerPort"), ("TCP", ["ListenerPort": ""], "MissingListenerPort"),
        ("TCP", ["EstablishedTimeout": "9"], "InvalidEstablishedTimeout"), ("TCP", ["Scheduler": "best"], "InvalidScheduler"),
        ("TCP", ["HealthCheckURI": "index.html"], "InvalidHealthCheckURI"),
        ("TCP", ["HealthCheckURI": "/"], "InvalidHealthCheckURI"),
        ("UDP", ["HealthCheckReq": "two words"], "InvalidHealthCheckReq"),
        ("UDP", ["Description": "http://x"], "InvalidDescription"),
        ("UDP", ["UnhealthyThreshold": "11"], "InvalidUnhealthyThreshold"), ("HTTP", ["HealthCheck": ""], "MissingHealthCheck"),
        ("HTTP", ["ListenerForward": "on"], "MissingForwardPort"),
        ("HTTP", ["ListenerForward": "on", "ForwardPort": "443"], "InvalidForwardPort"),
        ("HTTPS", [:], "MissingServerCertificateId"),
        ("HTTPS", ["ServerCertificateId": "1", "StickySessionType": "insert"], "MissingCookieTimeout"),
        ("HTTPS", ["ServerCertificateId": "1", "StickySessionType": "server"], "MissingCookie"),
        ("HTTPS", ["ServerCertificateId": "1", "Cookie": "a b"], "InvalidCookie"),
    ])
    func listenersWith(word: String, parameters: [String: String], code: String) throws {
        let edge = try EdgeCloud()
        var base = ["LoadBalancerId": edge.balancer().id, "ListenerPort": "80"]
        if word.hasPrefix("HTTP") { base["HealthCheck"] = "on" }
        edge.test.fail("CreateLoadBalancer\(word)Listener", base.merging(parameters) { $1 }, 400, code)
    }

    @Test func forwardingHoldsItsTarget() throws {
        let edge = try EdgeCloud()
        let balancer = ["LoadBalancerId": edge.balancer().id, "HealthCheck": "off"]
        edge.test.succeed(
            "CreateLoadBalancerHTTPSListener", balancer.merging(["ListenerPort": "443", "ServerCertificateId": "1"]) { $1 })
        edge.test.succeed(
            "CreateLoadBalancerHTTPListener",
            balancer.merging(["ListenerPort": "80", "ListenerForward": "on", "ForwardPort": "443"]) { $1 })
        let port = ["LoadBalancerId": balancer["LoadBalancerId"] ?? "", "ListenerPort": "443"]
        #expect(edge.test.succeed("DescribeLoadBalancerHTTPSListenerAttribute", port)["HealthCheckTimeout"] == nil)
        edge.test.fail("DeleteLoadBalancerListener", port, 400, "IncorrectInstanceStatus")
        edge.test.succeed("DeleteLoadBalancerListener", port.merging(["ListenerPort": "80"]) { $1 })
        edge.test.succeed("DeleteLoadBalancerListener", port)
    }

    @Test func backendServers() throws {
        let edge = try EdgeCloud()
        let balancer = ["LoadBalancerId": edge.balancer().id]
        func call(_ servers: String) -> [String: String] { balancer.merging(["BackendServers": servers]) { $1 } }
        let server = edge.running()
        edge.test.fail("AddBackendServers", call("[{\"ServerId\":\"i-none\"}]"), 400, "InstanceNotFound")
        edge.test.fail("AddBackendServers", call("[{\"ServerId\":\"\(server)\",\"Weight\":101}]"), 400, "InvalidWeight")
        edge.test.fail("AddBackendServers", call("[{\"Weight\":1}]"), 400, "MissingServerId")
        edge.test.fail("AddBackendServers", call("[\"\(server)\"]"), 400, "InvalidBackendServers")
        edge.test.fail("AddBackendServers", call("[]"), 400, "InvalidBackendServers")
        let elsewhere = edge.instance("edge-cache-1")
        edge.test.fail("AddBackendServers", call("[{\"ServerId\":\"\(elsewhere)\"}]"), 400, "InvalidBackendServers")
        edge.test.succeed("AddBackendServers", call("[{\"ServerId\":\"\(server)\",\"Type\":\"ens\",\"Port\":80}]"))
        let set = edge.test.succeed("SetBackendServers", call("[{\"ServerId\":\"\(server)\",\"Weight\":20}]"))
        #expect(set.text("BackendServers.BackendServer.0.Weight") == "20")
        edge.test.fail("SetBackendServers", call("[{\"ServerId\":\"\(elsewhere)\",\"Weight\":20}]"), 400, "InvalidBackendServers")
        edge.test.fail("RemoveBackendServers", call("[{\"ServerId\":\"\(server)\",\"Port\":81}]"), 400, "InvalidBackendServers")
        edge.test.succeed("RemoveBackendServers", call("[{\"ServerId\":\"\(server)\"}]"))
        edge.test.succeed("StopInstance", ["InstanceId": server])
        edge.test.fail("AddBackendServers", call("[{\"ServerId\":\"\(server)\"}]"), 400, "IncorrectInstanceStatus")
    }

    @Test func addresses() throws {
        let edge = try EdgeCloud()
        let eip = edge.address(["Name": "front"])
        let server = edge.running()
        let bind = ["AllocationId": eip, "InstanceId": server]
        edge.test.fail("UnAssociateEnsEipAddress", ["AllocationId": eip], 400, "IncorrectInstanceStatus")
        edge.test.fail("AssociateEnsEipAddress", bind.merging(["InstanceType": "SlbInstance"]) { $1 }, 400, "InvalidInstanceType")
        edge.test.fail("AssociateEnsEipAddress", bind.merging(["InstanceId": "i-none"]) { $1 }, 400, "InstanceNotFound")
        edge.test.fail(
            "AssociateEnsEipAddress", bind.merging(["InstanceId": edge.instance("edge-cache-1")]) { $1 }, 400,
            "InvalidInstanceId")
        edge.test.succeed("AssociateEnsEipAddress", bind)
        let shown = edge.test.succeed("DescribeEnsEipAddresses", ["AllocationId": eip])
        #expect(shown.text("EipAddresses.EipAddress.0.Status") == "Associating")
        #expect(shown.text("EipAddresses.EipAddress.0.InstanceType") == "EnsInstance")
        let ip = shown.text("EipAddresses.EipAddress.0.IpAddress")
        edge.wait()
        edge.test.fail("AssociateEnsEipAddress", bind, 400, "InvalidInstanceId")
        let instance = edge.test.succeed("DescribeInstances", ["InstanceId": server])
        #expect(instance.list("Instances.Instance.0.PublicIpAddress.IpAddress").contains(.string(ip)))
        #expect(edge.test.succeed("DescribeEnsEipAddresses", ["AssociatedInstanceId": server]).text("TotalCount") == "1")
        edge.test.succeed("ModifyEnsEipAddressAttribute", ["AllocationId": eip, "Description": "entry", "Bandwidth": "9"])
        edge.test.succeed("UnAssociateEnsEipAddress", ["AllocationId": eip])
        edge.wait()
        let freed = edge.test.succeed("DescribeEnsEipAddresses", ["EipAddress": ip])
        #expect(freed.text("EipAddresses.EipAddress.0.Status") == "Available")
        #expect(
            freed.text("EipAddresses.EipAddress.0.InstanceId") == "" && freed.text("EipAddresses.EipAddress.0.Bandwidth") == "9")
    }

    @Test func aSecondAddressOfABalancerNeedsItsType() throws {
        let edge = try EdgeCloud()
        let id = edge.balancer().id
        edge.test.succeed("AssociateEnsEipAddress", ["AllocationId": edge.address(), "InstanceId": id])
        let second = ["AllocationId": edge.address(), "InstanceId": id]
        edge.test.fail("AssociateEnsEipAddress", second, 400, "InvalidInstanceType")
        edge.test.succeed("AssociateEnsEipAddress", second.merging(["InstanceType": "NatSlbInstance"]) { $1 })
        edge.wait()
        edge.test.succeed("ReleaseInstance", ["InstanceId": id])
        let states = edge.test.succeed("DescribeEnsEipAddresses").list("EipAddresses.EipAddress")
        #expect(states.map { $0["Status"].text } == ["Available", "Available", "InUse"])
    }

    @Test(arguments: [
        (["InternetChargeType": "PayByBandwidth"], "InvalidInternetChargeType"), (["Isp": "telecom"], "InvalidIsp"),
        (["Bandwidth": "4"], "InvalidBandwidth"), (["EnsRegionId": "cn-mars"], "InvalidEnsRegionId"),
        (["InstanceChargeType": ""], "MissingInstanceChargeType"),
    ])
    func addressesWith(parameters: [String: String], code: String) throws {
        let edge = try EdgeCloud()
        let base = [
            "EnsRegionId": EdgeCloud.node, "InstanceChargeType": "PostPaid", "InternetChargeType": "95BandwidthByMonth",
        ]
        edge.test.fail("CreateEipInstance", base.merging(parameters) { $1 }, 400, code)
    }
}
