import Bytes
import Testing

@testable import Routes

@Suite struct BoundRequestTests {
    @Test func `a page by number sets PageNumber and PageSize in canonical order`() throws {
        let bound = try Bench().bind("GET /things?pageSize=20&pageNumber=3&status=Running")
        #expect(bound.pageStyle == .page)
        #expect(bound.wireTexts == ["RegionId=cn-hangzhou", "Status=Running"])
        bound.setPage(.number(bound.page.number ?? 1), size: bound.page.size)
        #expect(bound.wireTexts == ["RegionId=cn-hangzhou", "Status=Running", "PageNumber=3", "PageSize=20"])
        bound.setPage(.number(4), size: 20)
        #expect(bound.wireTexts.suffix(2) == ["PageNumber=4", "PageSize=20"])
    }

    @Test func `a page by token sets NextToken and MaxResults`() throws {
        let bound = try Bench().bind("GET /things?pageToken=opaque")
        #expect(bound.page.hasToken)
        #expect(bound.withPageToken { $0?.text } == "opaque")
        bound.setPage(.token(nil), size: 10)
        #expect(bound.wireTexts == ["RegionId=cn-hangzhou", "MaxResults=10"])
        Array("next".utf8).withView { bound.setPage(.token($0), size: nil) }
        #expect(bound.text(of: "NextToken") == "next")
    }

    @Test func `an action that cannot page is left alone`() throws {
        let bound = try Bench().bind("DELETE /things/t-1")
        bound.setPage(.number(2), size: 5)
        #expect(bound.pageStyle == nil)
        #expect(bound.wireTexts == ["ThingId=t-1", "RegionId=cn-hangzhou"])
    }

    @Test func `requests that differ have different cache keys, and those that mean the same share one`() throws {
        func key(_ request: String, region: String = "cn-hangzhou") throws -> [UInt8] {
            var output: [UInt8] = []
            let bound = try Bench().bind(request, region: region)
            let token = bound.withPageToken { $0.map(Array.init) }
            if let token {
                token.withView { bound.setPage(.token($0), size: bound.page.size) }
            } else {
                bound.setPage(.number(bound.page.number ?? 1), size: bound.page.size)
            }
            bound.appendCacheKey(to: &output)
            return output
        }
        let different = [
            "GET /things", "GET /things/t-1", "GET /things?thingIds=t-1", "GET /things?thingIds=t-1,t-2", "GET /things?names=t-1",
            "GET /things?region=cn-beijing", "GET /things?pageSize=5", "GET /things?pageNumber=5", "GET /things?all=true",
            "GET /things?pageToken=5", "GET /things?tag.1.key=ab", "GET /things?tag.1.key=a&tag.1.value=b",
        ]
        #expect(Set(try different.map { try key($0) }).count == different.count)
        #expect(try key("GET /things", region: "cn-beijing") == key("GET /things?regionId=cn-beijing"))
        #expect(try key("GET /things?Status=Running&names=a") == key("GET /ecs/things?names=a&status=Running"))
    }
}
