import Bytes
import Testing

@testable import Routes

@Suite struct ResourceNamesTests {
    func names(_ request: String, _ body: String = "", region: String = "cn-hangzhou") throws -> [String] {
        let bound = try Bench().bind(request, body, region: region)
        var names = ResourceNames()
        Array("1234".utf8).withView { names.name(bound, account: $0) }
        return names.texts
    }

    @Test(arguments: [
        ("GET /things", "", ["thing/*"]),
        ("GET /things?thingIds=t-1,t-2", "", ["thing/t-1", "thing/t-2"]),
        ("GET /things/t-1", "", ["thing/t-1"]),
        ("GET /things/a%22b", "", ["thing/a\"b"]),
        ("DELETE /things/t-1", "", ["thing/t-1"]),
        ("DELETE /things/t%2F..%2F1", "", ["thing/t/../1"]),
        ("POST /things/t-1/tags", #"{"tag":[{"key":"a"}]}"#, ["thing/t-1"]),
        ("POST /things", #"{"imageId":"m","network":[{"vSwitchId":"v"}]}"#, ["thing/*"]),
        (
            "POST /things",
            #"{"imageId":"m","network":[{"vSwitchId":"v","groupIds":["g1","g2"]},{"vSwitchId":"v","groupIds":["g3"]}],"dataDisk":[{"size":40},{"snapshotId":"s-1"}]}"#,
            ["thing/*", "disk/s-1", "group/g1", "group/g2", "group/g3"]
        ),
    ])
    func `a request names what it touches`(_ request: String, _ body: String, _ expected: [String]) throws {
        #expect(try names(request, body) == expected.map { "acs:ecs:cn-hangzhou:1234:" + $0 })
    }

    @Test func `the region is the caller's, or stands for every region when there is none`() throws {
        #expect(try names("DELETE /things/t-1?region=cn-beijing") == ["acs:ecs:cn-beijing:1234:thing/t-1"])
        #expect(try names("DELETE /things/t-1", region: "") == ["acs:ecs:*:1234:thing/t-1"])
        #expect(try names("POST /things/t-1/copy?toRegionId=cn-qingdao") == ["acs:ecs:cn-qingdao:1234:thing/*"])
        #expect(try names("POST /things/t-1/copy") == ["acs:ecs:cn-hangzhou:1234:thing/*"])
    }

    @Test(arguments: [
        (#"{"targetId":"x"}"#, ["host/x"]), ("", ["host/*"]),
        (#"{"targetId":"x","targetType":"Host"}"#, ["host/x"]), (#"{"targetId":"x","TargetType":"Gate"}"#, ["gate/x"]),
        (#"{"targetType":"Gate"}"#, []), (#"{"targetId":"x","targetType":"None"}"#, []),
    ])
    func `what a parameter names may depend on another`(_ body: String, _ expected: [String]) throws {
        #expect(try names("POST /things/t-1/bind", body) == (["thing/t-1"] + expected).map { "acs:ecs:cn-hangzhou:1234:" + $0 })
    }

    @Test func `each object of a list names its resource`() throws {
        let servers = #""servers":[{"serverId":"i-1"},{"port":80,"ServerId":"i\u002d2","kind":"ecs"}]"#
        #expect(
            try names("POST /things/t-1/servers", "{\(servers)}") == [
                "acs:ecs:cn-hangzhou:1234:server/i-1", "acs:ecs:cn-hangzhou:1234:server/i-2",
            ])
        #expect(
            try names("PUT /things/t-1/servers/i-1?kind=thing") == [
                "acs:ecs:cn-hangzhou:1234:thing/t-1", "acs:ecs:cn-hangzhou:1234:server/i-1",
            ])
    }

    @Test func `a resource counts for the kind that the request names`() throws {
        func names(_ kind: String) throws -> [String] { try self.names("PUT /things/t-1/servers/i-1?kind=\(kind)") }
        #expect(try names("other").first == "acs:ecs:cn-hangzhou:1234:other/t-1")
        #expect(try names("none") == ["acs:ecs:cn-hangzhou:1234:server/i-1"])
    }

    @Test func `an empty value names nothing in particular`() throws {
        #expect(try names("POST /things/t-1/copy?toRegionId=") == ["acs:ecs:cn-hangzhou:1234:thing/*"])
    }

    @Test func `no resource at all is the resource of everything`() throws {
        let catalogue = try SampleCatalogue.load()
        let bound = BoundRequest()
        bound.operation = catalogue.operation(product: "ecs", action: "migrate_thing", dialect: .apsara)
        var names = ResourceNames()
        names.name(bound, account: .empty)
        #expect(names.texts == ["*"])
        names.nameEverything()
        #expect(names.texts == ["*"])
        #expect(names.withName(7) { $0.count } == 0)
        #expect(names.allSatisfy { $0.equals("*") })
    }
}
