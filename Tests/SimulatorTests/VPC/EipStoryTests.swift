import Testing

@testable import Simulator

@Suite struct EipStoryTests {
    private let test: TestCloud

    init() throws { test = try .network() }

    private func shown(_ eip: String) -> Reply {
        test.succeed("DescribeEipAddresses", ["RegionId": "cn-hangzhou", "AllocationId": eip])
    }

    private func balancer(named name: String) -> String {
        test.calling("slb").succeed("DescribeLoadBalancers", ["RegionId": "cn-hangzhou", "LoadBalancerName": name])
            .text("LoadBalancers.LoadBalancer.0.LoadBalancerId")
    }

    @Test func `an address goes to an instance and back, and ECS shows it`() {
        let ecs = test.calling("ecs")
        let instance = ecs.running()
        let eip = test.makeEip()
        test.succeed("AssociateEipAddress", ["AllocationId": eip.id, "InstanceId": instance])
        #expect(shown(eip.id).text("EipAddresses.EipAddress.0.Status") == "Associating")
        test.fail("UnassociateEipAddress", ["AllocationId": eip.id, "InstanceId": instance], 400, "IncorrectEipStatus")
        test.clock.advance(seconds: 3)
        #expect(shown(eip.id).text("EipAddresses.EipAddress.0.Status") == "InUse")
        #expect(shown(eip.id).text("EipAddresses.EipAddress.0.InstanceId") == instance)
        let seen = ecs.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "EipAddresses": "[\"\(eip.address)\"]"])
        #expect(seen.text("Instances.Instance.0.InstanceId") == instance && seen.text("TotalCount") == "1")
        #expect(seen.text("Instances.Instance.0.EipAddress.AllocationId") == eip.id)
        #expect(seen.text("Instances.Instance.0.EipAddress.Bandwidth") == "5")
        test.fail("ReleaseEipAddress", ["AllocationId": eip.id], 400, "IncorrectEipStatus")
        let second = test.makeEip()
        test.fail(
            "AssociateEipAddress", ["AllocationId": second.id, "InstanceId": instance], 400, "CountLimitExceeded.EIPOnECSInstance"
        )
        test.fail("UnassociateEipAddress", ["AllocationId": eip.id, "InstanceId": "i-other"], 400, "ResourceNotAssociated")
        test.succeed("UnassociateEipAddress", ["AllocationId": eip.id, "InstanceId": instance])
        test.fail("AssociateEipAddress", ["AllocationId": eip.id, "InstanceId": instance], 400, "IncorrectEipStatus")
        test.clock.advance(seconds: 3)
        #expect(shown(eip.id).text("EipAddresses.EipAddress.0.InstanceId").isEmpty)
        test.succeed("ReleaseEipAddress", ["AllocationId": eip.id])
        #expect(shown(eip.id).text("TotalCount") == "0")
        test.fail("ReleaseEipAddress", ["AllocationId": eip.id], 404, "InvalidAllocationId.NotFound")
    }

    @Test func `the address of an instance that goes is free`() {
        let ecs = test.calling("ecs")
        let instance = ecs.running()
        let eip = test.boundEip(to: instance, "EcsInstance")
        ecs.succeed("DeleteInstance", ["InstanceId": instance, "Force": "true"])
        #expect(shown(eip.id).text("EipAddresses.EipAddress.0.Status") == "Available")
        test.succeed("ReleaseEipAddress", ["AllocationId": eip.id])
    }

    @Test func `targets are checked by their kind`() {
        let ecs = test.calling("ecs")
        let eip = test.makeEip()
        let balancer = self.balancer(named: "api-internal")
        let pending = ecs.run()
        for (id, type, status, code) in [
            ("i-none", "EcsInstance", 404, "InvalidInstanceId.NotFound"),
            (pending, "EcsInstance", 400, "IncorrectInstanceStatus"),
            ("ngw-none", "Nat", 404, "InvalidInstanceId.NotFound"), ("havip-none", "HaVip", 404, "InvalidHaVip.NotFound"),
            ("lb-none", "SlbInstance", 404, "InvalidInstanceId.NotFound"),
            (self.balancer(named: "web-public"), "SlbInstance", 400, "OperationDenied"),
            ("i-1", "ecsinstance", 400, "InvalidInstanceType.ValueNotSupported"),
        ] {
            test.fail("AssociateEipAddress", ["AllocationId": eip.id, "InstanceId": id, "InstanceType": type], status, code)
        }
        test.fail(
            "AssociateEipAddress", ["AllocationId": "eip-none", "InstanceId": pending], 404, "InvalidAllocationId.NotFound")
        let abroad = test.makeEip(in: "cn-beijing")
        test.clock.advance(seconds: 60)
        test.fail("AssociateEipAddress", ["AllocationId": abroad.id, "InstanceId": pending], 400, "InvalidParameter.Mismatch")
        test.succeed("AssociateEipAddress", ["AllocationId": eip.id, "InstanceId": balancer, "InstanceType": "SlbInstance"])
        let second = test.makeEip()
        test.fail(
            "AssociateEipAddress", ["AllocationId": second.id, "InstanceId": balancer, "InstanceType": "SlbInstance"], 400,
            "InvalidAssociation.Duplicated")
    }

    @Test func `bandwidth, subscriptions and filters`() {
        let eip = test.makeEip()
        test.fail("ModifyEipAddressAttribute", ["AllocationId": eip.id, "Bandwidth": "5000"], 400, "InvalidParameter")
        test.succeed("ModifyEipAddressAttribute", ["AllocationId": eip.id, "Bandwidth": "50"])
        #expect(shown(eip.id).text("EipAddresses.EipAddress.0.Bandwidth") == "50")
        let subscription = ["RegionId": "cn-hangzhou", "InstanceChargeType": "PrePaid"]
        test.fail("AllocateEipAddress", subscription, 400, "MissingParameter")
        let year = subscription.merging(["PricingCycle": "Year", "Period": "4"]) { _, new in new }
        test.fail("AllocateEipAddress", year, 400, "InvalidParameter")
        let unpaid = test.succeed("AllocateEipAddress", subscription.merging(["Period": "1"]) { _, new in new })
        #expect(!unpaid.text("OrderId").isEmpty && shown(unpaid.text("AllocationId")).text("TotalCount") == "0")
        let paid = test.succeed("AllocateEipAddress", subscription.merging(["Period": "1", "AutoPay": "true"]) { _, new in new })
        #expect(shown(paid.text("AllocationId")).text("EipAddresses.EipAddress.0.ChargeType") == "PrePaid")
        test.fail("DescribeEipAddresses", ["RegionId": "cn-hangzhou", "AssociatedInstanceId": "i-1"], 400, "MissingParameter")
        let bound = test.succeed("DescribeEipAddresses", ["RegionId": "cn-hangzhou", "AssociatedInstanceType": "EcsInstance"])
        #expect(bound.text("TotalCount") == "1")
    }

    @Test func `a common package holds addresses until it is forced`() {
        let region = ["RegionId": "cn-hangzhou"]
        let package = test.succeed("CreateCommonBandwidthPackage", region.merging(["Bandwidth": "100", "Ratio": "20"]) { $1 })
            .text("BandwidthPackageId")
        let eip = test.makeEip()
        let pair = region.merging(["BandwidthPackageId": package, "IpInstanceId": eip.id]) { $1 }
        test.succeed("AddCommonBandwidthPackageIp", pair)
        test.fail("AddCommonBandwidthPackageIp", pair, 400, "IpInstanceId.AlreadyInBandwidthPackage")
        let named = region.merging(["BandwidthPackageId": package]) { $1 }
        let shown = test.succeed("DescribeCommonBandwidthPackages", named)
        #expect(
            shown.text("CommonBandwidthPackages.CommonBandwidthPackage.0.PublicIpAddresses.PublicIpAddresse.0.IpAddress")
                == eip.address)
        #expect(shown.text("CommonBandwidthPackages.CommonBandwidthPackage.0.Ratio") == "100")
        test.succeed("ModifyCommonBandwidthPackageSpec", named.merging(["Bandwidth": "200"]) { $1 })
        test.succeed("ModifyCommonBandwidthPackageAttribute", named.merging(["name": "shared"]) { $1 })
        test.fail("DeleteCommonBandwidthPackage", named, 400, "DependencyViolation.ip")
        test.fail("DeleteCommonBandwidthPackage", region, 400, "MissingParameter")
        test.succeed("DeleteCommonBandwidthPackage", named.merging(["Force": "true"]) { $1 })
        #expect(self.shown(eip.id).text("EipAddresses.EipAddress.0.BandwidthPackageId").isEmpty)
        test.fail("RemoveCommonBandwidthPackageIp", pair, 404, "InvalidBandwidthPackageId.NotFound")
        let subscription = test.succeed(
            "AllocateEipAddress",
            [
                "RegionId": "cn-hangzhou", "InstanceChargeType": "PrePaid", "Period": "1", "AutoPay": "true",
            ]
        ).text("AllocationId")
        let other = test.succeed("CreateCommonBandwidthPackage", region.merging(["Bandwidth": "10"]) { $1 }).text(
            "BandwidthPackageId")
        test.fail(
            "AddCommonBandwidthPackageIp", region.merging(["BandwidthPackageId": other, "IpInstanceId": subscription]) { $1 },
            400,
            "IpInstanceId.ChargeType.NotSupport")
    }

    @Test func `monitoring gives the same points whenever it is asked`() {
        let eip = test.boundEip(to: test.calling("ecs").running(), "EcsInstance")
        var request = ["AllocationId": eip.id, "StartTime": "2026-01-01T00:00:10Z", "EndTime": "2026-01-01T01:01:00Z"]
        let first = test.succeed("DescribeEipMonitorData", request)
        let points = first.list("EipMonitorDatas.EipMonitorData")
        #expect(points.count == 60 && first.text("EipMonitorDatas.EipMonitorData.0.TimeStamp") == "2026-01-01T00:01:00Z")
        #expect((Int(first.text("EipMonitorDatas.EipMonitorData.0.EipFlow")) ?? 0) > 0)
        test.clock.advance(seconds: 3600)
        #expect(test.succeed("DescribeEipMonitorData", request).list("EipMonitorDatas.EipMonitorData") == points)
        // Longer periods add up what the short ones say.
        request["Period"] = "3600"
        let hour = test.succeed("DescribeEipMonitorData", request)
        let sum = points.reduce(0) { $0 + (Int(Optional($1)?["EipRX"].text ?? "") ?? 0) }
        #expect(hour.text("EipMonitorDatas.EipMonitorData.0.EipRX") == String(sum))
        request["EndTime"] = "2026-01-20T00:00:00Z"
        test.fail("DescribeEipMonitorData", request, 400, "OperationDenied.ToManyDataQueried")
        request["EndTime"] = "2025-12-31T00:00:00Z"
        test.fail("DescribeEipMonitorData", request, 400, "InvalidEndTime.Malformed")
        request["Period"] = "61"
        test.fail("DescribeEipMonitorData", request, 400, "InvalidParameter")
    }
}
