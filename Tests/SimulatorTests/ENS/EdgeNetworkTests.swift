import Testing

@testable import Simulator

@Suite struct EdgeNetworkTests {
    @Test func aNetworkFromMakingToDeleting() throws {
        let edge = try EdgeCloud()
        let made = edge.test.succeed(
            "CreateNetwork",
            ["EnsRegionId": EdgeCloud.node, "CidrBlock": "192.168.0.0/20", "NetworkName": "lab", "Description": "For tests"])
        let network = ["NetworkId": made.text("NetworkId")]
        let vSwitch = [
            "EnsRegionId": EdgeCloud.node, "CidrBlock": "192.168.1.0/24", "NetworkId": made.text("NetworkId"),
            "VSwitchName": "lab-a",
        ]
        #expect(edge.test.succeed("DescribeNetworkAttribute", network).text("Status") == "Pending")
        edge.test.fail("CreateVSwitch", vSwitch, 400, "IncorrectInstanceStatus")
        edge.wait()
        let part = edge.test.succeed("CreateVSwitch", vSwitch).text("VSwitchId")
        let listed = edge.test.succeed("DescribeVSwitches", ["VSwitchId": part])
        #expect(listed.text("VSwitches.VSwitch.0.Status") == "Pending")
        #expect(listed.text("VSwitches.VSwitch.0.FreeIpCount") == "252")
        edge.wait()
        let shown = edge.test.succeed("DescribeNetworkAttribute", network)
        #expect(shown.text("VSwitchIds.VSwitchId.0") == part && shown.text("NetworkName") == "lab")
        #expect(shown.text("CloudResources.CloudResourceSetType.0.ResourceCount") == "1")
        edge.test.fail("DeleteNetwork", network, 400, "IncorrectInstanceStatus")
        let instance = edge.running(["VSwitchId": part, "PrivateIpAddress": "192.168.1.9"])
        #expect(edge.test.succeed("DescribeInstances", ["VSwitchId": part]).text("Instances.Instance.0.InstanceId") == instance)
        edge.test.fail("DeleteVSwitch", ["VSwitchId": part], 400, "IncorrectInstanceStatus")
        edge.test.fail(
            "CreateInstance", edge.purchase(["VSwitchId": part, "PrivateIpAddress": "192.168.1.9"]), 400,
            "InvalidPrivateIpAddress")
        edge.test.cloud.withWorld { $0.ens.instances[instance]?.kind = .postPaid }
        edge.test.succeed("ReleasePostPaidInstance", ["InstanceId": instance])
        edge.test.succeed("DeleteVSwitch", ["VSwitchId": part])
        edge.test.succeed("DeleteNetwork", network)
        edge.test.fail("DescribeNetworkAttribute", network, 400, "InstanceNotFound")
    }

    @Test(arguments: [
        ("CreateNetwork", ["CidrBlock": "11.0.0.0/16"], "InvalidCidrBlock"),
        ("CreateNetwork", ["CidrBlock": "10.0.0.1/16"], "InvalidCidrBlock"),
        ("CreateNetwork", ["CidrBlock": "10.0.0.0/8", "NetworkName": "1st"], "InvalidNetworkName"),
        ("CreateNetwork", ["CidrBlock": "10.0.0.0/8", "Description": "http://x"], "InvalidDescription"),
        ("CreateNetwork", ["CidrBlock": "10.0.0.0/8", "EnsRegionId": "cn-mars"], "InvalidEnsRegionId"),
        ("CreateVSwitch", ["CidrBlock": "10.8.0.0/30"], "InvalidCidrBlock"),
        ("CreateVSwitch", ["CidrBlock": "10.9.0.0/24"], "InvalidCidrBlock"),
        ("CreateVSwitch", ["CidrBlock": "10.8.0.128/25"], "InvalidCidrBlock"),
        ("CreateVSwitch", ["CidrBlock": "10.8.1.0/24", "NetworkId": "n-none"], "InvalidNetworkId"),
        ("CreateVSwitch", ["CidrBlock": "172.16.0.0/24", "NetworkId": ""], "MissingNetworkId"),
        ("CreateVSwitch", ["CidrBlock": "10.8.1.0/24", "EnsRegionId": "cn-wuhan-telecom"], "InvalidNetworkId"),
    ])
    func creationWith(action: String, parameters: [String: String], code: String) throws {
        let edge = try EdgeCloud()
        var base = ["EnsRegionId": EdgeCloud.node]
        if action == "CreateVSwitch" { base["NetworkId"] = edge.network().network }
        edge.test.fail(action, base.merging(parameters) { $1 }, 400, code)
    }

    @Test func aVSwitchFindsItsNetworkByTheRange() throws {
        let edge = try EdgeCloud()
        let (network, _) = edge.network()
        let part = edge.test.succeed("CreateVSwitch", ["EnsRegionId": EdgeCloud.node, "CidrBlock": "10.8.5.0/24"])
        let shown = edge.test.succeed("DescribeVSwitches", ["VSwitchId": part.text("VSwitchId")])
        #expect(shown.text("VSwitches.VSwitch.0.NetworkId") == network)
        edge.test.succeed("ModifyVSwitchAttribute", ["VSwitchId": part.text("VSwitchId"), "VSwitchName": "found"])
        #expect(edge.test.succeed("DescribeVSwitches", ["VSwitchName": "found"]).text("TotalCount") == "1")
        edge.test.succeed("ModifyNetworkAttribute", ["NetworkId": network, "NetworkName": "wide"])
        #expect(edge.test.succeed("DescribeNetworks", ["NetworkName": "wide"]).text("TotalCount") == "1")
    }

    @Test func vSwitchesAreSortedByNode() throws {
        let edge = try EdgeCloud()
        _ = edge.network()
        func nodes(_ order: [String: String]) -> [String] {
            edge.test.succeed("DescribeVSwitches", order).list("VSwitches.VSwitch").compactMap { $0["EnsRegionId"].text }
        }
        #expect(nodes([:]) == ["cn-hangzhou-cmcc", "cn-beijing-cmcc"])
        #expect(nodes(["OrderByParams": "{\"EnsRegionId\":\"asc\"}"]) == ["cn-beijing-cmcc", "cn-hangzhou-cmcc"])
        edge.test.fail("DescribeVSwitches", ["OrderByParams": "{\"EnsRegionId\":\"up\"}"], 400, "InvalidOrderByParams")
    }

    @Test func securityGroupsWithRulesAndMembers() throws {
        let edge = try EdgeCloud()
        let id = edge.test.succeed("CreateSecurityGroup", ["SecurityGroupName": "lab"]).text("SecurityGroupId")
        let rule = [
            "SecurityGroupId": id, "IpProtocol": "tcp", "PortRange": "80/90", "SourceCidrIp": "10.0.0.0/8", "Priority": "5",
        ]
        edge.test.succeed("AuthorizeSecurityGroup", rule)
        edge.test.succeed("AuthorizeSecurityGroup", rule)
        edge.test.succeed(
            "AuthorizeSecurityGroupEgress",
            [
                "SecurityGroupId": id, "IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0", "Policy": "drop",
            ])
        let shown = edge.test.succeed("DescribeSecurityGroupAttribute", ["SecurityGroupId": id])
        let rules = shown.list("Permissions.Permission")
        #expect(rules.map { $0["Direction"].text } == ["ingress", "egress"])
        #expect(rules.map { $0["IpProtocol"].text } == ["TCP", "ALL"] && rules.map { $0["Policy"].text } == ["Accept", "Drop"])
        edge.test.succeed("RevokeSecurityGroup", rule)
        #expect(
            edge.test.succeed("DescribeSecurityGroupAttribute", ["SecurityGroupId": id]).list("Permissions.Permission").count == 1
        )
        edge.test.succeed("ModifySecurityGroupAttribute", ["SecurityGroupId": id, "Description": "a lab"])
        let member = ["SecurityGroupId": id, "InstanceId": edge.instance("edge-relay")]
        edge.test.fail("LeaveSecurityGroup", member, 400, "InvalidInstanceId")
        edge.test.succeed("JoinSecurityGroup", member)
        edge.test.fail("JoinSecurityGroup", member, 400, "InvalidInstanceId")
        let listed = edge.test.succeed("DescribeSecurityGroups", ["SecurityGroupId": id])
        #expect(listed.text("SecurityGroups.SecurityGroup.0.InstanceCount") == "1")
        edge.test.fail("DeleteSecurityGroup", ["SecurityGroupId": id], 400, "IncorrectInstanceStatus")
        edge.test.succeed("RebootInstance", ["InstanceId": member["InstanceId"] ?? ""])
        edge.test.fail("LeaveSecurityGroup", member, 400, "IncorrectInstanceStatus")
        edge.wait()
        edge.test.succeed("LeaveSecurityGroup", member)
        edge.test.succeed("DeleteSecurityGroup", ["SecurityGroupId": id])
        edge.test.fail("DeleteSecurityGroup", ["SecurityGroupId": id], 400, "InstanceNotFound")
    }

    @Test(arguments: [
        (["IpProtocol": "TCP"], "InvalidIpProtocol"), (["IpProtocol": "all"], "InvalidPortRange"),
        (["PortRange": "0/10"], "InvalidPortRange"), (["PortRange": "200/1"], "InvalidPortRange"),
        (["SourcePortRange": "-1/-1"], "InvalidSourcePortRange"), (["SourceCidrIp": "10.0.0.1/8"], "InvalidSourceCidrIp"),
        (["Priority": "101"], "InvalidPriority"), (["Policy": "deny"], "InvalidPolicy"),
        (["SecurityGroupId": "sg-none"], "InstanceNotFound"), (["SourceCidrIp": ""], "MissingSourceCidrIp"),
    ])
    func rulesWith(parameters: [String: String], code: String) throws {
        let edge = try EdgeCloud()
        let rule = [
            "SecurityGroupId": edge.test.succeed("CreateSecurityGroup").text("SecurityGroupId"), "IpProtocol": "tcp",
            "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8",
        ]
        edge.test.fail("AuthorizeSecurityGroup", rule.merging(parameters) { $1 }, 400, code)
    }

    @Test func keyPairs() throws {
        let edge = try EdgeCloud()
        let made = edge.test.succeed("CreateKeyPair", ["KeyPairName": "mine"])
        #expect(made.text("PrivateKeyBody").hasPrefix("-----BEGIN") && made.text("KeyPairFingerPrint").count == 32)
        edge.test.fail("CreateKeyPair", ["KeyPairName": "mine"], 400, "InvalidKeyPairName")
        let key = MadeKeyPair(seed: 7).publicKey
        let imported = edge.test.succeed("ImportKeyPair", ["KeyPairName": "theirs", "PublicKeyBody": key.text])
        #expect(imported.text("KeyPairFingerPrint") == key.fingerprint)
        edge.test.fail("ImportKeyPair", ["KeyPairName": "other", "PublicKeyBody": "ssh-dss AAAA"], 400, "InvalidPublicKeyBody")
        #expect(edge.test.succeed("DescribeKeyPairs", ["PageSize": "2"]).text("TotalCount") == "3")
        let id = edge.running(["KeyPairName": "mine"])
        edge.test.succeed("DeleteKeyPairs", ["KeyPairName": "mine"])
        #expect(edge.test.succeed("DescribeKeyPairs", ["KeyPairName": "mine"]).text("TotalCount") == "0")
        #expect(edge.state(id) == "Running")
        edge.test.fail("DeleteKeyPairs", ["KeyPairName": "mine"], 400, "InstanceNotFound")
    }
}
