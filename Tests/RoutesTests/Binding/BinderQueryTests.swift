import Testing

@testable import Routes

@Suite struct BinderQueryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let request: String
        let wire: [String]

        init(_ request: String, _ wire: String...) {
            self.request = request
            self.wire = wire
        }

        var testDescription: String { request }
    }

    static let good: [Case] = [
        Case("GET /things", "RegionId=cn-hangzhou"),
        Case("GET /ecs/things", "RegionId=cn-hangzhou"),
        Case("GET /things?region=cn-beijing", "RegionId=cn-beijing"),
        Case("GET /things?regionId=cn-beijing", "RegionId=cn-beijing"),
        Case("GET /things?RegionId=cn-beijing&", "RegionId=cn-beijing"),
        Case("GET /things?status=Running", "RegionId=cn-hangzhou", "Status=Running"),
        Case("GET /things?Status=Running&status=", "never"),
        Case("GET /things?thingIds=t-1,t-2", "RegionId=cn-hangzhou", #"ThingIds=["t-1","t-2"]"#),
        Case("GET /things?thingIds=t-1&thingIds=t-2", "RegionId=cn-hangzhou", #"ThingIds=["t-1","t-2"]"#),
        Case("GET /things?ThingIds=%5B%22t-1%22,%20%22t-2%22%5D", "RegionId=cn-hangzhou", #"ThingIds=["t-1","t-2"]"#),
        Case("GET /things?names=b,a", "RegionId=cn-hangzhou", "Names=b,a"),
        Case("GET /things?names=b,+a+&names=%09c", "RegionId=cn-hangzhou", "Names=b,a,c"),
        Case("GET /things?zoneId=a,b&zoneId=c", "RegionId=cn-hangzhou", "ZoneId.1=a", "ZoneId.2=b", "ZoneId.3=c"),
        Case("GET /things?ZoneId.2=b&ZoneId.1=a", "RegionId=cn-hangzhou", "ZoneId.1=a", "ZoneId.2=b"),
        Case(
            "GET /things?tag.2.key=b&Tag.1.Key=a&Tag.1.Value=x+y%2B", "RegionId=cn-hangzhou", "Tag.1.Key=a", "Tag.2.Key=b",
            "Tag.1.Value=x y+"),
        Case("GET /things/t%2D1", "RegionId=cn-hangzhou", #"ThingIds=["t-1"]"#),
        Case("GET /things/t-1?thingIds=t-1", "RegionId=cn-hangzhou", #"ThingIds=["t-1"]"#),
        Case("HEAD /things/a%22b", "RegionId=cn-hangzhou", #"ThingIds=["a\"b"]"#),
        Case("DELETE /things/t-1?force=true", "ThingId=t-1", "Force=true", "RegionId=cn-hangzhou"),
        Case("DELETE /things/t-1?region=cn-beijing", "ThingId=t-1", "RegionId=cn-beijing"),
        Case("POST /things/t-1/tags?tag.1.key=a", "regionId=cn-hangzhou", "ResourceType=thing", "ResourceId=t-1", "Tag.1.Key=a"),
        Case("POST /things?start=false&imageId=m", "RegionId=cn-hangzhou", "ImageId=m"),
        Case("GET /found/t-1", "Filter.1.Key=Id", "Filter.1.Value.1=t-1", "RegionId=cn-hangzhou"),
        Case(
            "GET /found/t-1?filter.2.key=Name&filter.2.value.1=a", "Filter.1.Key=Id", "Filter.2.Key=Name", "Filter.1.Value.1=t-1",
            "Filter.2.Value.1=a", "RegionId=cn-hangzhou"),
    ]

    @Test(arguments: good.filter { $0.wire != ["never"] }) func `queries become wire parameters in canonical order`(
        _ sample: Case
    ) throws {
        #expect(try Bench().wire(sample.request) == sample.wire)
    }

    static let bad: [Case] = [
        Case("GET /things?Status=Running&status=Stopped", "status: is given twice"),
        Case(
            "GET /things?status=running",
            "status: `running` is not one of the allowed values; did you mean `Running`? [Running, Stopped]"),
        Case("GET /found/t-1?filter.1.key=Name", "filter[0].key: this path means `Id` already; leave it out"),
        Case("GET /found/t-1?filter.1.value.1=t-2", "filter[0].value[0]: the path says `t-1` already; leave it out"),
        Case("GET /things?statsu=Running", "statsu: unknown parameter of DescribeThings; did you mean `status`?"),
        Case("GET /things?tag.1.kee=x", "tag.1.kee: unknown parameter of DescribeThings; did you mean `tag.1.key`?"),
        Case("GET /things?Action=DeleteThing", "Action: is set by the gateway; a request may not give it"),
        Case("GET /things?signature=x", "signature: is set by the gateway; a request may not give it"),
        Case("GET /things?AccessKeyId=x", "AccessKeyId: is set by the gateway; a request may not give it"),
        Case("GET /things?names=a,b,c,d,e", "names: has too many elements [at most 3 elements]"),
        Case("GET /things?names=a,+", "names[1]: must not be empty; leave the element out"),
        Case("GET /things?names=a,,b", "names[1]: must not be empty; leave the element out"),
        Case("GET /things?thingIds=", "thingIds: needs at least one element, or to be left out"),
        Case(
            "GET /things?thingIds=[1", "thingIds[0]: must be a string, not a number",
            "thingIds: is not valid JSON: the text ends too early at byte 2"),
        Case("GET /things?tag=a", "tag: has parts of its own and takes no value [tag[].key, tag[].value]"),
        Case("GET /things?tag.0.key=a", "tag.0.key: unknown parameter of DescribeThings; did you mean `tag.1.key`?"),
        Case("GET /things?tag.1.key=a&tag.3.key=b", "tag: number 3 is given but number 2 is not; count from 1 without gaps"),
        Case("GET /things?tag.6.key=a", "tag[].key: has too many elements [at most 5 elements]"),
        Case("GET /things?status=%zz", "status: the value has a `%` that is not followed by two hexadecimal digits"),
        Case("GET /things?status=%ff", "status: the value is not valid UTF-8"),
        Case("GET /things?%ff=1", "%ff: the name is not valid UTF-8"),
        Case("GET /things/t-1?thingIds=t-2", "thingIds[0]: the path says `t-1` already; leave it out"),
        Case("GET /things?region=cn:1", "regionId: is no name of a region [letters, digits and hyphens]"),
        Case("GET /things?pageSize=0", "pageSize: `0` is out of range [1 to 50]"),
        Case(
            "GET /things?pageSize=ten&all=yes", "pageSize: `ten` is no whole number [1 to 50]",
            "all: `yes` is no truth value [true, false]"),
        Case("GET /things?all=true&pageNumber=2", "all: gathers every page and goes with neither pageNumber nor pageToken"),
        Case("GET /things?pageToken=", "pageToken: must not be empty; leave it out for the first page"),
        Case("GET /things?pageSize=1&PageSize=2", "pageSize: is given twice"),
        Case("DELETE /things/t-1?force=yes", "force: `yes` is no truth value [true, false]"),
        Case("DELETE /things/%ff", "thingId: is not valid UTF-8"),
        Case("GET /things/%25%zz", "thingIds: has a `%` that is not followed by two hexadecimal digits"),
        Case(
            "GET /things/t-1?pageSize=5&all=true", "pageSize: is for lists, and this path leads to one thing",
            "all: is for lists, and this path leads to one thing"),
        Case("GET /things?regionId=", "regionId: is no name of a region [letters, digits and hyphens]"),
        Case(
            "POST /things/t-1/tags?resourceType=x", "resourceType: this path means `thing` already; leave it out",
            "tag[].key: is required"),
        Case("POST /things/t-1/tags?tag.1.key=a&tag.2.value=b", "tag[1].key: is required"),
        Case("POST /things/t-1/copy?toRegionId=a:1:x", "toRegionId: must not hold a colon"),
        Case(
            "POST /things?start=maybe&imageId=m", "start: `maybe` is not one of the allowed values [true, false]",
            "network[].vSwitchId: is required"),
    ]

    @Test(arguments: bad) func `faults say where, what and what is allowed`(_ sample: Case) throws {
        #expect(try Bench().faults(sample.request) == sample.wire)
    }

    @Test func `a missing region is a fault only without a default`() throws {
        #expect(try Bench().faults("GET /things", region: "") == ["regionId: is required"])
        #expect(try Bench().wire("DELETE /things/t-1", region: "") == ["ThingId=t-1"])
    }

    @Test func `all faults come at once, up to a limit`() throws {
        let many = (0..<300).map { "unknown\($0)=1" }.joined(separator: "&")
        let faults = try Bench().faults("GET /things?\(many)")
        #expect(faults.count == Binder.maximalFaults + 1)
        #expect(faults.last == "body: has more faults; only the first 100 are listed")
    }

    @Test func `input in messages is cut`() throws {
        let faults = try Bench().faults("GET /things?\(String(repeating: "x", count: 500))=1")
        #expect(faults == ["\(String(repeating: "x", count: 64))…: unknown parameter of DescribeThings"])
    }
}
