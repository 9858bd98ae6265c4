import Testing

@testable import Simulator

/// EPN instances, and what only tells of the edge: nodes, districts, stock, use.
@Suite struct EdgeListingTests {
    @Test func anEpnInstanceOverTheIntranet() throws {
        let edge = try EdgeCloud()
        let made = edge.test.succeed(
            "CreateEpnInstance",
            [
                "EPNInstanceType": "EdgeToEdge", "InternetChargeType": "PayByBandwidth", "InternetMaxBandwidthOut": "10",
                "NetworkingModel": "Connection", "EPNInstanceName": "mesh",
            ])
        let epn = ["EPNInstanceId": made.text("EPNInstanceId")]
        func call(_ more: [String: String]) -> [String: String] { epn.merging(more) { $1 } }
        func state() -> String { edge.test.succeed("DescribeEpnInstances", epn).text("EPNInstances.EPNInstance.0.Status") }
        let (_, vSwitch) = edge.network()
        let member = call(["VSwitchesInfo": "[{\"VSwitchId\":\"\(vSwitch)\"}]"])
        edge.test.succeed("ModifyEpnInstance", call(["InternetMaxBandwidthOut": "20"]))
        #expect(state() == "Excuting")
        edge.test.fail("JoinVSwitchesToEpnInstance", member, 400, "IncorrectInstanceStatus")
        edge.wait()
        #expect(state() == "Running")
        edge.test.succeed("JoinVSwitchesToEpnInstance", member)
        edge.wait()
        edge.test.fail("JoinVSwitchesToEpnInstance", member, 400, "InvalidVSwitchesInfo")
        edge.test.fail(
            "JoinVSwitchesToEpnInstance", call(["VSwitchesInfo": "[{\"VSwitchId\":\"vsw-none\"}]"]), 400, "InvalidVSwitchesInfo")
        edge.test.fail(
            "JoinPublicIpsToEpnInstance", call(["InstanceInfos": "[{\"PublicIpAddress\":\"1.2.3.4\"}]"]), 400,
            "UnsupportedOperation")
        let shown = edge.test.succeed("DescribeEpnInstanceAttribute", ["EpnInstanceId": made.text("EPNInstanceId")])
        #expect(shown.text("VSwitches.0.VSwitchId") == vSwitch && shown.list("Instances").isEmpty)
        #expect(shown.text("ConfVersions.0.EnsRegionId") == EdgeCloud.node)
        edge.test.fail("DeleteVSwitch", ["VSwitchId": vSwitch], 400, "IncorrectInstanceStatus")
        edge.test.fail("ModifyEpnInstance", call(["NetworkingModel": "SpeedUp"]), 400, "InvalidNetworkingModel")
        edge.test.succeed("ModifyEpnInstance", call(["NetworkingModel": "SpeedUpAndConnection"]))
        edge.wait()
        edge.test.fail("StartEpnInstance", epn, 400, "IncorrectInstanceStatus")
        edge.test.succeed("StopEpnInstance", epn)
        edge.wait()
        #expect(state() == "Stopped")
        edge.test.fail("DeleteEpnInstance", epn, 400, "IncorrectInstanceStatus")
        edge.test.succeed("RemoveVSwitchesFromEpnInstance", member)
        edge.wait()
        #expect(state() == "Stopped")
        edge.test.succeed("DeleteEpnInstance", epn)
        edge.test.fail("DeleteEpnInstance", epn, 400, "InstanceNotFound")
        // The first EPN instance, which the fleet has, decided how all are paid for.
        let charge = edge.test.succeed("DescribeEpnInstanceChargeType")
        #expect(charge.text("InternetChargeType") == "BandwidthByDay" && charge.text("ChargeStatus") == "CHARGE_STATUS_NORMAL")
        #expect(edge.test.succeed("DescribeEpnInstanceSaleControl").list("InternetChargeTypes") == ["BandwidthByDay"])
    }

    @Test func anEpnInstanceOverThePublicNetwork() throws {
        let edge = try EdgeCloud()
        let listed = edge.test.succeed("DescribeEpnInstances", ["EPNInstanceName": "edge-ingest"])
        let epn = ["EPNInstanceId": listed.text("EPNInstances.EPNInstance.0.EPNInstanceId")]
        let members = edge.test.succeed("DescribeEpnInstanceAttribute", epn)
        #expect(members.list("Instances").count == 2 && members.list("VSwitches").isEmpty)
        let instance = edge.running()
        let address = edge.test.succeed("DescribeInstances", ["InstanceId": instance])
            .text("Instances.Instance.0.PublicIpAddress.IpAddress.0")
        let info = epn.merging(["InstanceInfos": "[{\"PublicIpAddress\":\"\(address)\"}]"]) { $1 }
        edge.test.fail("RemovePublicIpsFromEpnInstance", info, 400, "InvalidInstanceInfos")
        edge.test.succeed("JoinPublicIpsToEpnInstance", info)
        edge.wait()
        #expect(edge.test.succeed("DescribeEpnInstanceAttribute", epn).text("Instances.2.PublicIpAddress") == address)
        edge.test.succeed("RemovePublicIpsFromEpnInstance", info)
    }

    @Test func nodesAndDistricts() throws {
        let edge = try EdgeCloud()
        let nodes = edge.test.succeed("DescribeEnsRegions")
        #expect(nodes.list("EnsRegions.EnsRegions").count == ENSNode.all.count && nodes.text("Code") == "0")
        let one = edge.test.succeed("DescribeEnsRegions", ["EnsRegionId": "cn-dalian-unicom"])
        #expect(one.text("EnsRegions.EnsRegions.0.Area") == "NorthEastChina")
        #expect(one.text("EnsRegions.EnsRegions.0.Province") == "辽宁省")
        #expect(
            edge.test.succeed("DescribeEnsRegionIdIpv6Info", ["EnsRegionId": "cn-beijing-cmcc"]).text(
                "SupportIpv6Info.SupportIpv6") == "true")
        edge.test.fail("DescribeEnsRegionIdIpv6Info", ["EnsRegionId": "cn-mars"], 400, "InvalidEnsRegionId")
        #expect(edge.test.succeed("DescribeEnsNetLevel").list("EnsNetLevels.EnsNetLevel").count == 3)
        let areas = edge.test.succeed("DescribeEnsNetSaleDistrict", ["NetLevelCode": "Big"])
        #expect(areas.list("EnsNetDistricts.EnsNetDistrict").count == 7)
        #expect(areas.text("EnsNetDistricts.EnsNetDistrict.0.NetDistrictFatherCode") == "100000")
        let cities = edge.test.succeed("DescribeEnsNetSaleDistrict", ["NetLevelCode": "Small", "NetDistrictCode": "10010301"])
        #expect(cities.list("EnsNetDistricts.EnsNetDistrict").map { $0["NetDistrictName"].text } == ["杭州市", "台州市"])
        #expect(cities.text("EnsNetDistricts.EnsNetDistrict.1.InstanceCount.0.code") == "multiCarrier")
        edge.test.fail(
            "DescribeEnsNetSaleDistrict", ["NetLevelCode": "Big", "NetDistrictCode": "7"], 400, "InvalidNetDistrictCode")
        edge.test.fail("DescribeEnsNetSaleDistrict", ["NetLevelCode": "Tiny"], 400, "InvalidNetLevelCode")
    }

    @Test func whatIsOnSale() throws {
        let edge = try EdgeCloud()
        let specs = edge.test.succeed("DescribeInstanceSpec")
        #expect(specs.text("InstanceSpecs.InstanceSpec.0.DisplayName") == "计算型1C2G" && specs.text("BandwidthLimit") == "100")
        #expect(edge.test.succeed("DescribeImageInfos", ["OsType": "centos"]).list("Images.Image").count == 2)
        let stock = edge.test.succeed("DescribeAvailableResourceInfo")
        #expect(stock.list("SupportResources.SupportResource.0.EnsRegionIds.EnsRegionId").count == ENSNode.all.count)
        #expect(stock.list("SupportResources.SupportResource.0.BandwidthTypes.BandwidthType") == ["95BandwidthByMonth"])
    }

    @Test func useIsTheSameWheneverItIsAskedFor() throws {
        let edge = try EdgeCloud()
        let span = ["StartTime": "2026-01-01T00:00:30Z", "EndTime": "2026-01-01T01:00:00Z", "Period": "300"]
        let all = edge.test.succeed("DescribeUserBandWidthData", span)
        let samples = all.list("MonitorData.BandWidthMonitorData")
        #expect(samples.count == 12 && samples.first?["TimeStamp"].text == "2026-01-01T00:01:00Z")
        #expect(
            samples.compactMap { $0["DownBandWidth"].text.flatMap { Int($0) } }.max()
                == Int(all.text("MonitorData.MaxDownBandWidth")))
        edge.wait()
        #expect(edge.test.succeed("DescribeUserBandWidthData", span)["MonitorData"] == all["MonitorData"])
        let one = edge.test.succeed("DescribeUserBandWidthData", span.merging(["InstanceId": edge.instance("edge-relay")]) { $1 })
        #expect((Int(one.text("MonitorData.MaxDownBandWidth")) ?? 0) < (Int(all.text("MonitorData.MaxDownBandWidth")) ?? 0))
        edge.test.fail(
            "DescribeUserBandWidthData", span.merging(["EndTime": "2025-01-01T00:00:00Z"]) { $1 }, 400, "InvalidEndTime")
        edge.test.fail(
            "DescribeUserBandWidthData", span.merging(["StartTime": "2020-01-01T00:00:00Z"]) { $1 }, 400, "InvalidStartTime")
        edge.test.fail("DescribeUserBandWidthData", span.merging(["Period": "60"]) { $1 }, 400, "InvalidPeriod")
        let use = edge.test.succeed("DescribeInstanceMonitorData", ["StartTime": "2026-01-01T00:00:00Z"])
        #expect(use.list("MonitorData.InstanceMonitorData").count == 6)
        #expect(use.text("MonitorData.InstanceMonitorData.0.CPU").hasPrefix("0."))
        #expect(use.text("MonitorData.InstanceMonitorData.5.CPU") == "0.00")
        edge.test.fail("DescribeInstanceMonitorData", ["InstanceId": "i-none"], 400, "InstanceNotFound")
    }
}
