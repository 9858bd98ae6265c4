import Testing

@testable import Simulator

@Suite struct AccelerationStoryTests {
    private let test: TestCloud

    init() throws { test = try .network() }

    private func make(_ region: String, _ location: String) -> Reply {
        test.call("CreateGlobalAccelerationInstance", ["RegionId": region, "ServiceLocation": location, "Bandwidth": "10"])
    }

    @Test func `an instance leads to one server in another region`() {
        let server = test.calling("ecs").running()
        let id = make("cn-shanghai", "china-mainland").text("GlobalAccelerationInstanceId")
        let named = ["RegionId": "cn-shanghai", "GlobalAccelerationInstanceId": id]
        let bind = { (region: String, id: String) in
            named.merging(["BackendServerRegionId": region, "BackendServerId": id]) { $1 }
        }
        for (region, server, status, code) in [
            ("cn-shanghai", server, 400, "InvalidBackendServerRegionId.EqualRegionId"),
            ("us-west-1", server, 400, "InvalidBackendServerRegionId.Mismatch"),
            ("cn-none", server, 404, "InvalidBackendServerRegionId.NotFound"),
            ("cn-hangzhou", "i-none", 404, "InvalidBackendServerId.NotFound"),
            ("cn-beijing", server, 404, "InvalidBackendServerId.NotFound"),
        ] { test.fail("AssociateGlobalAccelerationInstance", bind(region, server), status, code) }
        test.fail("UnassociateGlobalAccelerationInstance", named, 400, "IncorrectGlobalAccelerationInstanceIdStatus")
        test.succeed("AssociateGlobalAccelerationInstance", bind("cn-hangzhou", server))
        test.clock.advance(seconds: 5)
        test.fail(
            "AssociateGlobalAccelerationInstance", bind("cn-hangzhou", server), 400, "IncorrectGlobalAccelerationInstanceIdStatus"
        )
        test.fail("DeleteGlobalAccelerationInstance", named, 400, "IncorrectGlobalAccelerationInstanceIdStatus")
        let shown = test.succeed(
            "DescribeGlobalAccelerationInstances", ["RegionId": "cn-shanghai", "Status": "Inuse", "ServerId": server])
        #expect(
            shown.text("GlobalAccelerationInstances.GlobalAccelerationInstance.0.BackendServers.BackendServer.0.ServerId")
                == server)
        let related = test.succeed(
            "DescribeServerRelatedGlobalAccelerationInstances", ["RegionId": "cn-hangzhou", "ServerId": server])
        #expect(related.text("GlobalAccelerationInstances.GlobalAccelerationInstance.0.GlobalAccelerationInstanceId") == id)
        test.succeed("UnassociateGlobalAccelerationInstance", named)
        test.clock.advance(seconds: 5)
        test.succeed("DeleteGlobalAccelerationInstance", named)
        test.fail("DeleteGlobalAccelerationInstance", named, 404, "InvalidGlobalAccelerationInstanceId.NotFound")
    }

    @Test func `areas, bandwidths and names are checked`() {
        #expect(make("us-west-1", "europe").code == "InvalidServiceLocation.Mismatch")
        #expect(make("ap-southeast-1", "the moon").code == "InvalidServiceLocation.ValueNotSupported")
        let id = make("ap-southeast-1", "asia-pacific").text("GlobalAccelerationInstanceId")
        let named = ["RegionId": "ap-southeast-1", "GlobalAccelerationInstanceId": id]
        test.fail(
            "ModifyGlobalAccelerationInstanceSpec", named.merging(["Bandwidth": "15"]) { $1 }, 400,
            "InvalidBandwidth.ValueNotSupported")
        test.succeed("ModifyGlobalAccelerationInstanceSpec", named.merging(["Bandwidth": "200"]) { $1 })
        test.fail(
            "ModifyGlobalAccelerationInstanceAttributes", named.merging(["Name": "1"]) { $1 }, 400,
            "InvalidGlobalAccelerationInstanceName.Malformed")
        test.succeed("ModifyGlobalAccelerationInstanceAttributes", named.merging(["Name": "fast"]) { $1 })
        let shown = test.succeed("DescribeGlobalAccelerationInstances", ["RegionId": "ap-southeast-1", "Name": "fast"])
        #expect(shown.text("GlobalAccelerationInstances.GlobalAccelerationInstance.0.Bandwidth") == "200")
    }
}
