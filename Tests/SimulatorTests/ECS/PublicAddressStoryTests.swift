import Bytes
import Testing

@testable import Simulator

@Suite struct PublicAddressStoryTests {
    private func shown(_ test: TestCloud, _ id: String) -> Reply {
        let found = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(id)\"]"])
        var reply = found
        reply.body = found["Instances.Instance.0"] ?? .null
        return reply
    }

    @Test func anAddressComesAndGoes() throws {
        let test = try TestCloud()
        let id = test.running()
        let place = ["InstanceId": id]
        test.fail("AllocatePublicIpAddress", place, 400, "AllocateIpInvalidInstanceBandwidth")
        test.succeed("ModifyInstanceNetworkSpec", place.merging(["InternetMaxBandwidthOut": "10"]) { $1 })
        #expect(shown(test, id).list("PublicIpAddress.IpAddress").isEmpty)
        let address = test.succeed("AllocatePublicIpAddress", place).text("IpAddress")
        #expect(shown(test, id).text("PublicIpAddress.IpAddress.0") == address)
        test.fail("AllocatePublicIpAddress", place, 403, "AllocatedAlready")
        let other = test.running(["InternetMaxBandwidthOut": "5"])
        test.fail("ReleasePublicIpAddress", ["PublicIpAddress": address, "InstanceId": other], 404, "InvalidInstanceId.NotFound")
        test.fail("ReleasePublicIpAddress", ["PublicIpAddress": address, "DryRun": "true"], 400, "DryRunOperation")
        test.succeed("ReleasePublicIpAddress", ["PublicIpAddress": address])
        test.fail("ReleasePublicIpAddress", ["PublicIpAddress": address], 404, "InvalidInstanceId.NotFound")
        #expect(shown(test, id).list("PublicIpAddress.IpAddress").isEmpty)
        test.succeed("ModifyInstanceNetworkSpec", place.merging(["InternetMaxBandwidthOut": "5"]) { $1 })
        let taken = shown(test, other).text("PublicIpAddress.IpAddress.0")
        test.fail("AllocatePublicIpAddress", place.merging(["IpAddress": taken]) { $1 }, 403, "IpInUse")
        test.fail("AllocatePublicIpAddress", place.merging(["VlanId": "720"]) { $1 }, 404, "InvalidVlanId.NotFound")
        #expect(
            test.succeed("AllocatePublicIpAddress", place.merging(["IpAddress": "47.97.1.2"]) { $1 }).text("IpAddress")
                == "47.97.1.2")
        test.succeed("RebootInstance", place)
        test.fail(
            "ModifyInstanceNetworkSpec", place.merging(["InternetMaxBandwidthOut": "6"]) { $1 }, 403, "IncorrectInstanceStatus")
    }

    @Test func anAddressBecomesElastic() throws {
        let test = try TestCloud()
        let id = test.running(["InternetMaxBandwidthOut": "5"])
        let place = ["RegionId": "cn-hangzhou", "InstanceId": id]
        let address = shown(test, id).text("PublicIpAddress.IpAddress.0")
        test.succeed("ConvertNatPublicIpToEip", place)
        let after = shown(test, id)
        #expect(after.text("EipAddress.IpAddress") == address)
        #expect(after.text("EipAddress.AllocationId").hasPrefix("eip-"))
        #expect(after.list("PublicIpAddress.IpAddress").isEmpty)
        let found = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "EipAddresses": "[\"\(address)\"]"])
        #expect(found.text("TotalCount") == "1")
        test.fail("ConvertNatPublicIpToEip", place, 403, "OperationDenied")
        test.fail("AllocatePublicIpAddress", ["InstanceId": id], 400, "OperationDenied")
        test.fail(
            "ModifyInstanceNetworkSpec", ["InstanceId": id, "InternetMaxBandwidthOut": "9"], 403, "InvalidInstance.EipNotSupport")
        test.succeed("DeleteInstance", ["InstanceId": id, "Force": "true"])
        // The address outlives the instance.
        test.cloud.withWorld { #expect($0.vpc.eips.all.filter { $0.address == address }.map { $0.boundTarget == nil } == [true]) }
        test.fail(
            "ConvertNatPublicIpToEip", ["RegionId": "cn-hangzhou", "InstanceId": test.running()], 404,
            "InvalidInstance.IpAddressMissing")
        test.fail("ConvertNatPublicIpToEip", place, 404, "InvalidInstanceId.NotFound")
    }

    @Test(arguments: [
        (["InternetMaxBandwidthOut": "101"], 400, "InvalidInternetMaxBandwidthOut.ValueNotSupported"),
        (["InternetMaxBandwidthIn": "11"], 400, "InvalidInternetMaxBandwidthIn.ValueNotSupported"),
        (["StartTime": "2026-01-03T00:00Z", "EndTime": "2026-01-03T06Z"], 403, "ChargeTypeViolation"),
    ])
    func bandwidthsThatAreRefused(change: [String: String], status: Int, code: String) throws {
        let test = try TestCloud()
        test.fail("ModifyInstanceNetworkSpec", ["InstanceId": test.instance(named: "api-2")].merging(change) { $1 }, status, code)
    }

    @Test func bandwidthOfASubscription() throws {
        let test = try TestCloud()
        let id = test.instance(named: "db-primary")
        let place = ["InstanceId": id]
        let unpaid = test.succeed(
            "ModifyInstanceNetworkSpec", place.merging(["InternetMaxBandwidthOut": "5", "AutoPay": "false"]) { $1 })
        #expect(!unpaid.text("OrderId").isEmpty)
        #expect(shown(test, id).text("InternetMaxBandwidthOut") == "0")
        let more = ["InternetMaxBandwidthOut": "150", "NetworkChargeType": "PayByBandwidth"]
        test.succeed("ModifyInstanceNetworkSpec", place.merging(more) { $1 })
        #expect(shown(test, id).list("PublicIpAddress.IpAddress").count == 1)
        let short = ["InternetMaxBandwidthOut": "200", "StartTime": "2026-01-03T00:00Z", "EndTime": "2026-01-03T02Z"]
        test.fail("ModifyInstanceNetworkSpec", place.merging(short) { $1 }, 400, "InvalidStartTime.ValueNotSupported")
        test.succeed("ModifyInstanceNetworkSpec", place.merging(short) { $1 }.merging(["EndTime": "2026-01-03T03Z"]) { $1 })
    }

    @Test func limitsOfBandwidth() throws {
        let test = try TestCloud()
        func limits(_ more: [String: String]) -> [String] {
            test.succeed(
                "DescribeBandwidthLimitation", ["RegionId": "cn-hangzhou", "InstanceType": "ecs.g6.large"].merging(more) { $1 }
            )
            .list("Bandwidths.Bandwidth").map { "\($0["Min"].text ?? "")-\($0["Max"].text ?? "")" }
        }
        #expect(limits([:]) == ["0-100", "0-100"])
        #expect(limits(["InstanceChargeType": "PrePaid"]) == ["0-200", "0-100"])
        let web = test.instance(named: "web-1")
        #expect(limits(["OperationType": "Upgrade", "ResourceId": web]) == ["20-100", "20-100"])
        #expect(limits(["OperationType": "Downgrade", "ResourceId": web]) == ["0-20", "0-20"])
        let call = ["RegionId": "cn-hangzhou", "InstanceType": "ecs.g6.large", "OperationType": "Upgrade"]
        test.fail("DescribeBandwidthLimitation", call, 404, "Invalid.ResourceId")
        test.fail(
            "DescribeBandwidthLimitation", call.merging(["InstanceType": "ecs.none"]) { $1 }, 400,
            "InvalidInstanceType.ValueNotSupported")
    }

    @Test func linksOfTheClassicNetwork() throws {
        let test = try TestCloud()
        let instance = test.succeed("DescribeInstances", ["RegionId": "cn-qingdao", "InstanceNetworkType": "classic"])
        #expect(instance.text("Instances.Instance.0.InnerIpAddress.IpAddress.0") == "10.144.17.86")
        let id = instance.text("Instances.Instance.0.InstanceId")
        let vpcs = test.cloud.withWorld { $0.vpcs.all.filter { $0.regionId == "cn-qingdao" }.map(\.id) }
        let call = ["RegionId": "cn-qingdao", "InstanceId": id, "VpcId": vpcs[0]]
        func links(_ more: [String: String]) -> String {
            test.succeed("DescribeClassicLinkInstances", ["RegionId": "cn-qingdao"].merging(more) { $1 }).text("TotalCount")
        }
        test.fail("DetachClassicLinkVpc", call, 403, "OperationDenied")
        test.succeed("AttachClassicLinkVpc", call)
        test.fail("AttachClassicLinkVpc", call, 403, "Abs.InvalidInstanceId.MalFormed")
        #expect(links(["VpcId": vpcs[0]]) == "1")
        #expect(links(["InstanceId": id]) == "1")
        test.fail("DescribeClassicLinkInstances", ["RegionId": "cn-qingdao"], 403, "InvalidParameter.InvalidInstanceIdAndVpcId")
        test.fail(
            "DescribeClassicLinkInstances", ["RegionId": "cn-qingdao", "InstanceId": "i-none"], 403, "InvalidInstanceId.NotFound")
        test.succeed("DetachClassicLinkVpc", call)
        #expect(links(["VpcId": vpcs[0]]) == "0")
        test.fail("AttachClassicLinkVpc", call.merging(["VpcId": "vpc-none"]) { $1 }, 403, "InvalidVpcId.Malformed")
        let web = ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "web-1"), "VpcId": test.vpc]
        test.fail("AttachClassicLinkVpc", web, 403, "InvalidInstanceId.MalFormed")
        test.succeed("StopInstance", ["InstanceId": id])
        test.fail("AttachClassicLinkVpc", call, 403, "InvalidStatus.InstanceStatus")
    }
}
