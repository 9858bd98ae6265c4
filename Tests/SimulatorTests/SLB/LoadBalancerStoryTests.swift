import Testing

@testable import Simulator

@Suite struct LoadBalancerStoryTests {
    private static func here(_ more: [String: String] = [:]) -> [String: String] { TestCloud.here(more) }

    @Test func aPublicOne() throws {
        let test = try TestCloud()
        let made = test.slb.succeed(
            "CreateLoadBalancer", Self.here(["LoadBalancerName": "shop", "LoadBalancerSpec": "slb.s2.small"]))
        let id = made.text("LoadBalancerId")
        #expect(id.hasPrefix("lb-bp1") && made.text("NetworkType") == "classic" && made.text("VpcId").isEmpty)
        let found = test.slb.succeed("DescribeLoadBalancerAttribute", ["LoadBalancerId": id])
        #expect(found.text("LoadBalancerStatus") == "active" && found.text("AddressType") == "internet")
        #expect(found.text("Address") == made.text("Address") && found.text("PayType") == "PayOnDemand")
        #expect(found.text("InternetChargeType") == "paybytraffic" && found.text("EndTimeStamp") == "32493801600000")
        #expect(found.text("MasterZoneId") != found.text("SlaveZoneId") && found.text("RegionIdAlias") == "hangzhou")
        let listed = test.slb.succeed("DescribeLoadBalancers", Self.here(["LoadBalancerName": "shop"]))
        #expect(listed.text("TotalCount") == "1")
        #expect(listed.text("LoadBalancers.LoadBalancer.0.InternetChargeType") == "4")
        #expect(listed.text("LoadBalancers.LoadBalancer.0.InternetChargeTypeAlias") == "paybytraffic")
        test.slb.fail("DescribeLoadBalancerAttribute", ["LoadBalancerId": "lb-none"], 404, "InvalidLoadBalancerId.NotFound")
        test.slb.fail(
            "DeleteLoadBalancer", ["RegionId": "cn-beijing", "LoadBalancerId": id], 404, "InvalidLoadBalancerId.NotFound")
    }

    @Test func aPrivateOneTakesAnAddressOfItsVSwitch() throws {
        let test = try TestCloud()
        let vSwitch = test.vSwitch(in: "cn-hangzhou-h")
        let base = ["LoadBalancerSpec": "slb.s1.small", "VSwitchId": vSwitch]
        let made = test.slb.succeed("CreateLoadBalancer", Self.here(base))
        #expect(made.text("NetworkType") == "vpc" && made.text("VpcId") == test.vpc)
        let address = made.text("Address")
        #expect(address.hasPrefix("172.16."))
        test.slb.fail("CreateLoadBalancer", Self.here(base.merging(["Address": address]) { $1 }), 400, "InvalidParameter")
        test.slb.fail("CreateLoadBalancer", Self.here(base.merging(["Address": "10.0.0.1"]) { $1 }), 400, "InvalidParameter")
        let other = test.slb.succeed("CreateLoadBalancer", Self.here(base.merging(["Address": "172.16.9.9"]) { $1 }))
        #expect(other.text("Address") == "172.16.9.9" && other.text("VSwitchId") == vSwitch)
        // Nobody else gets it, until it is given back.
        #expect(test.cloud.withWorld { $0.addresses(in: vSwitch).contains("172.16.9.9") })
        test.slb.succeed("DeleteLoadBalancer", Self.here(["LoadBalancerId": other.text("LoadBalancerId")]))
        #expect(test.cloud.withWorld { !$0.addresses(in: vSwitch).contains("172.16.9.9") })
    }

    @Test(
        arguments: [
            ([:], "ShareSlbHaltSales"),
            (
                ["InstanceChargeType": "PayByCLCU", "InternetChargeType": "paybybandwidth", "Bandwidth": "5"],
                "Instance.InternetChargeTypeNotAllowed"
            ),
            (["AddressType": "intranet", "LoadBalancerSpec": "slb.s1.small"], "MissingParam.VSwitchId"),
            (["VSwitchId": "vsw-none", "LoadBalancerSpec": "slb.s1.small"], "VSwitchNotExist"),
            (["VpcId": "vpc-none", "LoadBalancerSpec": "slb.s1.small"], "InvalidVpcId.NotExist"),
            (["InternetChargeType": "paybybandwidth", "LoadBalancerSpec": "slb.s1.small"], "InvalidParameter.Bandwidth"),
            (["PayType": "PrePay", "LoadBalancerSpec": "slb.s1.small"], "Operation.NotAllowed"),
            (["MasterZoneId": "cn-beijing-f", "LoadBalancerSpec": "slb.s1.small"], "PRODUCT.NOT_AVAILABLE_IZ"),
            (
                ["MasterZoneId": "cn-hangzhou-h", "SlaveZoneId": "cn-hangzhou-h", "LoadBalancerSpec": "slb.s1.small"],
                "PRODUCT.NOT_AVAILABLE_IZ"
            ),
            (["LoadBalancerName": "9lives", "LoadBalancerSpec": "slb.s1.small"], "InvalidParameter"),
            (
                [
                    "ModificationProtectionStatus": "ConsoleProtection", "ModificationProtectionReason": "9",
                    "LoadBalancerSpec": "slb.s1.small",
                ],
                "InvalidParameter"
            ),
        ] as [([String: String], String)])
    func refusals(parameters: [String: String], code: String) throws {
        try TestCloud().slb.fail("CreateLoadBalancer", Self.here(parameters), 400, code)
    }

    @Test func addressesOfVersion6() throws {
        let test = try TestCloud()
        let six = ["LoadBalancerSpec": "slb.s1.small", "AddressIPVersion": "ipv6"]
        #expect(test.slb.succeed("CreateLoadBalancer", Self.here(six)).text("Address").contains("::") == false)
        let vSwitch = test.vSwitch(in: "cn-hangzhou-h")
        test.slb.fail(
            "CreateLoadBalancer", Self.here(six.merging(["VSwitchId": vSwitch]) { $1 }), 400, "InvalidParameter.Mismatch")
        test.slb.fail("CreateLoadBalancer", six.merging(["RegionId": "me-east-1"]) { $1 }, 400, "RegionOrZonesNotSupportIpv6")
    }

    @Test func tokensMakeOne() throws {
        let test = try TestCloud()
        let call = Self.here(["LoadBalancerSpec": "slb.s1.small", "ClientToken": "t-1"])
        let id = test.slb.succeed("CreateLoadBalancer", call).text("LoadBalancerId")
        #expect(test.slb.succeed("CreateLoadBalancer", call).text("LoadBalancerId") == id)
        test.slb.fail(
            "CreateLoadBalancer", call.merging(["LoadBalancerName": "other"]) { $1 }, 400, "IdempotentParameterMismatch")
    }

    @Test func protectionComesBeforeDeletion() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer(["DeleteProtection": "on"])
        let named = Self.here(["LoadBalancerId": id])
        test.slb.fail("DeleteLoadBalancer", named, 400, "OperationDenied.DeleteProtectionIsOn")
        test.slb.succeed(
            "SetLoadBalancerModificationProtection",
            named.merging([
                "ModificationProtectionStatus": "ConsoleProtection", "ModificationProtectionReason": "managed",
            ]) { $1 })
        var found = test.slb.succeed("DescribeLoadBalancerAttribute", named)
        #expect(found.text("ModificationProtectionReason") == "managed" && found.text("DeleteProtection") == "on")
        test.slb.succeed(
            "SetLoadBalancerModificationProtection", named.merging(["ModificationProtectionStatus": "NonProtection"]) { $1 })
        found = test.slb.succeed("DescribeLoadBalancerAttribute", named)
        #expect(found.text("ModificationProtectionStatus") == "NonProtection" && found["ModificationProtectionReason"] == nil)
        test.slb.succeed("SetLoadBalancerDeleteProtection", named.merging(["DeleteProtection": "off"]) { $1 })
        test.slb.succeed("DeleteLoadBalancer", named)
        test.slb.fail("DescribeLoadBalancerAttribute", named, 404, "InvalidLoadBalancerId.NotFound")
    }

    @Test func namesAndStatus() throws {
        let test = try TestCloud()
        let named = Self.here(["LoadBalancerId": test.addLoadBalancer()])
        test.slb.succeed("SetLoadBalancerName", named.merging(["LoadBalancerName": "other-name"]) { $1 })
        test.slb.fail("SetLoadBalancerName", named.merging(["LoadBalancerName": "-x"]) { $1 }, 400, "InvalidParameter")
        test.slb.succeed("SetLoadBalancerStatus", named.merging(["LoadBalancerStatus": "inactive"]) { $1 })
        let found = test.slb.succeed("DescribeLoadBalancerAttribute", named)
        #expect(found.text("LoadBalancerName") == "other-name" && found.text("LoadBalancerStatus") == "inactive")
        test.slb.fail("SetLoadBalancerStatus", named.merging(["LoadBalancerStatus": "locked"]) { $1 }, 400, "InvalidParameter")
    }

    /// Another method of charging waits for midnight in China, and nothing else goes on until then.
    @Test func chargesChangeOvernight() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer(["InternetChargeType": "paybybandwidth", "Bandwidth": "5"])
        let named = Self.here(["LoadBalancerId": id])
        func charge() -> String { test.slb.succeed("DescribeLoadBalancerAttribute", named).text("InternetChargeType") }
        test.slb.succeed("ModifyLoadBalancerInternetSpec", named.merging(["Bandwidth": "20"]) { $1 })
        #expect(test.slb.succeed("DescribeLoadBalancerAttribute", named).text("Bandwidth") == "20")
        test.slb.succeed("ModifyLoadBalancerInternetSpec", named.merging(["InternetChargeType": "paybytraffic"]) { $1 })
        #expect(charge() == "paybybandwidth")
        test.slb.fail(
            "ModifyLoadBalancerInstanceSpec", named.merging(["LoadBalancerSpec": "slb.s3.large"]) { $1 }, 400, "ActionNotAllowed")
        test.clock.advance(seconds: 13 * 3600)
        #expect(charge() == "paybytraffic")
        test.slb.succeed("ModifyLoadBalancerInstanceSpec", named.merging(["LoadBalancerSpec": "slb.s3.large"]) { $1 })
        test.slb.fail(
            "ModifyLoadBalancerPayType", named.merging(["PayType": "PrePay", "Duration": "1"]) { $1 }, 400, "Operation.NotAllowed"
        )
        test.slb.succeed("ModifyLoadBalancerInstanceChargeType", named.merging(["InstanceChargeType": "PayByCLCU"]) { $1 })
        let found = test.slb.succeed("DescribeLoadBalancerAttribute", named)
        #expect(found.text("InstanceChargeType") == "PayByCLCU" && found.text("LoadBalancerSpec").isEmpty)
        for action in ["ModifyLoadBalancerInternetSpec", "ModifyLoadBalancerPayType", "ModifyLoadBalancerInstanceChargeType"] {
            let call = named.merging(action.hasSuffix("ChargeType") ? ["InstanceChargeType": "PayByCLCU"] : [:]) { $1 }
            test.slb.fail(action, call, 400, "OperationDenied.PayByCLCU")
        }
    }

    @Test func subscriptionsGrowAndRunOut() throws {
        let test = try TestCloud()
        let order = Self.here([
            "LoadBalancerSpec": "slb.s2.small", "PayType": "PrePay", "InternetChargeType": "paybybandwidth", "Bandwidth": "10",
            "Duration": "1", "PricingCycle": "month",
        ])
        // Not paid, it is no more than an order.
        let unpaid = test.slb.succeed("CreateLoadBalancer", order)
        #expect(unpaid["LoadBalancerId"] == nil && !unpaid.text("OrderId").isEmpty)
        let id = test.slb.succeed("CreateLoadBalancer", order.merging(["AutoPay": "true"]) { $1 }).text("LoadBalancerId")
        let named = Self.here(["LoadBalancerId": id])
        test.slb.fail(
            "CreateLoadBalancer", order.merging(["PricingCycle": "year", "Duration": "4"]) { $1 }, 400, "ORDER.PERIOD_INVALID")
        test.slb.fail("DeleteLoadBalancer", named, 403, "ChargeTypeViolation")
        test.slb.fail(
            "ModifyLoadBalancerInstanceSpec", named.merging(["LoadBalancerSpec": "slb.s1.small"]) { $1 }, 400,
            "Operation.NotAllowed")
        test.slb.fail("ModifyLoadBalancerInternetSpec", named.merging(["Bandwidth": "5"]) { $1 }, 400, "Operation.NotAllowed")
        #expect(
            !test.slb.succeed("ModifyLoadBalancerInternetSpec", named.merging(["Bandwidth": "50"]) { $1 }).text("OrderId").isEmpty
        )
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 80, ["Bandwidth": "1"]))
        test.clock.advance(seconds: 31 * 86_400)
        #expect(test.slb.succeed("DescribeLoadBalancerAttribute", named).text("LoadBalancerStatus") == "locked")
        test.slb.fail("StartLoadBalancerListener", TestCloud.port(id, 80), 400, "ActionNotAllowed")
        test.slb.succeed("DeleteLoadBalancer", named)
    }

    @Test func theListing() throws {
        let test = try TestCloud()
        func count(_ filter: [String: String]) -> String {
            test.slb.succeed("DescribeLoadBalancers", Self.here(filter)).text("TotalCount")
        }
        let web = test.instance(named: "web-1")
        #expect(count([:]) == "2" && count(["AddressType": "intranet"]) == "1" && count(["ServerId": web]) == "1")
        let address = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceName": "web-2"])
            .text("Instances.Instance.0.VpcAttributes.PrivateIpAddress.IpAddress.0")
        #expect(count(["ServerIntranetAddress": "10.0.0.1,\(address)"]) == "1" && count(["VpcId": test.vpc]) == "1")
        #expect(count(["LoadBalancerName": "api,none"]) == "1" && count(["LoadBalancerStatus": "inactive"]) == "0")
        #expect(count(["Tags": #"[{"tagKey":"environment","tagValue":"production"}]"#]) == "2")
        #expect(count(["Tags": #"[{"tagKey":"environment","tagValue":"test"}]"#]) == "0")
        for _ in 0..<3 { _ = test.addLoadBalancer() }
        let page = test.slb.succeed("DescribeLoadBalancers", Self.here(["PageNumber": "2", "PageSize": "2"]))
        #expect(page.list("LoadBalancers.LoadBalancer").count == 2 && page.text("TotalCount") == "5")
        test.slb.fail("DescribeLoadBalancers", Self.here(["PageSize": "2"]), 400, "MissingParameter")
    }
}
