import Testing

@testable import Simulator

@Suite struct ListingTests {
    @Test func pagesByNumberCoverEverythingOnce() throws {
        let test = try TestCloud()
        var names: [String] = []
        for number in 1...4 {
            let page = test.succeed(
                "DescribeInstances", ["RegionId": "cn-hangzhou", "PageSize": "5", "PageNumber": "\(number)"])
            #expect(page.text("TotalCount") == "12" && page.text("PageNumber") == "\(number)")
            names += page.list("Instances.Instance").compactMap { Optional($0)?["InstanceName"].text }
        }
        #expect(names.count == 12 && Set(names).count == 12)
        #expect(names.first == "staging-1" && names.last == "bastion")
    }

    @Test func pagesByTokenCoverEverythingOnce() throws {
        let test = try TestCloud()
        var ids: [String] = []
        var parameters = ["RegionId": "cn-hangzhou", "MaxResults": "5"]
        repeat {
            let page = test.succeed("DescribeInstances", parameters)
            ids += page.list("Instances.Instance").compactMap { Optional($0)?["InstanceId"].text }
            parameters["NextToken"] = page.text("NextToken")
        } while parameters["NextToken"] != "" && ids.count < 100
        #expect(ids.count == 12 && Set(ids).count == 12)
    }

    @Test func aTokenBelongsToItsFilters() throws {
        let test = try TestCloud()
        let token = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "MaxResults": "5"]).text("NextToken")
        test.fail(
            "DescribeInstances", ["RegionId": "cn-hangzhou", "NextToken": token, "ZoneId": "cn-hangzhou-h"],
            400, "InvalidParameter")
        test.fail("DescribeInstances", ["RegionId": "cn-hangzhou", "NextToken": "made-up"], 400, "InvalidParameter")
    }

    @Test(arguments: [
        ("PageSize", "0"), ("PageSize", "101"), ("PageSize", "x"), ("PageNumber", "0"), ("PageNumber", "-1"),
        ("PageNumber", "99999999999"),
    ])
    func badPages(name: String, value: String) throws {
        try TestCloud().fail("DescribeInstances", ["RegionId": "cn-hangzhou", name: value], 400, "InvalidParameter")
    }

    @Test func filters() throws {
        let test = try TestCloud()
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou"].merging(more) { $1 }).text("TotalCount")
        }
        #expect(count(["ZoneId": "cn-hangzhou-i"]) == "6")
        #expect(count(["InstanceName": "web-*"]) == "2")
        #expect(count(["InstanceName": "*-1"]) == "5")
        #expect(count(["InstanceName": "web"]) == "0")
        #expect(count(["Status": "Stopped"]) == "1")
        #expect(count(["InstanceIds": "[]"]) == "0")
        #expect(count(["InstanceChargeType": "PrePaid"]) == "1")
        #expect(count(["Tag.1.Key": "environment", "Tag.1.Value": "test"]) == "2")
        #expect(count(["Tag.1.Key": "role", "Tag.2.Key": "environment", "Tag.2.Value": "production"]) == "9")
        #expect(count(["InstanceTypeFamily": "ecs.g6"]) == "4")
        #expect(count(["KeyPairName": "ops"]) == "11")
        #expect(count(["RegionId": "cn-beijing"]) == "0")
        #expect(count(["Filter.1.Key": "CreationStartTime", "Filter.1.Value": "2025-11-30T00:00Z"]) == "2")
        test.fail("DescribeInstances", ["RegionId": "cn-hangzhou", "Status": "Gone"], 404, "InvalidStatus.NotFound")
        #expect(
            test.succeed("DescribeInstanceStatus", ["RegionId": "cn-hangzhou", "PageSize": "50"])
                .list("InstanceStatuses.InstanceStatus").count == 12)
    }

    @Test func typesAndPrices() throws {
        let test = try TestCloud()
        let types = test.succeed("DescribeInstanceTypes", ["MinimumCpuCoreCount": "8", "MaximumMemorySize": "16"])
        for type in types.list("InstanceTypes.InstanceType") {
            let cores = Optional(type)?["CpuCoreCount"].text.flatMap(Int.init) ?? 0
            #expect(cores >= 8)
        }
        #expect(!types.list("InstanceTypes.InstanceType").isEmpty)
        let families = test.succeed("DescribeInstanceTypeFamilies", ["RegionId": "cn-hangzhou", "Generation": "ecs-4"])
        #expect(families.list("InstanceTypeFamilies.InstanceTypeFamily").count == 3)
        let query = ["RegionId": "cn-hangzhou", "InstanceType": "ecs.g6.large", "NetworkType": "vpc", "ZoneId": "cn-hangzhou-h"]
        let prices = test.succeed("DescribeSpotPriceHistory", query)
        #expect(prices.list("SpotPrices.SpotPriceType").count == 3)
        #expect(
            test.succeed("DescribeSpotPriceHistory", query).list("SpotPrices.SpotPriceType")
                == prices.list("SpotPrices.SpotPriceType"))
        test.fail(
            "DescribeSpotPriceHistory", query.merging(["StartTime": "2020-01-01T00:00:00Z"]) { $1 }, 400,
            "InvalidParams.StartTime")
    }
}
