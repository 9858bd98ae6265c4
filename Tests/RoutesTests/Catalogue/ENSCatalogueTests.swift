import Bytes
import Testing

@testable import Routes

/// The catalogue of ENS: its paths, its regions that are none of the account, and its own ways of writing lists.
@Suite struct ENSCatalogueTests {
    private let bench: Bench

    init() throws { bench = try Bench(WholeCatalogue.get()) }

    private func operation(_ action: String) throws -> Operation {
        try #require(bench.catalogue.operation(product: "ens", action: action, dialect: .publicCloud))
    }

    private func names(_ request: String, _ body: String = "") throws -> [String] {
        let bound = try bench.bind(request, body)
        var names = ResourceNames()
        Array("1234".utf8).withView { names.name(bound, account: $0) }
        return names.texts
    }

    @Test(arguments: [
        ("ens-instance", 10), ("ens-monitoring", 2), ("ens-instance-spec", 3), ("ens-image", 1), ("ens-key-pair", 4),
        ("ens-security-group", 11), ("ens-network", 5), ("ens-vswitch", 4), ("ens-epn-instance", 13),
        ("ens-load-balancer", 9), ("ens-listener", 15), ("ens-eip", 5), ("ens-region", 4),
    ])
    func `every documented action of a resource is there`(resource: String, count: Int) {
        #expect(bench.catalogue.operations.count { $0.entry.product == "ens" && $0.entry.resource == resource } == count)
    }

    @Test func `every path begins with the product, once`() {
        for operation in bench.catalogue.operations where operation.entry.product == "ens" {
            for route in operation.entry.routes { #expect(route.path.hasPrefix("/ens/"), "\(route.path)") }
        }
        func finds(_ path: String) -> String? {
            Array(path.utf8).withView { path in
                guard case .found(let match) = bench.table.match(.route(.get), path, dialect: .publicCloud) else { return nil }
                return match.operation?.entry.product
            }
        }
        #expect(finds("/ens/instances") == "ens")
        #expect(finds("/instances") == "ecs")
        #expect(finds("/ens/ens/instances") == nil)
    }

    @Test func `the account's region says nothing to nodes`() throws {
        #expect(try bench.wire("GET /ens/vswitches") == [])
        #expect(try bench.wire("GET /ens/vswitches?region=cn-xian-unicom") == ["EnsRegionId=cn-xian-unicom"])
        #expect(
            try bench.wire("GET /ens/regions/cn-taizhou-telecom_unicom_cmcc") == ["EnsRegionId=cn-taizhou-telecom_unicom_cmcc"])
        #expect(try bench.wire("POST /ens/instances/i-1/stop") == ["InstanceId=i-1"])
        // Clients of the cloud send it with every call.
        #expect(try bench.wire("GET /ens/vswitches?regionId=cn-hangzhou") == ["RegionId=cn-hangzhou"])
        #expect(
            try bench.faults("GET /ens/eips?region=cn-xian-unicom") == ["region: unknown parameter of DescribeEnsEipAddresses"])
        let bound = try bench.bind("GET /ens/vswitches?region=cn-xian-unicom")
        #expect(bound.withRegion { $0.isEmpty })
        for operation in bench.catalogue.operations { #expect(operation.isRegional == (operation.entry.product != "ens")) }
    }

    @Test func `resources are named without a region, but where a call names the node`() throws {
        #expect(try names("POST /ens/instances/i-1/start") == ["acs:ens:*:1234:instance/i-1"])
        #expect(try names("GET /ens/instances") == ["acs:ens:*:1234:instance/*"])
        let network = #"{"ensRegionId":"cn-beijing-cmcc","cidrBlock":"10.0.0.0/8"}"#
        #expect(try names("POST /ens/networks", network) == ["acs:ens:cn-beijing-cmcc:1234:network/*"])
        let place = #"{"ensRegionId":"cn:mars","cidrBlock":"10.0.0.0/8"}"#
        #expect(try bench.faults("POST /ens/networks", place) == ["ensRegionId: must not hold a colon"])
        #expect(try names("DELETE /ens/eips/eip-1") == ["acs:ens:*:1234:loadbalancer/eip-1", "acs:ens:*:1234:eip/eip-1"])
        let servers = #"{"backendServers":[{"serverId":"i-1","weight":5},{"ServerId":"i-2"}]}"#
        #expect(
            try names("POST /ens/load-balancers/lb-1/backend-servers", servers) == [
                "acs:ens:*:1234:loadbalancer/lb-1", "acs:ens:*:1234:instance/i-1", "acs:ens:*:1234:instance/i-2",
            ])
    }

    @Test func `a list with semicolons is a list like others`() throws {
        let path = "GET /ens/instance-auto-renewals?instanceIds="
        for text in ["i-1,i-2", "i-1;i-2", "i-1%3Bi-2", "i-1&instanceIds=i-2"] {
            #expect(try bench.wire(path + text) == ["InstanceIds=i-1;i-2"])
            #expect(try names(path + text) == ["acs:ens:*:1234:instance/i-1", "acs:ens:*:1234:instance/i-2"])
        }
        #expect(try bench.wire("GET /ens/instances/i-1/auto-renewal") == ["InstanceIds=i-1"])
        let call = "POST /rpc/ens/DescribeInstanceAutoRenewAttribute"
        #expect(try bench.wire(call, #"{"instanceIds":["i-1","i-2"]}"#) == ["InstanceIds=i-1;i-2"])
        #expect(try bench.faults(call, #"{"instanceIds":["i-1;i-2"]}"#) == ["instanceIds[0]: must not hold `;`"])
    }

    @Test func `both spellings of an id, and the only number of a disk`() throws {
        for name in ["EPNInstanceId", "EpnInstanceId", "epnInstanceId"] {
            #expect(try bench.wire("POST /rpc/ens/StopEpnInstance", "{\"\(name)\":\"epn-1\"}") == ["EPNInstanceId=epn-1"])
        }
        let twice = #"{"EPNInstanceId":"epn-1","EpnInstanceId":"epn-2"}"#
        #expect(try bench.faults("POST /rpc/ens/StopEpnInstance", twice) == ["epnInstanceId: is given twice"])
        let purchase = #"{"instanceType":"t","ensRegionId":"n","imageId":"m","period":1,"quantity":1,"dataDisk":[{"size":50}]}"#
        #expect(try bench.wire("POST /ens/instances", purchase).contains("DataDisk.1.Size=50"))
        let two = purchase.replacing("[{", with: "[{\"size\":20},{")
        #expect(try !bench.faults("POST /ens/instances", two).isEmpty)
    }

    @Test func `secrets are marked`() {
        let secrets = ["Password", "UserData", "Scripts"]
        for operation in bench.catalogue.operations where operation.entry.product == "ens" {
            for parameter in operation.entry.parameters {
                #expect(parameter.isSecret == secrets.contains(parameter.name), "\(operation.entry.action) \(parameter.name)")
            }
        }
    }

    @Test func `what the cloud says twice in other letters is said once`() throws {
        let operation = try operation("DescribeUserBandWidthData")
        let answer = #"{"code":"200","RequestId":"R","Code":0,"requestId":"R","successResponse":true,"MonitorData":{}}"#
        var output: [UInt8] = []
        _ = try ReshapePlan(bench.catalogue, operation, route: operation.entry.routes[0]).reshape(
            Array(answer.utf8), into: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"{"requestId":"R","code":0,"successResponse":true,"monitorData":{}}"#)
    }
}
