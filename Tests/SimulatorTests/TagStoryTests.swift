import Testing

@testable import Simulator

@Suite struct TagStoryTests {
    private static func call(_ type: String, _ id: String, _ more: [String: String] = [:]) -> [String: String] {
        ["RegionId": "cn-hangzhou", "ResourceType": type, "ResourceId": id].merging(more) { $1 }
    }

    /// Every kind of resource that the simulated cloud has, and how its own listing shows a tag.
    @Test func everyKindCarriesTags() throws {
        let test = try TestCloud()
        let disk = test.disk(named: "archive-2023")
        let snapshot = test.succeed("DescribeSnapshots", ["RegionId": "cn-hangzhou"]).text(
            "Snapshots.Snapshot.0.SnapshotId")
        let image = test.succeed("CreateImage", ["RegionId": "cn-hangzhou", "InstanceId": test.instance(named: "web-1")])
            .text("ImageId")
        test.clock.advance(seconds: 200)
        let policy = test.succeed(
            "CreateAutoSnapshotPolicy",
            [
                "regionId": "cn-hangzhou", "timePoints": "[\"1\"]", "repeatWeekdays": "[\"1\"]", "retentionDays": "1",
            ]
        ).text("AutoSnapshotPolicyId")
        let interface = test.succeed("DescribeNetworkInterfaces", ["RegionId": "cn-hangzhou"])
            .text("NetworkInterfaceSets.NetworkInterfaceSet.0.NetworkInterfaceId")
        let resources = [
            "instance": test.instance(named: "web-1"), "disk": disk, "snapshot": snapshot, "image": image,
            "securitygroup": test.group(named: "web"), "keypair": "ops", "eni": interface, "snapshotpolicy": policy,
        ]
        for (type, id) in resources {
            test.succeed("AddTags", Self.call(type, id, ["Tag.1.Key": "owner", "Tag.1.Value": "me"]))
        }
        let counts = test.succeed("DescribeTags", ["RegionId": "cn-hangzhou", "Tag.1.Key": "owner"])
        #expect(counts.text("TotalCount") == "1" && counts.text("Tags.Tag.0.TagValue") == "me")
        let names = ["Instance", "Disk", "Snapshot", "Image", "Securitygroup", "KeyPair", "Eni", "SnapshotPolicy"]
        for name in names { #expect(counts.text("Tags.Tag.0.ResourceTypeCount.\(name)") == "1", "\(name)") }
        let wanted = ["RegionId": "cn-hangzhou", "Tag.1.Key": "owner", "Tag.1.Value": "me"]
        for action in [
            "DescribeInstances", "DescribeDisks", "DescribeSnapshots", "DescribeImages", "DescribeSecurityGroups",
            "DescribeKeyPairs", "DescribeNetworkInterfaces", "DescribeAutoSnapshotPolicyEx",
        ] {
            #expect(test.succeed(action, wanted).text("TotalCount") == "1", "\(action)")
        }
        for (type, id) in resources { test.succeed("RemoveTags", Self.call(type, id, ["Tag.1.Key": "owner"])) }
        #expect(test.succeed("DescribeTags", ["RegionId": "cn-hangzhou", "Tag.1.Key": "owner"]).text("TotalCount") == "0")
    }

    @Test func aKeyHasOneValue() throws {
        let test = try TestCloud()
        let id = test.group(named: "web")
        test.succeed(
            "AddTags",
            Self.call("securitygroup", id, ["Tag.1.Key": "a", "Tag.1.Value": "1", "Tag.2.Key": "b", "Tag.2.Value": ""]))
        test.succeed("AddTags", Self.call("securitygroup", id, ["Tag.1.Key": "a", "Tag.1.Value": "2"]))
        let tags = test.succeed("DescribeTags", Self.call("securitygroup", id)).list("Tags.Tag")
        #expect(tags.map { Optional($0)?["TagKey"].text } == ["a", "b"])
        #expect(tags.map { Optional($0)?["TagValue"].text } == ["2", ""])
        test.succeed("RemoveTags", Self.call("securitygroup", id, ["Tag.1.Key": "a", "Tag.1.Value": "1"]))
        #expect(test.succeed("DescribeTags", Self.call("securitygroup", id)).text("TotalCount") == "2")
        test.succeed("RemoveTags", Self.call("securitygroup", id, ["Tag.1.Key": "a", "Tag.1.Value": "2"]))
        #expect(test.succeed("DescribeTags", Self.call("securitygroup", id)).text("TotalCount") == "1")
        test.succeed("RemoveTags", Self.call("securitygroup", id))
        #expect(test.succeed("DescribeTags", Self.call("securitygroup", id)).text("TotalCount") == "0")
    }

    @Test func aResourceCarriesTwentyTags() throws {
        let test = try TestCloud()
        let id = test.group(named: "web")
        var call = Self.call("securitygroup", id)
        for index in 1...20 {
            call["Tag.\(index).Key"] = "key-\(index)"
            call["Tag.\(index).Value"] = "value"
        }
        test.succeed("AddTags", call)
        let next = Self.call("securitygroup", id, ["Tag.1.Key": "one-more", "Tag.1.Value": ""])
        test.fail("AddTags", next, 400, "OperationDenied.QuotaExceed")
        test.succeed("AddTags", Self.call("securitygroup", id, ["Tag.1.Key": "key-1", "Tag.1.Value": "other"]))
        call["Tag.21.Key"] = "x"
        call["Tag.21.Value"] = "x"
        test.fail("AddTags", call, 400, "InvalidTagCount")
    }

    @Test(arguments: [
        (["ResourceId": "i-none"], 404, "InvalidResourceId.NotFound"),
        (["ResourceType": "disk"], 404, "InvalidResourceId.NotFound"),
        (["ResourceType": "moon"], 404, "InvalidResourceType.NotFound"),
        (["ResourceType": "ddh"], 404, "InvalidResourceId.NotFound"),
        (["ResourceType": "reservedinstance"], 404, "InvalidResourceId.NotFound"),
        (["ResourceType": "image", "ResourceId": VendorImages.linux], 403, "InvalidResourceId.NotSupported"),
        (["RegionId": "mars"], 404, "InvalidRegionId.NotFound"),
        (["RegionId": "cn-beijing"], 404, "InvalidResourceId.NotFound"),
        (["Tag.1.Key": "aliyun"], 400, "InvalidTagKey.Malformed"), (["Tag.1.Key": "acs:x"], 400, "InvalidTagKey.Malformed"),
        (["Tag.1.Key": "http://x"], 400, "InvalidTagKey.Malformed"),
        (["Tag.1.Value": "https://x"], 400, "InvalidTagValue.Malformed"),
        (["Tag.1.Key": String(repeating: "k", count: 129)], 400, "InvalidTagKey.Malformed"),
        (["Tag.2.Key": "env", "Tag.2.Value": ""], 400, "Duplicate.TagKey"),
        (["Tag.2.Key": "lonely"], 400, "InvalidTag.Mismatch"),
        (["Tag.2.Value": "lonely"], 400, "InvalidTag.Mismatch"),
    ])
    func tagsThatAreRefused(change: [String: String], status: Int, code: String) throws {
        let test = try TestCloud()
        let instance = test.instance(named: "web-1")
        let call = Self.call("instance", instance, ["Tag.1.Key": "env", "Tag.1.Value": "x"]).merging(change) { $1 }
        test.fail("AddTags", call, status, code)
    }

    @Test func filters() throws {
        let test = try TestCloud()
        func list(_ more: [String: String]) -> Reply {
            test.succeed("DescribeTags", ["RegionId": "cn-hangzhou"].merging(more) { $1 })
        }
        let environments = list(["Tag.1.Key": "environment"])
        #expect(
            environments.list("Tags.Tag").compactMap { Optional($0)?["TagValue"].text } == [
                "archive", "production", "staging", "test",
            ])
        #expect(environments.text("Tags.Tag.0.ResourceTypeCount.Disk") == "2")
        #expect(environments.text("Tags.Tag.1.ResourceTypeCount.Instance") == "9")
        #expect(list(["Tag.1.Key": "environment", "ResourceType": "disk"]).text("TotalCount") == "1")
        let both = list([
            "Tag.1.Key": "environment", "Tag.1.Value": "production", "Tag.2.Key": "role", "Tag.2.Value": "web",
        ])
        #expect(both.text("TotalCount") == "2" && both.text("Tags.Tag.0.ResourceTypeCount.Instance") == "2")
        #expect(list(["RegionId": "cn-beijing"]).text("TotalCount") == "0")
        #expect(list(["PageSize": "1", "PageNumber": "2"]).text("Tags.Tag.0.TagValue") == "production")
    }

    @Test func tagsGoWithTheirResource() throws {
        let test = try TestCloud()
        let call = ["RegionId": "cn-hangzhou", "VpcId": test.vpc, "Tag.1.Key": "short", "Tag.1.Value": "lived"]
        let id = test.succeed("CreateSecurityGroup", call).text("SecurityGroupId")
        #expect(test.succeed("DescribeTags", ["RegionId": "cn-hangzhou", "Tag.1.Key": "short"]).text("TotalCount") == "1")
        test.succeed("DeleteSecurityGroup", ["RegionId": "cn-hangzhou", "SecurityGroupId": id])
        #expect(test.succeed("DescribeTags", ["RegionId": "cn-hangzhou", "Tag.1.Key": "short"]).text("TotalCount") == "0")
    }
}
