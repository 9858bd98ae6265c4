import Bytes
import Testing

@testable import Routes

@Suite struct BinderBodyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let body: String
        let expected: [String]

        init(_ body: String, _ expected: String...) {
            self.body = body
            self.expected = expected
        }

        var testDescription: String { body }
    }

    static let always = ["RegionId=cn-hangzhou", "ImageId=m"]
    static let network = #""network":[{"vSwitchId":"v"}]"#

    /// Members of a body that also has the required ones, and what they become.
    static let good: [Case] = [
        Case(#""thingName":"a\u00e9\ud83d\ude00""#, "ThingName=aé😀"),
        Case(#""ThingName":"ab","Amount":7"#, "ThingName=ab", "Amount=7"),
        Case(#""bytes":9223372036854775807"#, "Bytes=9223372036854775807"),
        Case(#""bytes":-9223372036854775808"#, "Bytes=-9223372036854775808"),
        Case(#""priceLimit":0.5e-1"#, "PriceLimit=0.5e-1"),
        Case(#""dryRun":false"#, "DryRun=false"),
        Case(#""systemDisk":{"size":40,"category":"cloud_ssd"}"#, "SystemDisk.Category=cloud_ssd", "SystemDisk.Size=40"),
        Case(#""SystemDisk.Size":"40","systemDisk.category":"cloud""#, "SystemDisk.Category=cloud", "SystemDisk.Size=40"),
        Case(#""SystemDisk":{"Size":"40"}"#, "SystemDisk.Size=40"),
        Case(
            #""dataDisk":[{"size":40,"device":"/dev/xvdb"},{"size":50}]"#,
            "DataDisk.1.Size=40", "DataDisk.2.Size=50", "DataDisk.1.Device=/dev/xvdb"),
        Case(#""dataDisk.1.size":40,"DataDisk.2.Size":50"#, "DataDisk.1.Size=40", "DataDisk.2.Size=50"),
        Case(#""port":80"#, "Port=80"),
        Case(#""port":"Any""#, "Port=Any"),
        Case(#""protocol":"tcp""#, "Protocol=tcp"),
        Case(#""kmsKey":"k""#, "KMSKeyId=k"),
        Case(#""KmsKey":"k""#, "KMSKeyId=k"),
        Case(#""kmsKeyId":"k""#, "KMSKeyId=k"),
        Case(#""releaseTime":"2026-02-28T23:59:59Z""#, "ReleaseTime=2026-02-28T23:59:59Z"),
        Case(#""releaseTime":"2026-02-28T23Z""#, "ReleaseTime=2026-02-28T23Z"),
        Case(#""cidrBlock":"10.0.0.0/8""#, "CidrBlock=10.0.0.0/8"),
        Case(#""userData":"aGk=""#, "UserData=aGk="),
        Case(#""policy":{ "a" : [1, {"b":null}] , "c":"x y"}"#, #"Policy={"a":[1,{"b":null}],"c":"x y"}"#),
        Case(#""policy":"{ \"a\": 1 }""#, #"Policy={"a":1}"#),
        Case(#""servers":[ {"ServerId":"i-1", "Port": "80"}, "x" ]"#, #"Servers=[{"ServerId":"i-1","Port":"80"},"x"]"#),
    ]

    @Test(arguments: good) func `bodies become wire parameters`(_ sample: Case) throws {
        let body = #"{"imageId":"m",\#(Self.network),\#(sample.body)}"#
        let wire = try Bench().wire("POST /things", body).filter { !Self.always.contains($0) && $0 != "Network.1.VSwitchId=v" }
        #expect(wire == sample.expected)
    }

    @Test func `nested lists keep both numbers`() throws {
        let body = #"{"imageId":"m","network":[{"vSwitchId":"v1","groupIds":["g1","g2"]},{"groupIds":["g3"],"vSwitchId":"v2"}]}"#
        #expect(
            try Bench().wire("POST /things", body) == Self.always + [
                "Network.1.VSwitchId=v1", "Network.2.VSwitchId=v2",
                "Network.1.GroupIds.1=g1", "Network.1.GroupIds.2=g2", "Network.2.GroupIds.1=g3",
            ])
    }

    /// Members of a body that also has the required ones, and the faults.
    static let bad: [Case] = [
        Case(#""amount":"7""#, "amount: must be a whole number, not a string [1 to 100]"),
        Case(#""amount":7.0"#, "amount: `7.0` is no whole number [1 to 100]"),
        Case(#""amount":0"#, "amount: `0` is out of range [1 to 100]"),
        Case(#""amount":99999999999999999999"#, "amount: `99999999999999999999` is no whole number [1 to 100]"),
        Case(#""bytes":9223372036854775808"#, "bytes: `9223372036854775808` is no whole number"),
        Case(#""priceLimit":-1"#, "priceLimit: `-1` is out of range [at least 0]"),
        Case(#""priceLimit":1e999"#, "priceLimit: `1e999` is no number [at least 0]"),
        Case(#""dryRun":"true""#, "dryRun: must be true or false, not a string [true, false]"),
        Case(#""dryRun":null"#, "dryRun: must be true or false, not null [true, false]"),
        Case(#""thingName":5"#, "thingName: must be a string, not a number"),
        Case(#""thingName":{"a":[1]}"#, "thingName: must be a string, not an object"),
        Case(#""thingName":"x""#, "thingName: 1 character is too few [2 to 8 characters]"),
        Case(#""thingName":"ééééééééé""#, "thingName: 9 characters are too many [2 to 8 characters]"),
        Case(#""password":"short""#, "password: 5 characters are too few [at least 8 characters]"),
        Case(#""systemDisk":5"#, "systemDisk: must be an object, not a number"),
        Case(#""systemDisk":{"sise":40}"#, "systemDisk.sise: unknown parameter of RunThings; did you mean `systemDisk.size`?"),
        Case(#""systemDisk":{"size":10}"#, "systemDisk.size: `10` is out of range [20 to 500]"),
        Case(#""systemDisk":{"size":40},"systemDisk":{"category":"cloud"}"#, "systemDisk: is given twice"),
        Case(#""systemDisk":{"size":40,"Size":50}"#, "systemDisk.size: is given twice"),
        Case(#""dataDisk":{"size":40}"#, "dataDisk: must be a list, not an object"),
        Case(#""dataDisk":[]"#, "dataDisk: needs at least one element, or to be left out"),
        Case(
            #""dataDisk":[{"size":40},{"size":"x"},{"size":1}]"#,
            "dataDisk[1].size: must be a whole number, not a string [20 to 32768]",
            "dataDisk[2].size: `1` is out of range [20 to 32768]"),
        Case(#""dataDisk":[{},{},{},{"size":40}]"#, "dataDisk[].size: has too many elements [at most 3 elements]"),
        Case(#""port":0"#, "port: `0` is out of range [Any, or 1 to 65535]"),
        Case(#""port":"any""#, "port: `any` is not one of the allowed values; did you mean `Any`? [Any, or 1 to 65535]"),
        Case(#""protocol":"icmp""#, "protocol: `icmp` is not one of the allowed values [TCP, UDP]"),
        Case(
            #""releaseTime":"2026-02-29T00:00:00Z""#,
            "releaseTime: `2026-02-29T00:00:00Z` is no time in UTC [like 2026-01-31T12:00:00Z]"),
        Case(
            #""cidrBlock":"10.0.0.0/33""#, "cidrBlock: `10.0.0.0/33` is no address block [like 192.168.0.0/16 or 2001:db8::/32]"),
        Case(#""policy":"{""#, "policy: is not valid JSON: the text ends too early at byte 1"),
        Case(#""policy":{"a":1,"\u0061":2}"#, "body: is not valid JSON: member given twice at byte"),
        Case(#""kmsKeyId":"a","KmsKey":"b""#, "kmsKeyId: is given twice"),
        Case(#""servers":[5]"#, "servers[0]: must be a string, not a number"),
        Case(#""SignatureNonce":"x""#, "SignatureNonce: is set by the gateway; a request may not give it"),
    ]

    @Test(arguments: bad) func `faults name the place in the body`(_ sample: Case) throws {
        let body = #"{"imageId":"m",\#(Self.network),\#(sample.body)}"#
        let faults = try Bench().faults("POST /things", body)
        #expect(faults.count == sample.expected.count)
        for (fault, expected) in zip(faults, sample.expected) { #expect(fault.hasPrefix(expected)) }
    }

    static let malformed: [Case] = [
        Case("{", "body: is not valid JSON: the text ends too early at byte 1"),
        Case("[]", "body: must be a JSON object, not a list"),
        Case("5", "body: must be a JSON object, not a number"),
        Case(#"{"imageId":"m"} x"#, "body: is not valid JSON: text after the end of the document at byte 16"),
        Case("{\"imageId\":\"\u{1}\"}", "body: is not valid JSON: unescaped control character in a string at byte 12"),
        Case(#"{"imageId":"\ud800 lone"}"#, "body: is not valid JSON: malformed escape in a string at byte"),
        Case(#"{"policy":[[[[[[]]]]]]}"#, "body: is not valid JSON: nested too deeply at byte 13"),
        Case(#"{"imageId":"m",}"#, "body: is not valid JSON: unexpected character at byte 15"),
        Case(#"{'imageId':1}"#, "body: is not valid JSON: unexpected character at byte 1"),
    ]

    @Test(arguments: malformed) func `malformed bodies are faults with an offset`(_ sample: Case) throws {
        let faults = try Bench().faults("POST /things", sample.body, maxDepth: 4)
        #expect(faults.first?.hasPrefix(sample.expected[0]) ?? false, "\(faults)")
        if faults.first?.hasPrefix("body: is not valid JSON") ?? false {
            #expect(!faults.contains { $0.hasSuffix("is required") }, "nobody knows what it lacks: \(faults)")
        }
    }

    @Test func `every missing parameter is listed`() throws {
        #expect(
            try Bench().faults("POST /things", "{}", region: "") == [
                "regionId: is required", "imageId: is required", "network[].vSwitchId: is required",
            ])
        #expect(
            try Bench().faults("POST /things", #"{"imageId":"","network":[{"groupIds":["g"]},{"vSwitchId":"v"}]}"#)
                == [
                    "imageId: must not be empty", "network[0].vSwitchId: is required",
                ].map { $0.replacing("imageId: must not be empty", with: "imageId: must not be empty [at least 1 characters]") })
    }

    @Test func `query and body together are one request`() throws {
        let bench = try Bench()
        #expect(try bench.wire("POST /things?start=false", #"{"imageId":"m"}"#) == Self.always)
        #expect(try bench.wire("POST /things", #"{"imageId":"m","start":false}"#) == Self.always)
        #expect(try bench.bind("POST /things", #"{"imageId":"m","start":false}"#).operation?.entry.action == "CreateThing")
        #expect(
            try bench.bind("POST /things", #"{"imageId":"m","start":true,\#(Self.network)}"#).operation?.entry.action
                == "RunThings")
        #expect(
            try bench.faults("POST /things?imageId=a", #"{"imageId":"m",\#(Self.network)}"#) == [
                "imageId: is given twice: in the query and in the body"
            ])
        #expect(try bench.faults("GET /things", "{}") == ["body: a GET request takes no body; use the query"])
    }

    @Test func `rpc takes wire names and camel case`() throws {
        let bench = try Bench()
        let body = #"{"RegionId":"cn-beijing","ThingIds":"[\"t-1\"]","tag":[{"key":"a"}],"PageSize":5}"#
        let bound = try bench.bind("POST /rpc/ecs/DescribeThings", body)
        #expect(bound.wireTexts == ["RegionId=cn-beijing", #"ThingIds=["t-1"]"#, "Tag.1.Key=a"])
        #expect(bound.page.size == 5)
        #expect(bound.route == nil)
    }

    @Test func `a secret is never repeated in a fault`() throws {
        let catalogue = try Catalogue(loading: [
            CatalogueSource(
                name: "a.json",
                text: #"""
                    {"product":"ecs","version":"1","dialect":"public","resource":"a","title":"A","actions":[
                     {"action":"A","kind":"write","summary":"A.","routes":[{"method":"POST","path":"/a"}],
                      "parameters":[{"name":"Key","type":"String","secret":true,"format":"base64"}]}]}
                    """#)
        ])
        var binder = Binder()
        var bound = BoundRequest()
        let table = RouteTable(catalogue)
        #expect(
            throws: BindFaults(faults: [
                BindFault(
                    "key", "the value is no Base64 text", allowed: "the standard alphabet with padding, without line breaks")
            ])
        ) {
            try Array("/a".utf8).withView { path in
                guard case .found(let match) = table.match(.route(.post), path, dialect: .publicCloud) else { return }
                try Array(#"{"key":"swordfish"}"#.utf8).withView { body in
                    try binder.bind(match, .init(path: path, body: body), into: &bound)
                }
            }
        }
    }
}
