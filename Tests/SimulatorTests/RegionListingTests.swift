import Bytes
import Testing

@testable import Simulator

@Suite struct RegionListingTests {
    private func values(_ reply: Reply, zone: Int = 0) -> [String] {
        reply.list(
            "AvailableZones.AvailableZone.\(zone).AvailableResources.AvailableResource.0.SupportedResources.SupportedResource"
        )
        .compactMap { Optional($0)?["Value"].text }
    }

    @Test func regionsAndTheirNames() throws {
        let test = try TestCloud()
        let regions = test.succeed("DescribeRegions", ["AcceptLanguage": "en-US"]).list("Regions.Region")
        let hangzhou = regions.first { Optional($0)?["RegionId"].text == "cn-hangzhou" }
        #expect(
            hangzhou?["LocalName"].text == "China (Hangzhou)"
                && hangzhou?["RegionEndpoint"].text == "ecs.cn-hangzhou.aliyuncs.com")
        #expect(Set(regions.compactMap { Optional($0)?["RegionId"].text }) == Set(Geography.publicCloud.regions.map(\.id)))
        let chinese = test.succeed("DescribeRegions").list("Regions.Region").compactMap { Optional($0)?["LocalName"].text }
        #expect(
            chinese.contains("华东1（杭州）") && chinese.allSatisfy { name in name.unicodeScalars.contains { $0.value > 0x2E80 } }
        )
        test.fail("DescribeRegions", ["AcceptLanguage": "xx"], 404, "InvalidAcceptLanguage.NotFound")
        test.fail("DescribeRegions", ["ResourceType": "moon"], 404, "InvalidResourceType.NotFound")
    }

    /// Every zone offers the types that an instance can be made of there.
    @Test(arguments: Geography.publicCloud.regions.map(\.id))
    func zonesOfferWhatCanBeMade(region: String) throws {
        let test = try TestCloud()
        let zones = test.succeed("DescribeZones", ["RegionId": region, "AcceptLanguage": "en-US"]).list("Zones.Zone")
        #expect(zones.compactMap { Optional($0)?["ZoneId"].text } == Geography.region(region)?.zones)
        for zone in zones {
            let id = Optional(zone)?["ZoneId"].text ?? ""
            guard case .array(let types)? = zone["AvailableInstanceTypes"]?["InstanceTypes"] else {
                Issue.record("\(id) has no types")
                continue
            }
            #expect(types.compactMap { Optional($0).text } == InstanceType.all.filter { $0.isOffered(in: id) }.map(\.id))
            #expect(Optional(zone)?["LocalName"].text?.hasSuffix("Zone \(id.suffix(1).uppercased())") == true)
        }
        let short = test.succeed("DescribeZones", ["RegionId": region, "Verbose": "false"])
        #expect(short["Zones.Zone.0.AvailableResources"] == nil && short["Zones.Zone.0.ZoneId"] != nil)
    }

    @Test func zonesThatAreRefused() throws {
        let test = try TestCloud()
        test.fail("DescribeZones", ["RegionId": "mars"], 404, "InvalidRegionId.NotFound")
        test.fail(
            "DescribeZones", ["RegionId": "cn-hangzhou", "InstanceChargeType": "Never"], 404,
            "InvalidInstanceChargeType.NotFound")
        test.fail(
            "DescribeZones", ["RegionId": "cn-hangzhou", "InstanceChargeType": "PrePaid", "SpotStrategy": "SpotAsPriceGo"],
            400,
            "InvalidSpotStrategy")
    }

    @Test func availableResources() throws {
        let test = try TestCloud()
        func list(_ more: [String: String]) -> Reply {
            test.succeed("DescribeAvailableResource", ["RegionId": "cn-hangzhou"].merging(more) { $1 })
        }
        #expect(list(["DestinationResource": "Zone"]).list("AvailableZones.AvailableZone").count == 6)
        let zone = ["DestinationResource": "InstanceType", "ZoneId": "cn-hangzhou-h"]
        #expect(values(list(zone)) == InstanceType.all.filter { $0.isOffered(in: "cn-hangzhou-h") }.map(\.id))
        #expect(
            values(list(zone.merging(["Cores": "2", "Memory": "8"]) { $1 })) == [
                "ecs.g5.large", "ecs.g6.large", "ecs.g7.large",
            ])
        #expect(values(list(zone.merging(["IoOptimized": "none"]) { $1 })) == ["ecs.t1.small"])
        #expect(list(zone.merging(["InstanceType": "ecs.g8y.large"]) { $1 }).list("AvailableZones.AvailableZone").isEmpty)
        #expect(values(list(["DestinationResource": "Network"])) == ["vpc"])
        #expect(values(list(["DestinationResource": "IoOptimized", "ZoneId": "cn-hangzhou-i"])) == ["optimized"])
        #expect(list(["DestinationResource": "ddh"]).list("AvailableZones.AvailableZone").isEmpty)
        let disks = list(["DestinationResource": "SystemDisk", "InstanceType": "ecs.g6.large"])
        #expect(values(disks).contains("cloud_efficiency") && !values(disks).contains("local_hdd_pro"))
        let path =
            "AvailableZones.AvailableZone.0.AvailableResources.AvailableResource.0.SupportedResources.SupportedResource.0"
        #expect(
            disks.text(path + ".Min") == "20" && disks.text(path + ".Max") == "500" && disks.text(path + ".Unit") == "GiB")
        let alone = values(list(["DestinationResource": "DataDisk", "ResourceType": "disk"]))
        #expect(alone == DiskCategory.all.filter(\.isCloudDisk).map(\.name))
    }

    @Test(arguments: [
        (["RegionId": "mars"], 404, "Invalid.RegionId"), (["DestinationResource": ""], 400, "Invalid.Param"),
        (["DestinationResource": "Moon"], 404, "Invalid.DestinationResource"),
        (["ResourceType": "moon"], 404, "Invalid.ResourceType"),
        (["IoOptimized": "maybe"], 404, "Invalid.IoOptimized"),
        (["NetworkCategory": "tin-cans"], 404, "Invalid.NetworkCategory"),
        (["InstanceChargeType": "Never"], 400, "Invalid.InstanceChargeType"),
        (["SpotStrategy": "Never"], 404, "Invalid.SpotStrategy"),
        (["InstanceChargeType": "PrePaid", "SpotStrategy": "SpotAsPriceGo"], 404, "Invalid.SpotStrategy"),
        (["DedicatedHostId": "dh-none"], 403, "InvalidDedicatedHostId.NotFound"),
        (["ZoneId": "cn-beijing-f"], 400, "InvalidParameter"),
        (["InstanceType": "ecs.g6.large", "Cores": "2"], 403, "InvalidParam.TypeAndCpuMem.Conflict"),
        (["DestinationResource": "Zone", "Cores": "2"], 403, "InvalidParam.Cores"),
        (["DestinationResource": "Zone", "Memory": "2"], 403, "InvalidParam.Memory"),
        (["DestinationResource": "SystemDisk"], 400, "MissingParameter"),
        (["DestinationResource": "DataDisk", "InstanceType": "ecs.g6.large"], 400, "MissingParameter"),
    ])
    func availableResourcesThatAreRefused(change: [String: String], status: Int, code: String) throws {
        let call = ["RegionId": "cn-hangzhou", "DestinationResource": "InstanceType"].merging(change) { $1 }
        try TestCloud().fail("DescribeAvailableResource", call, status, code)
    }

    /// What the list offers, ModifyInstanceSpec accepts.
    @Test func modificationsCanBeMade() throws {
        let test = try TestCloud()
        let id = test.instance(named: "staging-1")
        func list(_ more: [String: String]) -> Reply {
            let call = ["RegionId": "cn-hangzhou", "ResourceId": id, "DestinationResource": "InstanceType"]
            return test.succeed("DescribeResourcesModification", call.merging(more) { $1 })
        }
        let up = values(list([:]))
        let down = values(list(["OperationType": "Downgrade"]))
        #expect(up.contains("ecs.g5.xlarge") && !up.contains("ecs.g5.large") && !up.contains("ecs.g8y.large"))
        #expect(down.contains("ecs.t5-lc1m1.small") && !down.contains("ecs.g5.xlarge"))
        for type in up.prefix(3) + down.prefix(3) {
            test.succeed("ModifyInstanceSpec", ["InstanceId": id, "InstanceType": type])
        }
        #expect(values(list(["DestinationResource": "SystemDisk", "InstanceType": "ecs.g6.large"])).contains("cloud_ssd"))
        let base = ["RegionId": "cn-hangzhou", "ResourceId": id, "DestinationResource": "SystemDisk"]
        test.fail("DescribeResourcesModification", base, 400, "MissingParameter")
        test.fail(
            "DescribeResourcesModification", base.merging(["InstanceType": "ecs.g8y.large"]) { $1 }, 404, "OperationDenied")
        test.fail(
            "DescribeResourcesModification", base.merging(["ResourceId": "i-none"]) { $1 }, 404,
            "InvalidResourceId.NotFound")
        test.fail(
            "DescribeResourcesModification", base.merging(["OperationType": "Sideways"]) { $1 }, 400,
            "Invalid.OperationType")
    }
}
