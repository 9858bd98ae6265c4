import Testing

@testable import Routes

/// Lists of objects that are one JSON text on the wire.
@Suite struct BinderFieldsTests {
    static let path = "POST /things/t/servers"

    @Test(arguments: [
        (#"[{"serverId":"i-1","port":80}]"#, #"[{"ServerId":"i-1","Port":80}]"#),
        (#"[ { "ServerId" : "i-1", "Port" : "80" } ]"#, #"[{"ServerId":"i-1","Port":"80"}]"#),
        (#"[{"serverId":"i-1"},{"port":1,"serverId":"i-2"}]"#, #"[{"ServerId":"i-1"},{"Port":1,"ServerId":"i-2"}]"#),
        (
            #"[{"serverId":"a\u002d1","serverIp":"10.0.0.1","kind":"eni","on":true}]"#,
            #"[{"ServerId":"a-1","ServerIp":"10.0.0.1","Kind":"eni","On":true}]"#
        ),
        (#"[{"serverId":"a\"b","level":5,"on":"false"}]"#, #"[{"ServerId":"a\"b","level":"5","On":"false"}]"#),
        (#""[{\"serverId\":\"i-1\",\"Port\":\"80\"}]""#, #"[{"ServerId":"i-1","Port":"80"}]"#),
        (#""{\"serverId\":\"i-1\"}""#, #"[{"ServerId":"i-1"}]"#),
    ])
    func `members take either spelling and go out under their wire names`(_ value: String, _ expected: String) throws {
        let wire = try Bench().wire(Self.path, #"{"servers":\#(value)}"#)
        #expect(wire == ["RegionId=cn-hangzhou", "ThingId=t", "Servers=\(expected)"])
    }

    @Test(arguments: [
        ("servers=%5B%7B%22serverId%22:%22i-1%22%7D%5D", #"[{"ServerId":"i-1"}]"#),
        ("servers=%7B%22serverId%22:%22i-1%22%7D", #"[{"ServerId":"i-1"}]"#),
        (
            "servers=%7B%22serverId%22:%22i-1%22%7D&Servers=%7B%22ServerId%22:%22i-2%22%7D",
            #"[{"ServerId":"i-1"},{"ServerId":"i-2"}]"#
        ),
    ])
    func `a query holds the list as JSON, or its elements one by one`(_ query: String, _ expected: String) throws {
        #expect(try Bench().wire("\(Self.path)?\(query)").last == "Servers=\(expected)")
    }

    @Test(arguments: [
        (
            #"[{"serverid":"i-1"}]"#,
            [
                "servers[0].serverid: unknown member of servers; did you mean `serverId`?", "servers[0].serverId: is required",
            ]
        ),
        (
            #"[{"serverId":"i-1","port":0},{"serverId":"i-2","port":"x"}]"#,
            [
                "servers[0].port: `0` is out of range [1 to 65535]", "servers[1].port: `x` is no whole number [1 to 65535]",
            ]
        ),
        (
            #"[{"serverId":5,"port":true,"on":1,"kind":null}]"#,
            [
                "servers[0].serverId: must be a string, not a number",
                "servers[0].port: must be a whole number, not a truth value [1 to 65535]",
                "servers[0].on: must be true or false, not a number [true, false]",
                "servers[0].kind: must be a string, not null [ecs, eni]",
            ]
        ),
        (
            #"[{"serverId":"","kind":"eci","serverIp":"10.0.0"}]"#,
            [
                "servers[0].serverId: must not be empty",
                "servers[0].kind: `eci` is not one of the allowed values; did you mean `ecs`? [ecs, eni]",
                "servers[0].serverIp: `10.0.0` is no IP address [like 192.168.0.1 or 2001:db8::1]",
            ]
        ),
        (#"[{"serverId":"i-1","ServerId":"i-2"}]"#, ["servers[0].serverId: is given twice"]),
        (#"[{"serverId":"123456789"}]"#, ["servers[0].serverId: 9 characters are too many [0 to 8 characters]"]),
        (#"["i-1",["i-2"]]"#, ["servers[0]: must be an object, not a string", "servers[1]: must be an object, not a list"]),
        (#""i-1""#, ["servers: must be a list of objects in JSON"]),
        (#"{"serverId":"i-1"}"#, ["servers: must be a list, not an object"]),
        (#"[]"#, ["servers: needs at least one element, or to be left out", "servers: is required"]),
        (
            #"[{"serverId":"1"},{"serverId":"2"},{"serverId":"3"},{"serverId":"4"}]"#,
            ["servers: has too many elements [at most 3 elements]"]
        ),
        (#"[{"serverId":{"a":[{}]}}]"#, ["servers[0].serverId: must be a string, not an object"]),
    ])
    func `every fault of every member is told with its place`(_ value: String, _ expected: [String]) throws {
        #expect(try Bench().faults(Self.path, #"{"servers":\#(value)}"#) == expected)
    }

    @Test(arguments: [
        (#"{"lifetime": 5, "mode": "a"}"#, [], #"Options={"Lifetime":5,"Mode":"a"}"#),
        (#""{ \"Mode\": \"a\" }""#, [], #"Options={"Mode":"a"}"#),
        (
            #"{"lifetime":"x","moded":1}"#,
            [
                "options.lifetime: `x` is no whole number [-2147483648 to 2147483647]",
                "options.moded: unknown member of options; did you mean `mode`?", "options.mode: is required",
            ], ""
        ),
        (#"[{"mode":"a"}]"#, ["options: must be an object, not a list"], ""),
    ])
    func `a single object is checked alike`(_ value: String, _ faults: [String], _ expected: String) throws {
        let body = #"{"servers":[{"serverId":"i-1"}],"options":\#(value)}"#
        #expect(try Bench().faults(Self.path, body) == faults)
        if faults.isEmpty { #expect(try Bench().wire(Self.path, body).last == expected) }
    }

    @Test func `a path can name the only object of the list`() throws {
        let bench = try Bench()
        #expect(try bench.wire("PUT /things/t/servers/a%22b").last == #"Servers=[{"ServerId":"a\"b"}]"#)
        #expect(
            try bench.faults("PUT /things/t/servers/123456789") == ["serverId: 9 characters are too many [0 to 8 characters]"])
        #expect(
            try bench.faults("PUT /things/t/servers/i-1", #"{"servers":[{"serverId":"i-2"}]}"#) == [
                #"servers[0]: the path says `{"ServerId":"i-1"}` already; leave it out"#
            ])
    }
}
