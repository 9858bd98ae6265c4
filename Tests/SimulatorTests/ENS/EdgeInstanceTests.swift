import Testing

@testable import Simulator

@Suite struct EdgeInstanceTests {
    @Test func buyStopStartReboot() throws {
        let edge = try EdgeCloud()
        let bought = edge.test.succeed(
            "CreateInstance",
            edge.purchase(["Quantity": "2", "InstanceName": "live", "UniqueSuffix": "true", "DataDisk.1.Size": "50"]))
        #expect(bought.text("Code") == "0" && bought.list("InstanceIds.InstanceId").count == 2)
        let id = bought.text("InstanceIds.InstanceId.0")
        #expect(id.hasPrefix("i-5"))
        edge.test.fail("StopInstance", ["InstanceId": id], 400, "IncorrectInstanceStatus")
        #expect(edge.state(id) == "Starting")
        edge.wait()
        let shown = edge.test.succeed("DescribeInstances", ["InstanceName": "live001"])
        #expect(shown.text("TotalCount") == "1" && shown.text("Code") == "0")
        #expect(shown.text("Instances.Instance.0.InstanceId") == id && shown.text("Instances.Instance.0.Cpu") == "2")
        #expect(shown.text("Instances.Instance.0.Status") == "Running")
        #expect(shown.text("Instances.Instance.0.DataDisk.DataDisk.0.Size") == "51200")
        #expect(shown.text("Instances.Instance.0.PublicIpAddresses.PublicIpAddress.0.Isp") == "cmcc")
        #expect(shown.text("Instances.Instance.0.ExpiredTime") == "2026-02-01T03:04:05Z")
        edge.test.fail("StartInstance", ["InstanceId": id], 400, "IncorrectInstanceStatus")
        edge.test.succeed("StopInstance", ["InstanceId": id, "ForceStop": "true"])
        #expect(edge.state(id) == "Stopping")
        edge.wait(3)
        #expect(edge.state(id) == "Stopped")
        edge.test.fail("RebootInstance", ["InstanceId": id], 400, "IncorrectInstanceStatus")
        edge.test.succeed("StartInstance", ["InstanceId": id])
        edge.wait()
        edge.test.succeed("RebootInstance", ["InstanceId": id])
        #expect(edge.state(id) == "Starting")
        edge.test.fail("StartInstance", ["InstanceId": "i-none"], 400, "InstanceNotFound")
    }

    @Test(arguments: [
        ("EnsRegionId", "cn-mars", "InvalidEnsRegionId"), ("EnsRegionId", "", "MissingEnsRegionId"),
        ("InstanceType", "ens.huge", "InvalidInstanceType"), ("ImageId", "dos", "InvalidImageId"),
        ("Quantity", "0", "InvalidQuantity"), ("Period", "10", "InvalidPeriod"), ("Period", "", "MissingPeriod"),
        ("SystemDisk.Size", "25", "InvalidSystemDisk.Size"), ("SystemDisk.Size", "500", "InvalidSystemDisk.Size"),
        ("DataDisk.1.Size", "25", "InvalidDataDisk.1.Size"), ("Password", "short", "InvalidPassword"),
        ("Password", "alllowercase", "InvalidPassword"), ("AutoRenew", "True", "MissingAutoRenewPeriod"),
        ("AutoRenew", "true", "InvalidAutoRenew"), ("KeyPairName", "nobody", "InvalidKeyPairName"),
        ("PrivateIpAddress", "10.0.0.9", "MissingVSwitchId"), ("VSwitchId", "vsw-none", "InvalidVSwitchId"),
        ("InstanceName", "9lives", "InvalidInstanceName"), ("HostName", "-x-", "InvalidHostName"),
        ("UserData", "ZWNobyBoaQ==", "InvalidUserData"), ("PaymentType", "PayAsYouGo", "InvalidPaymentType"),
    ])
    func purchaseWith(name: String, value: String, code: String) throws {
        let edge = try EdgeCloud()
        edge.test.fail("CreateInstance", edge.purchase([name: value]), 400, code)
    }

    @Test func wordsOfErrorsNameTheParameter() throws {
        let edge = try EdgeCloud()
        let missing = edge.test.fail("CreateInstance", edge.purchase(["Quantity": ""]), 400, "MissingQuantity")
        #expect(missing.text("Message") == "You must specify the parameter Quantity.")
        let wrong = edge.test.fail("CreateInstance", edge.purchase(["ImageId": "dos"]), 400, "InvalidImageId")
        #expect(wrong.text("Message") == "The specified parameter ImageId is invalid.")
    }

    @Test func passwordsAndTheirInheritance() throws {
        let edge = try EdgeCloud()
        edge.test.fail(
            "CreateInstance", edge.purchase(["Password": "Secret:123", "PasswordInherit": "true"]), 400,
            "InvalidPasswordParam.Mismatch")
        let id = edge.running(["Password": "Secret:123"])
        let change = ["InstanceId": id, "Password": "Another:456"]
        edge.test.fail("ModifyInstanceAttribute", change, 400, "IncorrectInstanceStatus")
        edge.test.succeed("StopInstance", ["InstanceId": id])
        edge.wait()
        edge.test.succeed("ModifyInstanceAttribute", change.merging(["InstanceName": "renamed"]) { $1 })
        edge.test.fail("ModifyInstanceAttribute", ["InstanceId": id, "Password": "weak"], 400, "InvalidPassword")
        #expect(edge.instance("renamed") == id)
    }

    /// The account's way of paying for bandwidth is fixed by its first purchase.
    @Test func theFirstPurchaseFixesTheBandwidthType() throws {
        let edge = try EdgeCloud()
        edge.test.cloud.withWorld { $0.ens.bandwidthChargeType = nil }
        edge.test.fail("CreateInstance", edge.purchase(), 400, "MissingInternetChargeType")
        edge.test.succeed("CreateInstance", edge.purchase(["InternetChargeType": "BandwidthByDay"]))
        edge.test.succeed("CreateInstance", edge.purchase())
        let types = edge.test.succeed("DescribeBandWithdChargeType")
        #expect(types.list("BandWithTypeInfo").count == 1)
        #expect(types.text("BandWithTypeInfo.0.BandWidthType") == "BandwidthByDay")
    }

    @Test func subscriptionsEndUnlessTheyAreRenewed() throws {
        let edge = try EdgeCloud()
        let plain = edge.running()
        let renewed = edge.running(["AutoRenew": "True", "AutoRenewPeriod": "2"])
        let asked = edge.test.succeed("DescribeInstanceAutoRenewAttribute", ["InstanceIds": "\(plain);\(renewed)"])
        let rows = asked.list("InstanceRenewAttributes.InstanceRenewAttribute")
        #expect(rows.map { $0["AutoRenewal"].text } == ["false", "true"] && rows.map { $0["Duration"].text } == ["0", "2"])
        edge.test.fail("DescribeInstanceAutoRenewAttribute", ["InstanceIds": "\(plain);i-none"], 400, "InstanceNotFound")
        edge.test.fail("ReleasePostPaidInstance", ["InstanceId": plain], 400, "UnsupportedOperation")
        edge.wait(31 * 86_400)
        #expect(edge.state(plain) == "Expired" && edge.state(renewed) == "Running")
        edge.test.fail("RebootInstance", ["InstanceId": plain], 400, "IncorrectInstanceStatus")
        #expect(edge.test.succeed("DescribeInstances", ["Status": "Expired"]).text("TotalCount") == "1")
    }

    @Test func whatIsPaidForByUseIsReleased() throws {
        let edge = try EdgeCloud()
        let id = edge.instance("edge-relay")
        edge.test.succeed("ReleasePostPaidInstance", ["InstanceId": id])
        edge.test.fail("StopInstance", ["InstanceId": id], 400, "InstanceNotFound")
    }

    @Test func filtersAndOrder() throws {
        let edge = try EdgeCloud()
        func names(_ filter: [String: String]) -> [String] {
            edge.test.succeed("DescribeInstances", filter).list("Instances.Instance").compactMap { $0["InstanceName"].text }
        }
        #expect(names([:]).count == 6)
        #expect(names(["InstanceIds": "[]"]).isEmpty)
        #expect(names(["EnsRegionIds": "[]"]).count == 6)
        #expect(names(["EnsRegionIds": "[\"cn-beijing-cmcc\",\"cn-chengdu-telecom\"]"]).count == 3)
        #expect(names(["InstanceResourceType": "EnsPostPaidInstance"]).sorted() == ["edge-relay", "edge-trial"])
        #expect(names(["SearchKey": "ingest"]).count == 2)
        #expect(names(["Status": "Stopped"]) == ["edge-trial"])
        let group = edge.test.succeed("DescribeSecurityGroups", ["SecurityGroupName": "edge-ops"])
        #expect(names(["SecurityGroupId": group.text("SecurityGroups.SecurityGroup.0.SecurityGroupId")]).count == 2)
        #expect(names(["OrderByParams": "{\"InstanceNameSort\":\"asc\"}", "PageSize": "2"]) == ["edge-cache-1", "edge-cache-2"])
        #expect(names(["OrderByParams": "{\"InstanceNameSort\":\"desc\"}"]).first == "edge-trial")
        edge.test.fail("DescribeInstances", ["OrderByParams": "{\"Height\":\"asc\"}"], 400, "InvalidOrderByParams")
        edge.test.fail("DescribeInstances", ["OrderByParams": "[]"], 400, "InvalidOrderByParams")
        edge.test.fail("DescribeInstances", ["PageSize": "101"], 400, "InvalidPageSize")
        let page = edge.test.succeed("DescribeInstances", ["PageSize": "4", "PageNumber": "2"])
        #expect(page.list("Instances.Instance").count == 2 && page.text("TotalCount") == "6")
    }

    @Test func clustersAndIPv6NeedWhatTheyNeed() throws {
        let edge = try EdgeCloud()
        let script = ["Scripts": "ZWNobyBoaQ=="]
        let small = edge.running(["InstanceType": "ens.sn1.stiny"])
        edge.test.fail("AttachEnsInstances", script.merging(["InstanceId": small]) { $1 }, 400, "UnsupportedOperation")
        let old = edge.running(["ImageId": "centos_6_08_64_20G_alibase_20171208"])
        edge.test.fail("AttachEnsInstances", script.merging(["InstanceId": old]) { $1 }, 400, "UnsupportedOperation")
        let fit = edge.running()
        edge.test.succeed("AttachEnsInstances", script.merging(["InstanceId": fit]) { $1 })
        #expect(edge.state(fit) == "Starting")
        edge.wait()
        let card = ["InstanceId": fit, "Networks": "{\"ipType\":\"public\",\"ipAddressType\":\"ipv6\"}"]
        edge.test.succeed("AddNetworkInterfaceToInstance", card)
        let shown = edge.test.succeed("DescribeInstances", ["InstanceId": fit])
        #expect(
            shown.list("Instances.Instance.0.PublicIpAddress.IpAddress").compactMap { Optional($0).text }.contains {
                $0.contains(":")
            })
        edge.test.fail("AddNetworkInterfaceToInstance", card, 400, "UnsupportedOperation")
        let elsewhere = edge.running(["EnsRegionId": "cn-wuhan-telecom"])
        edge.test.fail(
            "AddNetworkInterfaceToInstance", card.merging(["InstanceId": elsewhere]) { $1 }, 400, "UnsupportedOperation")
        edge.test.fail(
            "AddNetworkInterfaceToInstance", ["InstanceId": elsewhere, "Networks": "{\"ipType\":\"private\"}"], 400,
            "InvalidipType")
        edge.test.fail(
            "CreateInstance", edge.purchase(["EnsRegionId": "cn-wuhan-telecom", "IpType": "ipv6"]), 400, "InvalidIpType")
    }
}
