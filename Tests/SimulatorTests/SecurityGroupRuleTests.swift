import Bytes
import Testing

@testable import Simulator

@Suite struct SecurityGroupRuleTests {
    /// A cloud with a new group; calls name both.
    private struct Fixture {
        let test: TestCloud
        let group: String

        init() throws {
            test = try TestCloud()
            group = test.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": test.vpc]).text(
                "SecurityGroupId")
        }

        func with(_ more: [String: String]) -> [String: String] {
            ["RegionId": "cn-hangzhou", "SecurityGroupId": group].merging(more) { $1 }
        }

        func rules(_ more: [String: String] = [:]) -> [JSONValue] {
            test.succeed("DescribeSecurityGroupAttribute", with(more)).list("Permissions.Permission")
        }
    }

    private static let ssh = ["IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"]

    @Test func aRuleIsThereOnceWhateverIsRepeated() throws {
        let fixture = try Fixture()
        let call = fixture.with(Self.ssh)
        fixture.test.succeed("AuthorizeSecurityGroup", call)
        fixture.test.succeed("AuthorizeSecurityGroup", call.merging(["IpProtocol": "TCP", "Policy": "accept"]) { $1 })
        let rules = fixture.rules()
        #expect(rules.count == 1)
        let expected = [
            "IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "Policy": "Accept", "Priority": "1",
            "NicType": "intranet", "Direction": "ingress", "DestCidrIp": "", "SourceGroupId": "",
        ]
        for (name, value) in expected { #expect(rules.first?[name].text == value, "\(name)") }
        fixture.test.succeed("AuthorizeSecurityGroup", call.merging(["Policy": "drop"]) { $1 })
        #expect(fixture.rules().count == 2)
        fixture.test.succeed("RevokeSecurityGroup", call)
        #expect(fixture.rules().map { Optional($0)?["Policy"].text } == ["Drop"])
        fixture.test.succeed("RevokeSecurityGroup", call)
        #expect(fixture.rules().count == 1)
    }

    @Test func directionsAreApart() throws {
        let fixture = try Fixture()
        fixture.test.succeed("AuthorizeSecurityGroup", fixture.with(Self.ssh))
        let out = ["IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0", "Priority": "100"]
        fixture.test.succeed("AuthorizeSecurityGroupEgress", fixture.with(out))
        #expect(fixture.rules(["Direction": "ingress"]).map { Optional($0)?["IpProtocol"].text } == ["TCP"])
        #expect(fixture.rules(["Direction": "egress"]).map { Optional($0)?["Priority"].text } == ["100"])
        #expect(fixture.rules(["NicType": "intranet"]).count == 2)
        #expect(fixture.rules(["NicType": "internet"]).isEmpty)
        fixture.test.succeed("RevokeSecurityGroupEgress", fixture.with(out.merging(["Priority": "99"]) { $1 }))
        #expect(fixture.rules().count == 2)
        fixture.test.succeed("RevokeSecurityGroupEgress", fixture.with(out))
        #expect(fixture.rules().count == 1)
    }

    @Test func severalRulesComeTogetherOrNotAtAll() throws {
        let fixture = try Fixture()
        func permissions(_ last: String) -> [String: String] {
            fixture.with([
                "Permissions.1.IpProtocol": "TCP", "Permissions.1.PortRange": "80/80",
                "Permissions.1.SourceCidrIp": "0.0.0.0/0",
                "Permissions.2.IpProtocol": "ICMPv6", "Permissions.2.PortRange": "-1/-1",
                "Permissions.2.Ipv6SourceCidrIp": last, "Permissions.2.Description": "ping",
            ])
        }
        fixture.test.fail("AuthorizeSecurityGroup", permissions("2001:db8::1/32"), 400, "ILLEGAL_IPV6_CIDR")
        #expect(fixture.rules().isEmpty)
        fixture.test.succeed("AuthorizeSecurityGroup", permissions("2001:DB8:0::/32"))
        let rules = fixture.rules()
        #expect(rules.map { Optional($0)?["PortRange"].text } == ["80/80", "-1/-1"])
        #expect(rules.last?["Ipv6SourceCidrIp"].text == "2001:db8::/32" && rules.last?["Description"].text == "ping")
        fixture.test.fail("AuthorizeSecurityGroup", permissions("::/0").merging(Self.ssh) { $1 }, 400, "InvalidParameter")
        fixture.test.succeed("RevokeSecurityGroup", permissions("2001:db8::/32"))
        #expect(fixture.rules().isEmpty)
    }

    @Test(arguments: [
        (["IpProtocol": ""], 400, "InvalidIpProtocol.ValueNotSupported"),
        (["IpProtocol": "smtp"], 400, "InvalidIpProtocol.ValueNotSupported"),
        (["PortRange": ""], 400, "MissingParameter"), (["PortRange": "22"], 400, "InvalidIpProtocol.Malformed"),
        (["PortRange": "200/1"], 400, "InvalidIpProtocol.Malformed"), (["PortRange": "-1/-1"], 400, "OperationDenied"),
        (["PortRange": "1/65536"], 400, "InvalidIpProtocol.Malformed"),
        (["IpProtocol": "icmp"], 400, "OperationDenied"), (["IpProtocol": "all"], 400, "OperationDenied"),
        (["SourceCidrIp": ""], 400, "MissingParameter.Source"),
        (["SourceCidrIp": "10.0.0.0/33"], 400, "InvalidSourceCidrIp.Malformed"),
        (["SourceCidrIp": "2001:db8::/32"], 400, "InvalidSourceCidrIp.Malformed"),
        (["DestCidrIp": "10.0.0.0/8"], 400, "InvalidParamter.Conflict"),
        (["Ipv6SourceCidrIp": "::/0"], 400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address"),
        (["Ipv6DestCidrIp": "::/0"], 400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address"),
        (["Priority": "0"], 400, "InvalidPriority.ValueNotSupported"),
        (["Priority": "101"], 400, "InvalidPriority.ValueNotSupported"),
        (["Policy": "reject"], 400, "InvalidPolicy.Malformed"),
        (["NicType": "both"], 400, "InvalidNicType.ValueNotSupported"),
        (["NicType": "internet"], 400, "InvalidNicType.Mismatch"),
        (["SourcePortRange": "-1/-1"], 400, "InvalidSourcePortRange.Malformed"),
        (["Description": String(repeating: "x", count: 513)], 400, "InvalidSecurityGroupDiscription.Malformed"),
        (["SecurityGroupId": "sg-none"], 404, "InvalidSecurityGroupId.NotFound"),
        (["RegionId": "cn-beijing"], 404, "InvalidSecurityGroupId.NotFound"),
        (["SourceCidrIp": "", "SourceGroupId": "sg-none"], 404, "InvalidSourceGroupId.NotFound"),
        (["SourceCidrIp": "", "SourcePrefixListId": "pl-none"], 404, "InvalidPrefixListId.NotFound"),
    ])
    func rulesThatAreRefused(change: [String: String], status: Int, code: String) throws {
        let fixture = try Fixture()
        let call = fixture.with(Self.ssh).merging(change) { $1 }
        fixture.test.fail("AuthorizeSecurityGroup", call, status, code)
        #expect(fixture.rules().isEmpty)
    }

    @Test func rulesBetweenGroups() throws {
        let fixture = try Fixture()
        let test = fixture.test
        let ports = ["IpProtocol": "udp", "PortRange": "53/53"]
        func into(_ more: [String: String]) -> [String: String] { fixture.with(ports.merging(more) { $1 }) }
        test.fail("AuthorizeSecurityGroup", into(["SourceGroupId": fixture.group]), 403, "InvalidParamter.Conflict")
        test.fail("AuthorizeSecurityGroupEgress", into(["DestGroupId": fixture.group]), 403, "InvalidSecurityGroup.IsSame")
        let web = test.group(named: "web")
        test.fail(
            "AuthorizeSecurityGroup", into(["SourceGroupId": web, "NicType": "internet"]), 403,
            "InvalidSourceGroupId.Mismatch")
        test.fail(
            "AuthorizeSecurityGroup", into(["SourceGroupId": web, "SourceGroupOwnerId": "7"]), 404,
            "InvalidSourceGroupId.NotFound")
        let foreign = test.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": test.addVpc()]).text(
            "SecurityGroupId")
        test.fail("AuthorizeSecurityGroup", into(["SourceGroupId": foreign]), 400, "InvalidSourceGroupId.Mismatch")
        test.fail("AuthorizeSecurityGroupEgress", into(["DestGroupId": foreign]), 400, "InvalidDestGroupId.Mismatch")
        test.succeed("AuthorizeSecurityGroup", into(["SourceGroupId": web, "NicType": "intranet"]))
        test.succeed("AuthorizeSecurityGroup", into(["SourceGroupId": web, "SourceCidrIp": "10.1.0.0/16"]))
        test.succeed("AuthorizeSecurityGroupEgress", into(["DestGroupId": web]))
        let rules = fixture.rules()
        #expect(rules.map { Optional($0)?["SourceGroupId"].text } == [web, "", ""])
        #expect(rules.map { Optional($0)?["SourceCidrIp"].text } == ["", "10.1.0.0/16", ""])
        #expect(rules.last?["DestGroupName"].text == "web")
        let bastion = test.group(named: "bastion")
        test.succeed("AuthorizeSecurityGroup", into(["SourceGroupId": bastion]))
        test.succeed("RevokeSecurityGroup", into(["SourceGroupId": "\(web), \(bastion)"]))
        #expect(fixture.rules().map { Optional($0)?["SourceCidrIp"].text } == ["10.1.0.0/16", ""])
    }

    @Test func changingByValues() throws {
        let fixture = try Fixture()
        fixture.test.fail("ModifySecurityGroupRule", fixture.with(Self.ssh), 404, "SecurityGroupRule.NotFound")
        fixture.test.succeed("AuthorizeSecurityGroup", fixture.with(Self.ssh))
        fixture.test.succeed(
            "ModifySecurityGroupRule", fixture.with(Self.ssh).merging(["Description": "office", "Priority": "7"]) { $1 })
        let rule = fixture.rules().first
        #expect(rule?["Description"].text == "office" && rule?["Priority"].text == "7")
        fixture.test.fail(
            "ModifySecurityGroupEgressRule",
            fixture.with(["IpProtocol": "tcp", "PortRange": "22/22", "DestCidrIp": "10.0.0.0/8"]), 404,
            "SecurityGroupRule.NotFound")
    }

    @Test func changingAndRemovingById() throws {
        let fixture = try Fixture()
        let test = fixture.test
        test.succeed("AuthorizeSecurityGroup", fixture.with(Self.ssh))
        test.succeed("AuthorizeSecurityGroup", fixture.with(Self.ssh).merging(["PortRange": "23/23"]) { $1 })
        let ids = fixture.rules().compactMap { Optional($0)?["SecurityGroupRuleId"].text }
        try #require(ids.count == 2)
        func change(_ more: [String: String]) -> [String: String] {
            fixture.with(["SecurityGroupRuleId": ids[0]].merging(more) { $1 })
        }
        test.succeed("ModifySecurityGroupRule", change(["PortRange": "2222/2222", "SourceCidrIp": "10.9.0.0/16"]))
        let rule = fixture.rules().first
        #expect(rule?["PortRange"].text == "2222/2222" && rule?["SourceCidrIp"].text == "10.9.0.0/16")
        test.fail("ModifySecurityGroupRule", change(["SourceGroupId": test.group(named: "web")]), 400, "InvalidParameter")
        test.fail("ModifySecurityGroupRule", change(["Description": ""]), 400, "InvalidParameter")
        test.fail(
            "ModifySecurityGroupRule", change(["PortRange": "23/23", "SourceCidrIp": "10.0.0.0/8"]), 400, "InvalidParameter"
        )
        test.fail("ModifySecurityGroupEgressRule", change([:]), 404, "SecurityGroupRule.NotFound")
        test.fail(
            "RevokeSecurityGroupEgress", fixture.with(["SecurityGroupRuleId.1": ids[0]]), 404,
            "InvalidSecurityGroupRule.RuleNotExist")
        test.fail(
            "RevokeSecurityGroup", fixture.with(["SecurityGroupRuleId.1": ids[0], "SecurityGroupRuleId.2": "sgr-none"]),
            400, "InvalidParam.SecurityGroupRuleId")
        #expect(fixture.rules().count == 2)
        test.fail(
            "RevokeSecurityGroup", fixture.with(Self.ssh).merging(["SecurityGroupRuleId.1": ids[0]]) { $1 }, 400,
            "InvalidParameter")
        test.succeed(
            "RevokeSecurityGroup", fixture.with(["SecurityGroupRuleId.1": ids[1], "SecurityGroupRuleId.2": ids[0]]))
        #expect(fixture.rules().isEmpty)
    }

    @Test func aGroupHoldsTwoHundredRules() throws {
        let fixture = try Fixture()
        for start in [1, 101] {
            var call = fixture.with([:])
            for index in 0..<100 {
                call["Permissions.\(index + 1).IpProtocol"] = "TCP"
                call["Permissions.\(index + 1).PortRange"] = "\(start + index)/\(start + index)"
                call["Permissions.\(index + 1).SourceCidrIp"] = "0.0.0.0/0"
            }
            fixture.test.succeed("AuthorizeSecurityGroup", call)
        }
        fixture.test.fail("AuthorizeSecurityGroup", fixture.with(Self.ssh), 403, "AuthorizationLimitExceed")
        let again = Self.ssh.merging(["SourceCidrIp": "0.0.0.0/0"]) { $1 }
        fixture.test.succeed("AuthorizeSecurityGroup", fixture.with(again))
        let page = fixture.test.succeed("DescribeSecurityGroupAttribute", fixture.with(["MaxResults": "150"]))
        #expect(page.list("Permissions.Permission").count == 150)
        let rest = fixture.test.succeed(
            "DescribeSecurityGroupAttribute", fixture.with(["MaxResults": "150", "NextToken": page.text("NextToken")]))
        #expect(rest.list("Permissions.Permission").count == 50 && rest.text("NextToken").isEmpty)
    }

    @Test(arguments: [
        ("2001:db8::/32", "2001:db8::/32"), ("2001:0DB8:0:0::1", "2001:db8::1/128"), ("::/0", "::/0"),
        ("fe80::/10", "fe80::/10"),
        ("2001:db8::1/32", nil), ("2001:db8::/129", nil), ("2001:db8::/", nil), ("2001:db8::/032", nil),
        ("10.0.0.0/8", nil),
        ("", nil), ("/", nil), ("::/0/0", nil), ("fe80::1%eth0", nil), ("fec0::/9", nil),
    ])
    func ipv6Networks(text: String, canonical: String?) {
        #expect(IPv6Network(text)?.text == canonical)
    }
}
