import Bytes
import Testing

@testable import Simulator

@Suite struct PriceTests {
    private func price(_ test: TestCloud, _ more: [String: String]) -> Double {
        let reply = test.succeed("DescribePrice", ["RegionId": "cn-hangzhou"].merging(more) { $1 })
        return Double(reply.text("PriceInfo.Price.TradePrice")) ?? -1
    }

    @Test func pricesGrowWithWhatIsBought() throws {
        let test = try TestCloud()
        let base = ["InstanceType": "ecs.g6.large"]
        let hour = price(test, base)
        #expect(hour == 0.66)
        #expect(price(test, base.merging(["Amount": "3"]) { $1 }) == 1.98)
        #expect(price(test, ["InstanceType": "ecs.g6.xlarge"]) == 1.32)
        let image = base.merging(["ImageId": VendorImages.linux]) { $1 }
        #expect(price(test, image) > hour)
        #expect(
            price(test, image.merging(["SystemDisk.Category": "cloud_essd", "SystemDisk.Size": "100"]) { $1 })
                > price(test, image))
        let windows = base.merging(["ImageId": VendorImages.windows, "SystemDisk.Size": "40"]) { $1 }
        #expect(price(test, windows) > price(test, image.merging(["SystemDisk.Size": "40"]) { $1 }))
        #expect(price(test, base.merging(["InternetMaxBandwidthOut": "5"]) { $1 }) == hour)
        #expect(
            price(test, base.merging(["InternetMaxBandwidthOut": "5", "InternetChargeType": "PayByBandwidth"]) { $1 }) > hour)
        #expect(price(test, base.merging(["SpotStrategy": "SpotAsPriceGo"]) { $1 }) < hour)
        let month = price(test, base.merging(["PriceUnit": "Month"]) { $1 })
        #expect(month > hour * 24 && month < hour * 24 * 30)
        #expect(price(test, base.merging(["PriceUnit": "Month", "Period": "2"]) { $1 }) == month * 2)
    }

    @Test func aYearIsCheaper() throws {
        let test = try TestCloud()
        let reply = test.succeed(
            "DescribePrice", ["RegionId": "cn-hangzhou", "InstanceType": "ecs.g6.large", "PriceUnit": "Year"])
        let part = { (name: String) in Double(reply.text("PriceInfo.Price.\(name)")) ?? -1 }
        #expect(part("DiscountPrice") > 0)
        #expect(abs(part("OriginalPrice") - part("DiscountPrice") - part("TradePrice")) < 0.01)
        #expect(reply.text("PriceInfo.Rules.Rule.0.RuleId") == "587")
        #expect(
            reply.list("PriceInfo.Price.DetailInfos.DetailInfo").map { $0["Resource"].text } == ["instanceType", "bandwidth"])
    }

    @Test(arguments: [
        ([:], 404, "InvalidInstanceType.Missing"), (["InstanceType": "ecs.none"], 400, "InvalidInstanceType.ValueNotSupported"),
        (["InstanceType": "ecs.g6.large", "PriceUnit": "Year", "Period": "6"], 400, "InvalidPeriod"),
        (["InstanceType": "ecs.g6.large", "ImageId": "m-none"], 404, "InvalidImageId.NotFound"),
        (["InstanceType": "ecs.g6.large", "ImageId": VendorImages.arm], 403, "ImageNotSupportInstanceType"),
        (
            ["InstanceType": "ecs.g6.large", "ImageId": VendorImages.windows, "SystemDisk.Size": "20"], 404,
            "InvalidSystemDiskSize.LessThanImageSize"
        ),
        (["ResourceType": "disk"], 404, "InvalidDiskCategory.Missing"),
        (
            ["ResourceType": "disk", "DataDisk.1.Category": "cloud_ssd", "DataDisk.1.Size": "10"], 400,
            "InvalidDataDiskSize.ValueNotSupported"
        ),
        (
            ["ResourceType": "disk", "DataDisk.1.Category": "cloud_ssd", "DataDisk.1.Size": "40", "PriceUnit": "Month"], 400,
            "InvalidPriceUnit.ValueNotSupported"
        ),
        (["ResourceType": "nothing"], 400, "InvalidResourceType.ValueNotSupported"),
    ])
    func refusals(parameters: [String: String], status: Int, code: String) throws {
        try TestCloud().fail("DescribePrice", ["RegionId": "cn-hangzhou"].merging(parameters) { $1 }, status, code)
    }

    /// Every kind of thing has a price.
    @Test(arguments: [
        ["ResourceType": "disk", "DataDisk.1.Category": "cloud_ssd", "DataDisk.1.Size": "100"], ["ResourceType": "bandwidth"],
        ["ResourceType": "diskperformance", "DataDisk.1.Category": "cloud_auto", "DataDisk.1.ProvisionedIops": "10000"],
        ["ResourceType": "ddh", "DedicatedHostType": "ddh.c5"],
        ["ResourceType": "ElasticityAssurance", "InstanceType": "ecs.g6.large"],
        ["ResourceType": "CapacityReservation", "InstanceTypeList.1": "ecs.g6.large"],
    ])
    func everyKind(parameters: [String: String]) throws {
        #expect(try price(TestCloud(), parameters) > 0)
    }

    @Test func renewals() throws {
        let test = try TestCloud()
        func renewal(_ more: [String: String]) -> Double {
            let call = ["RegionId": "cn-hangzhou", "ResourceId": test.instance(named: "db-primary")]
            return Double(test.succeed("DescribeRenewalPrice", call.merging(more) { $1 }).text("PriceInfo.Price.TradePrice"))
                ?? -1
        }
        let month = renewal([:])
        #expect(month > 0)
        #expect(abs(renewal(["Period": "3"]) - 3 * month) < 0.01)
        #expect(renewal(["PriceUnit": "Year"]) < 12.2 * month)
        #expect(renewal(["ExpectedRenewDay": "15"]) < month)
        let call = ["RegionId": "cn-hangzhou", "ResourceId": test.instance(named: "db-primary")]
        test.fail("DescribeRenewalPrice", call.merging(["ExpectedRenewDay": "15", "Period": "1"]) { $1 }, 400, "InvalidPeriod")
        test.fail("DescribeRenewalPrice", call.merging(["PriceUnit": "Year", "Period": "4"]) { $1 }, 400, "InvalidPeriod")
        test.fail("DescribeRenewalPrice", ["RegionId": "cn-hangzhou", "ResourceId": "i-none"], 404, "InvalidInstanceId.NotFound")
        test.fail(
            "DescribeRenewalPrice", ["RegionId": "cn-hangzhou", "ResourceId": test.instance(named: "web-1")], 403,
            "ChargeTypeViolation")
    }
}
