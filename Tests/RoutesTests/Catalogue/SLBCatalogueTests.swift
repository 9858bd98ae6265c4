import Bytes
import Testing

@testable import Routes

/// The catalogue of SLB: a listener's protocol on one route, and lists of objects that the cloud takes as text.
@Suite struct SLBCatalogueTests {
    private let bench: Bench

    init() throws { bench = try Bench(WholeCatalogue.get()) }

    private func names(_ request: String, _ body: String = "") throws -> [String] {
        let bound = try bench.bind(request, body)
        var names = ResourceNames()
        Array("1234".utf8).withView { names.name(bound, account: $0) }
        return names.texts
    }

    @Test(arguments: [
        ("load-balancer", 12), ("listener", 16), ("backend-server", 4), ("vserver-group", 8), ("master-slave-server-group", 4),
        ("forwarding-rule", 5), ("server-certificate", 4), ("ca-certificate", 4), ("domain-extension", 5),
        ("tls-cipher-policy", 4), ("access-control-list", 7), ("listener-white-list", 4), ("load-balancer-tag", 3),
        ("slb-region", 3),
    ])
    func `every documented action of a resource is there`(resource: String, count: Int) {
        #expect(bench.catalogue.operations.count { $0.entry.product == "slb" && $0.entry.resource == resource } == count)
    }

    @Test(arguments: [
        ("tcp", ""), ("udp", ""), ("http", #","healthCheck":"on","stickySession":"off""#),
        ("https", #","healthCheck":"on","stickySession":"off","serverCertificateId":"c-1""#),
    ])
    func `the protocol of a listener is in the path or beside it`(proto: String, more: String) throws {
        func action(_ request: String, _ body: String = "") throws -> String? {
            try bench.bind(request, body).operation?.entry.action
        }
        let kind = "LoadBalancer\(proto.uppercased())Listener"
        let settings = #"{"listenerPort":8080,"backendServerPort":80,"bandwidth":-1\#(more)"#
        #expect(try action("POST /load-balancers/lb-1/\(proto)-listeners", settings + "}") == "Create\(kind)")
        #expect(try action("POST /load-balancers/lb-1/listeners", settings + ",\"protocol\":\"\(proto)\"}") == "Create\(kind)")
        let change = #"{"scheduler":"wrr"}"#
        #expect(try action("PATCH /load-balancers/lb-1/\(proto)-listeners/8080", change) == "Set\(kind)Attribute")
        #expect(
            try action("PATCH /load-balancers/lb-1/listeners/8080?protocol=\(proto)", change) == "Set\(kind)Attribute")
        #expect(try action("GET /load-balancers/lb-1/\(proto)-listeners/8080") == "Describe\(kind)Attribute")
        #expect(try action("GET /load-balancers/lb-1/listeners/8080?protocol=\(proto)") == "Describe\(kind)Attribute")
        #expect(
            Set(try bench.wire("POST /load-balancers/lb-1/\(proto)-listeners/8080/start")) == [
                "RegionId=cn-hangzhou", "LoadBalancerId=lb-1", "ListenerPort=8080", "ListenerProtocol=\(proto)",
            ])
    }

    @Test func `a change of a listener sends what is said and nothing else`() throws {
        #expect(
            Set(try bench.wire("PATCH /load-balancers/lb-1/tcp-listeners/80", #"{"scheduler":"wrr"}"#)) == [
                "RegionId=cn-hangzhou", "LoadBalancerId=lb-1", "ListenerPort=80", "Scheduler=wrr",
            ])
    }

    @Test func `servers are objects here and text at the cloud`() throws {
        let path = "/load-balancers/lb-1/backend-servers"
        let objects = #"[{"serverId":"i-1","weight":80},{"ServerId":"i-2"}]"#
        let text = #""[{\"ServerId\":\"i-1\",\"Weight\":80},{\"ServerId\":\"i-2\"}]""#
        for list in [objects, text] {
            #expect(
                Set(try bench.wire("POST \(path)", #"{"backendServers":\#(list)}"#)) == [
                    "RegionId=cn-hangzhou", "LoadBalancerId=lb-1",
                    #"BackendServers=[{"ServerId":"i-1","Weight":80},{"ServerId":"i-2"}]"#,
                ])
        }
        #expect(
            try bench.faults("POST \(path)", #"{"backendServers":[{"serverId":"i-1","weight":101},{"port":1}]}"#) == [
                "backendServers[0].weight: `101` is out of range [0 to 100]", "backendServers[1].serverId: is required",
            ])
        #expect(
            Set(try bench.wire("DELETE \(path)/i-1")) == [
                "RegionId=cn-hangzhou", "LoadBalancerId=lb-1", #"BackendServers=[{"ServerId":"i-1"}]"#,
            ])
    }

    @Test func `resources are named by the members of objects and by kinds`() throws {
        let servers = #"{"backendServers":[{"serverId":"i-1"},{"ServerId":"i-2"}]}"#
        #expect(
            try names("POST /load-balancers/lb-1/backend-servers", servers) == [
                "acs:slb:cn-hangzhou:1234:loadbalancer/lb-1", "acs:ecs:cn-hangzhou:1234:instance/i-1",
                "acs:ecs:cn-hangzhou:1234:instance/i-2",
            ])
        for (type, name) in [("instance", "loadbalancer"), ("certificate", "certificate"), ("acl", "acl")] {
            let tags = #"{"resourceType":"\#(type)","resourceId":["x-1"],"tag":[{"key":"a","value":"b"}]}"#
            #expect(try names("POST /load-balancer-tags", tags) == ["acs:slb:cn-hangzhou:1234:\(name)/x-1"])
        }
        #expect(try names("GET /vserver-groups/rsp-1") == ["acs:slb:cn-hangzhou:1234:loadbalancer/*"])
        #expect(try names("GET /access-control-lists") == ["acs:slb:cn-hangzhou:1234:acl/*"])
    }

    @Test func `secrets are marked`() {
        for operation in bench.catalogue.operations where operation.entry.product == "slb" {
            for parameter in operation.entry.parameters {
                #expect(parameter.isSecret == (parameter.name == "PrivateKey"), "\(operation.entry.action) \(parameter.name)")
            }
        }
    }
}
