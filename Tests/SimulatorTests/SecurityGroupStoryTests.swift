import Testing

@testable import Simulator

@Suite struct SecurityGroupStoryTests {
    private static let region = ["RegionId": "cn-hangzhou"]

    private func newGroup(_ test: TestCloud, _ more: [String: String] = [:]) -> String {
        test.succeed("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": test.vpc].merging(more) { $1 })
            .text("SecurityGroupId")
    }

    @Test func createShowChangeDelete() throws {
        let test = try TestCloud()
        let id = newGroup(test, ["SecurityGroupName": "edge", "Description": "At the edge", "Tag.1.Key": "team"])
        let found = test.succeed("DescribeSecurityGroups", ["RegionId": "cn-hangzhou", "SecurityGroupName": "edge"])
        #expect(found.text("TotalCount") == "1" && found.text("RegionId") == "cn-hangzhou")
        #expect(found.text("SecurityGroups.SecurityGroup.0.SecurityGroupId") == id)
        #expect(found.text("SecurityGroups.SecurityGroup.0.CreationTime") == "2026-01-02T03:04:05Z")
        #expect(found.text("SecurityGroups.SecurityGroup.0.Tags.Tag.0.TagKey") == "team")
        let both = ["RegionId": "cn-hangzhou", "SecurityGroupId": id]
        test.succeed("ModifySecurityGroupAttribute", both.merging(["SecurityGroupName": "border"]) { $1 })
        let shown = test.succeed("DescribeSecurityGroupAttribute", both)
        #expect(shown.text("SecurityGroupName") == "border" && shown.text("Description") == "At the edge")
        #expect(shown.text("InnerAccessPolicy") == "Accept" && shown.list("Permissions.Permission").isEmpty)
        test.succeed("DeleteSecurityGroup", both)
        test.fail("DeleteSecurityGroup", both, 404, "InvalidSecurityGroupId.NotFound")
        test.fail("DescribeSecurityGroupAttribute", both, 404, "InvalidSecurityGroupId.NotFound")
    }

    @Test(arguments: [
        ("VpcId", "", 403, "InvalidVpcId.NotFound"), ("VpcId", "vpc-none", 404, "InvalidVpcId.NotFound"),
        ("RegionId", "mars", 404, "InvalidRegionId.NotFound"), ("RegionId", "cn-beijing", 404, "InvalidVpcId.NotFound"),
        ("SecurityGroupName", "9lives", 400, "InvalidSecurityGroupName.Malformed"),
        ("Description", "http://x", 400, "InvalidDescription.Malformed"),
        ("Tag.1.Key", "aliyun-x", 400, "InvalidTagKey.Malformed"),
        ("SecurityGroupType", "huge", 400, "InvalidParameter"),
    ])
    func createWith(name: String, value: String, status: Int, code: String) throws {
        let test = try TestCloud()
        test.fail(
            "CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": test.vpc].merging([name: value]) { $1 }, status,
            code)
    }

    @Test func aRegionHoldsAHundredGroups() throws {
        let test = try TestCloud()
        let before = Int(test.succeed("DescribeSecurityGroups", Self.region).text("TotalCount")) ?? 0
        for _ in before..<100 { _ = newGroup(test) }
        test.fail("CreateSecurityGroup", ["RegionId": "cn-hangzhou", "VpcId": test.vpc], 403, "QuotaExceed.SecurityGroup")
    }

    @Test func aGroupInUseIsNotDeleted() throws {
        let test = try TestCloud()
        let used = test.group(named: "database")
        let reply = test.fail(
            "DeleteSecurityGroup", Self.region.merging(["SecurityGroupId": used]) { $1 }, 403, "DependencyViolation")
        #expect(reply.text("Message").contains("still instance(s)"))
        let named = newGroup(test)
        let other = newGroup(test)
        let rule = [
            "RegionId": "cn-hangzhou", "SecurityGroupId": other, "IpProtocol": "tcp", "PortRange": "22/22",
            "SourceGroupId": named,
        ]
        test.succeed("AuthorizeSecurityGroup", rule)
        let delete = ["RegionId": "cn-hangzhou", "SecurityGroupId": named]
        let second = test.fail("DeleteSecurityGroup", delete, 403, "DependencyViolation")
        #expect(second.text("Message").contains("authorized in another one"))
        let ask = ["RegionId": "cn-hangzhou", "SecurityGroupId.1": named, "SecurityGroupId.2": other]
        let references = test.succeed("DescribeSecurityGroupReferences", ask)
        #expect(references.list("SecurityGroupReferences.SecurityGroupReference").count == 1)
        #expect(references.text("SecurityGroupReferences.SecurityGroupReference.0.SecurityGroupId") == named)
        let path = "SecurityGroupReferences.SecurityGroupReference.0.ReferencingSecurityGroups.ReferencingSecurityGroup.0"
        #expect(references.text(path + ".SecurityGroupId") == other)
        test.succeed("RevokeSecurityGroup", rule)
        test.succeed("DeleteSecurityGroup", delete)
        test.fail("DescribeSecurityGroupReferences", ask, 400, "InvalidSecurityGroupId.NotFound")
    }

    @Test func membersOfAGroup() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "web-1")
        var joined = newGroup(test)
        let first = ["InstanceId": instance, "SecurityGroupId": joined]
        test.fail("LeaveSecurityGroup", first, 403, "InstanceNotInSecurityGroup")
        test.succeed("JoinSecurityGroup", first)
        test.fail("JoinSecurityGroup", first, 403, "InvalidInstanceId.AlreadyExists")
        for _ in 0..<3 {
            joined = newGroup(test)
            test.succeed("JoinSecurityGroup", ["InstanceId": instance, "SecurityGroupId": joined])
        }
        let sixth = ["InstanceId": instance, "SecurityGroupId": newGroup(test)]
        test.fail("JoinSecurityGroup", sixth, 400, "InstanceSecurityGroupLimitExceeded")
        let shown = test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(instance)\"]"])
        let groups = shown.list("Instances.Instance.0.SecurityGroupIds.SecurityGroupId").compactMap { Optional($0).text }
        #expect(groups.count == 5 && groups.last == joined)
        let interfaces = test.succeed("DescribeNetworkInterfaces", ["RegionId": "cn-hangzhou", "SecurityGroupId": joined])
        #expect(interfaces.text("NetworkInterfaceSets.NetworkInterfaceSet.0.InstanceId") == instance)
        for group in groups.dropLast() {
            test.succeed("LeaveSecurityGroup", ["InstanceId": instance, "SecurityGroupId": group])
        }
        let last = ["InstanceId": instance, "SecurityGroupId": joined]
        test.fail("LeaveSecurityGroup", last, 403, "InstanceLastSecurityGroup")
        let counted = test.succeed(
            "DescribeSecurityGroups",
            [
                "RegionId": "cn-hangzhou", "SecurityGroupIds": "[\"\(joined)\"]", "IsQueryEcsCount": "true",
            ])
        #expect(counted.text("SecurityGroups.SecurityGroup.0.EcsCount") == "1")
        #expect(counted.text("SecurityGroups.SecurityGroup.0.AvailableInstanceAmount") == "999")
    }

    @Test func joiningNeedsASettledUnlockedInstanceOfTheSameNetwork() throws {
        let test = try TestCloud()
        let instance = test.instance(named: "web-1")
        let call = ["InstanceId": instance, "SecurityGroupId": newGroup(test)]
        test.fail("JoinSecurityGroup", ["SecurityGroupId": call["SecurityGroupId"] ?? ""], 400, "MissingParameter")
        test.fail(
            "JoinSecurityGroup", ["InstanceId": "i-none", "SecurityGroupId": "sg-none"], 404, "InvalidInstanceId.NotFound")
        test.fail(
            "JoinSecurityGroup", ["InstanceId": instance, "SecurityGroupId": "sg-none"], 404,
            "InvalidSecurityGroupId.NotFound")
        test.cloud.withWorld { $0.instances[instance]?.locks = [.security] }
        test.fail("JoinSecurityGroup", call, 403, "InstanceLockedForSecurity")
        test.cloud.withWorld { $0.instances[instance]?.locks = [] }
        test.succeed("StopInstance", ["InstanceId": instance])
        test.fail("JoinSecurityGroup", call, 403, "IncorrectInstanceStatus")
        test.clock.advance(seconds: 60)
        let foreign = newGroup(test, ["VpcId": test.addVpc()])
        test.fail(
            "JoinSecurityGroup", ["InstanceId": instance, "SecurityGroupId": foreign], 400, "InvalidInstanceId.Mismatch")
        test.succeed("JoinSecurityGroup", call)
    }

    @Test func whatMembersMayDoWithEachOther() throws {
        let test = try TestCloud()
        let normal = ["RegionId": "cn-hangzhou", "SecurityGroupId": newGroup(test)]
        test.succeed("ModifySecurityGroupPolicy", normal.merging(["InnerAccessPolicy": "drop"]) { $1 })
        #expect(test.succeed("DescribeSecurityGroupAttribute", normal).text("InnerAccessPolicy") == "Drop")
        test.fail(
            "ModifySecurityGroupPolicy", normal.merging(["InnerAccessPolicy": "Maybe"]) { $1 }, 400,
            "InvalidPolicy.Malformed")
        let enterprise = [
            "RegionId": "cn-hangzhou", "SecurityGroupId": newGroup(test, ["SecurityGroupType": "enterprise"]),
        ]
        #expect(test.succeed("DescribeSecurityGroupAttribute", enterprise).text("InnerAccessPolicy") == "Drop")
        test.fail(
            "ModifySecurityGroupPolicy", enterprise.merging(["InnerAccessPolicy": "Accept"]) { $1 }, 400,
            "InvalidPolicy.Malformed")
    }

    @Test func filters() throws {
        let test = try TestCloud()
        _ = newGroup(test, ["SecurityGroupType": "enterprise", "Tag.1.Key": "a", "Tag.1.Value": "b"])
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeSecurityGroups", Self.region.merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "4")
        #expect(count(["SecurityGroupType": "enterprise"]) == "1")
        #expect(count(["NetworkType": "classic"]) == "0")
        #expect(count(["VpcId": test.vpc]) == "4")
        #expect(count(["Tag.1.Key": "a", "Tag.1.Value": "b"]) == "1")
        #expect(count(["Tag.1.Key": "a", "Tag.1.Value": "c"]) == "0")
        #expect(count(["RegionId": "cn-beijing"]) == "0")
        #expect(count(["SecurityGroupIds": "[\"sg-none\"]"]) == "0")
        test.fail("DescribeSecurityGroups", Self.region.merging(["DryRun": "true"]) { $1 }, 400, "DryRunOperation")
    }
}
