import Bytes
import Testing

@testable import Simulator

@Suite struct LoadBalancerTagTests {
    private static func call(_ ids: [String], _ more: [String: String], kind: String = "instance") -> [String: String] {
        var parameters = TestCloud.here(["ResourceType": kind]).merging(more) { $1 }
        for (index, id) in ids.enumerated() { parameters["ResourceId.\(index + 1)"] = id }
        return parameters
    }

    @Test func tagsOfEveryKind() throws {
        let test = try TestCloud()
        let (one, two) = (test.addLoadBalancer(), test.addLoadBalancer())
        let certificate = test.addCertificate()
        let tags = ["Tag.1.Key": "team", "Tag.1.Value": "shop", "Tag.2.Key": "empty"]
        test.slb.succeed("TagResources", Self.call([one, two], tags))
        test.slb.succeed("TagResources", Self.call([certificate], tags, kind: "certificate"))
        test.slb.succeed("TagResources", Self.call([one], ["Tag.1.Key": "team", "Tag.1.Value": "cart"]))
        func rows(_ ids: [String], _ more: [String: String] = [:]) -> [String] {
            test.slb.succeed("ListTagResources", Self.call(ids, more)).list("TagResources.TagResource")
                .map { "\($0["TagKey"].text ?? "")=\($0["TagValue"].text ?? "")" }
        }
        #expect(rows([one]) == ["empty=", "team=cart"])
        #expect(rows([], ["Tag.1.Key": "team"]).sorted() == ["team=cart", "team=shop"])
        #expect(
            rows([], ["Tag.1.Key": "team", "Tag.1.Value": "shop", "Tag.2.Key": "empty"]).sorted() == ["empty=", "team=shop"])
        test.slb.succeed("UntagResources", Self.call([one], ["TagKey.1": "team"]))
        #expect(rows([one]) == ["empty="])
        test.slb.succeed("UntagResources", Self.call([one], ["All": "true"]))
        #expect(rows([one]).isEmpty)
        test.slb.succeed("DeleteLoadBalancer", TestCloud.here(["LoadBalancerId": two]))
        #expect(rows([], ["Tag.1.Key": "team"]).isEmpty)
    }

    @Test(
        arguments: [
            (["lb-none"], ["Tag.1.Key": "a"], "ResourceNotExist"), (["LB"], [:], "MissingParam.TagKey"),
            ([], ["Tag.1.Key": "a"], "MissingParam.ResourceId"), (["LB"], ["Tag.1.Key": "acs:a"], "InvalidParam.TagKey"),
            (["LB"], ["Tag.1.Key": "a", "Tag.1.Value": "http://b"], "InvalidParam.TagValue"),
            (["LB"], ["Tag.1.Key": "a", "Tag.2.Key": "a"], "Duplicate.TagKey"),
            (["LB"], ["Tag.21.Key": "a"], "SizeLimitExceeded.Tag"),
        ] as [([String], [String: String], String)])
    func refusals(ids: [String], tags: [String: String], code: String) throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        test.slb.fail("TagResources", Self.call(ids.map { $0 == "LB" ? id : $0 }, tags), 400, code)
    }

    @Test func twentyAtMost() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        for index in 0..<20 { test.slb.succeed("TagResources", Self.call([id], ["Tag.1.Key": "key-\(index)"])) }
        test.slb.succeed("TagResources", Self.call([id], ["Tag.1.Key": "key-0", "Tag.1.Value": "new"]))
        test.slb.fail("TagResources", Self.call([id], ["Tag.1.Key": "one-more"]), 400, "QuotaLimitExceeds")
        test.slb.fail("ListTagResources", TestCloud.here(["ResourceType": "instance"]), 400, "MissingParam.TagOrResourceId")
        test.slb.fail("ListTagResources", Self.call([id], ["NextToken": "x"]), 400, "InvalidParam.NextToken")
    }

    @Test func regionsAndZones() throws {
        let test = try TestCloud()
        let regions = test.slb.succeed("DescribeRegions", TestCloud.here(["AcceptLanguage": "en-US"])).list("Regions.Region")
        let endpoints = Dictionary(
            uniqueKeysWithValues: regions.map { ($0["RegionId"].text ?? "", $0["RegionEndpoint"].text ?? "") })
        #expect(endpoints["cn-hangzhou"] == "slb.aliyuncs.com" && endpoints["eu-central-1"] == "slb.eu-central-1.aliyuncs.com")
        let zones = test.slb.succeed("DescribeZones", TestCloud.here())
        #expect(zones.list("Zones.Zone").count == 6 && zones.list("Zones.Zone.0.SlaveZones.SlaveZone").count == 5)
        let offers = test.slb.succeed("DescribeAvailableResource", TestCloud.here(["AddressType": "vpc"]))
        #expect(offers.list("AvailableResources.AvailableResource").count == 30)
        #expect(offers.text("AvailableResources.AvailableResource.0.SupportResources.SupportResource.0.AddressType") == "vpc")
        #expect(
            test.slb.succeed("DescribeAvailableResource", TestCloud.here(["AddressType": "classic_intranet"]))
                .list("AvailableResources.AvailableResource").isEmpty)
        test.slb.fail("DescribeZones", ["RegionId": "cn-nowhere"], 404, "InvalidRegionId.NotFound")
    }
}
