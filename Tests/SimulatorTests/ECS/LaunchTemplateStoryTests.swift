import Bytes
import Testing

@testable import Simulator

@Suite struct LaunchTemplateStoryTests {
    private static let name = ["RegionId": "cn-hangzhou", "LaunchTemplateName": "web"]

    /// A template of the smallest parameters of RunInstances, and its id.
    private func newTemplate(_ test: TestCloud, _ more: [String: String] = [:]) -> String {
        test.succeed("CreateLaunchTemplate", test.runParameters(["LaunchTemplateName": "web"]).merging(more) { $1 })
            .text("LaunchTemplateId")
    }

    private func versions(_ test: TestCloud, _ id: String, _ more: [String: String] = [:]) -> [String] {
        test.succeed("DescribeLaunchTemplateVersions", ["RegionId": "cn-hangzhou", "LaunchTemplateId": id].merging(more) { $1 })
            .list("LaunchTemplateVersionSets.LaunchTemplateVersionSet").map { $0["VersionNumber"].text ?? "" }
    }

    @Test func versionsComeAndGo() throws {
        let test = try TestCloud()
        let id = newTemplate(test)
        let place = ["RegionId": "cn-hangzhou", "LaunchTemplateId": id]
        let second = test.succeed("CreateLaunchTemplateVersion", place.merging(["InstanceType": "ecs.c6.large"]) { $1 })
        #expect(second.text("LaunchTemplateVersionNumber") == "2")
        test.succeed("CreateLaunchTemplateVersion", Self.name.merging(["VersionDescription": "third"]) { $1 })
        #expect(versions(test, id) == ["3", "2", "1"])
        #expect(versions(test, id, ["MinVersion": "2", "MaxVersion": "2"]) == ["2"])
        #expect(versions(test, id, ["LaunchTemplateVersion.1": "1", "LaunchTemplateVersion.2": "3"]) == ["3", "1"])
        #expect(versions(test, id, ["DefaultVersion": "true"]) == ["1"])
        test.fail(
            "DeleteLaunchTemplateVersion", place.merging(["DeleteVersion.1": "1"]) { $1 }, 403,
            "InvalidOperation.DeleteDefaultVersion")
        let missing = test.fail(
            "ModifyLaunchTemplateDefaultVersion", place.merging(["DefaultVersionNumber": "9"]) { $1 }, 400,
            "InvalidLaunchTemplateVersion.NotFound")
        #expect(missing.text("Message") == "The specified LaunchTemplateId \"\(id)\" Version \"9\" is not found.")
        test.succeed("ModifyLaunchTemplateDefaultVersion", place.merging(["DefaultVersionNumber": "2"]) { $1 })
        test.succeed("DeleteLaunchTemplateVersion", place.merging(["DeleteVersion.1": "1", "DeleteVersion.2": "3"]) { $1 })
        #expect(versions(test, id) == ["2"])
        // Numbers are never given twice.
        let fourth = test.succeed("CreateLaunchTemplateVersion", place)
        #expect(fourth.text("LaunchTemplateVersionNumber") == "4")
        let shown = test.succeed("DescribeLaunchTemplates", place)
        #expect(shown.text("LaunchTemplateSets.LaunchTemplateSet.0.DefaultVersionNumber") == "2")
        #expect(shown.text("LaunchTemplateSets.LaunchTemplateSet.0.LatestVersionNumber") == "4")
        test.succeed("DeleteLaunchTemplate", place)
        #expect(test.succeed("DescribeLaunchTemplates", TestCloud.region).text("TotalCount") == "0")
        test.fail("DescribeLaunchTemplateVersions", place, 400, "InvalidLaunchTemplate.NotFound")
        test.fail("DeleteLaunchTemplate", place, 400, "InvalidParameter")
    }

    @Test func whatIsRefused() throws {
        let test = try TestCloud()
        let id = newTemplate(test)
        func create(_ more: [String: String], _ status: Int, _ code: String) {
            test.fail(
                "CreateLaunchTemplate", ["RegionId": "cn-hangzhou", "LaunchTemplateName": "other"].merging(more) { $1 }, status,
                code)
        }
        create(["LaunchTemplateName": "web"], 403, "LaunchTemplateName.Duplicated")
        create(["LaunchTemplateName": "1web"], 400, "InvalidLaunchTemplateName.Malformed")
        create(["VersionDescription": "http://x"], 400, "InvalidDescription.Malformed")
        create(["UserData": "no Base64"], 400, "InvalidUserData.Base64FormatInvalid")
        create(["UserData": String(repeating: "QUJD", count: 6000)], 400, "InvalidUserData.SizeExceeded")
        create(["SystemDisk.Size": "501"], 400, "InvalidParameter")
        test.fail("CreateLaunchTemplateVersion", TestCloud.region, 400, "MissingParameter")
        test.fail(
            "CreateLaunchTemplateVersion", ["RegionId": "cn-beijing", "LaunchTemplateId": id], 400,
            "InvalidLaunchTemplate.NotFound")
        test.fail(
            "DescribeLaunchTemplateVersions", Self.name.merging(["LaunchTemplateId": "lt-none"]) { $1 }, 400,
            "InvalidLaunchTemplate.NotFound")
    }

    @Test func quotas() throws {
        let test = try TestCloud()
        for number in 1...30 {
            test.succeed("CreateLaunchTemplate", ["RegionId": "cn-hangzhou", "LaunchTemplateName": "lt\(number)"])
        }
        test.fail(
            "CreateLaunchTemplate", ["RegionId": "cn-hangzhou", "LaunchTemplateName": "lt31"], 403, "LaunchTemplateLimitExceed")
        test.succeed("CreateLaunchTemplate", ["RegionId": "cn-beijing", "LaunchTemplateName": "lt31"])
        let first = ["RegionId": "cn-hangzhou", "LaunchTemplateName": "lt1"]
        for _ in 2...30 { test.succeed("CreateLaunchTemplateVersion", first) }
        test.fail("CreateLaunchTemplateVersion", first, 403, "LaunchTemplateVersionLimitExceed")
    }

    @Test func instancesFromATemplate() throws {
        let test = try TestCloud()
        let id = newTemplate(
            test,
            [
                "InstanceName": "from-template", "InternetMaxBandwidthOut": "5", "DataDisk.1.Size": "40", "DataDisk.2.Size": "50",
                "Tag.1.Key": "team", "Tag.1.Value": "web", "NetworkType": "VPC",
            ])
        func run(_ more: [String: String]) -> Reply {
            let ran = test.succeed("RunInstances", ["RegionId": "cn-hangzhou", "LaunchTemplateId": id].merging(more) { $1 })
            let shown = test.succeed(
                "DescribeInstances",
                [
                    "RegionId": "cn-hangzhou", "InstanceIds": "[\"\(ran.text("InstanceIdSets.InstanceIdSet.0"))\"]",
                ])
            var reply = shown
            reply.body = shown["Instances.Instance.0"] ?? .null
            return reply
        }
        let plain = run([:])
        #expect(plain.text("InstanceName") == "from-template")
        #expect(plain.text("InternetMaxBandwidthOut") == "5")
        #expect(plain.text("Tags.Tag.0.TagValue") == "web")
        let disks = ["RegionId": "cn-hangzhou", "InstanceId": plain.text("InstanceId"), "DiskType": "data"]
        #expect(test.succeed("DescribeDisks", disks).text("TotalCount") == "2")
        // What the call says goes first; an empty value says nothing.
        let own = run(["InstanceName": "own", "DataDisk.1.Size": "30", "InstanceType": "", "Tag.1.Key": "a", "Tag.1.Value": "b"])
        #expect(own.text("InstanceName") == "own")
        #expect(own.text("InstanceType") == "ecs.g6.large")
        #expect(own.list("Tags.Tag").count == 1)
        let ownDisks = ["RegionId": "cn-hangzhou", "InstanceId": own.text("InstanceId"), "DiskType": "data"]
        #expect(test.succeed("DescribeDisks", ownDisks).text("TotalCount") == "1")
        test.succeed("CreateLaunchTemplateVersion", ["RegionId": "cn-hangzhou", "LaunchTemplateId": id, "ImageId": "m-none"])
        let region = ["RegionId": "cn-hangzhou", "LaunchTemplateName": "web"]
        // Only now is it found that there is no such image.
        test.fail("RunInstances", region.merging(["LaunchTemplateVersion": "2"]) { $1 }, 404, "InvalidImageId.NotFound")
        test.fail(
            "RunInstances", region.merging(["LaunchTemplateVersion": "3"]) { $1 }, 404, "InvalidLaunchTemplateVersion.NotFound")
        test.fail(
            "RunInstances", ["RegionId": "cn-hangzhou", "LaunchTemplateId": "lt-none"], 404, "InvalidLaunchTemplate.NotFound")
        test.succeed("RunInstances", region)
    }

    @Test func theDataOfAVersion() throws {
        let test = try TestCloud()
        let id = newTemplate(
            test,
            [
                "SystemDisk.Size": "60", "SystemDisk.Category": "cloud_ssd", "SpotPriceLimit": "0.5", "DataDisk.1.Size": "40",
                "DataDisk.1.Encrypted": "true", "NetworkInterface.1.NetworkInterfaceName": "second",
            ])
        let shown = test.succeed("DescribeLaunchTemplateVersions", ["RegionId": "cn-hangzhou", "LaunchTemplateId": id])
        let data = shown["LaunchTemplateVersionSets.LaunchTemplateVersionSet.0.LaunchTemplateData"]
        #expect(data?["SystemDisk.Size"].text == "60")
        #expect(data?["SystemDisk.Category"].text == "cloud_ssd")
        #expect(data?["ImageOwnerAlias"].text == "system")
        let disk = shown["LaunchTemplateVersionSets.LaunchTemplateVersionSet.0.LaunchTemplateData.DataDisks.DataDisk.0"]
        #expect(disk == ["Encrypted": true, "Size": 40])
    }

    @Test func tagsOnATemplate() throws {
        let test = try TestCloud()
        let id = newTemplate(test)
        let resource = ["RegionId": "cn-hangzhou", "ResourceType": "launchtemplate", "ResourceId": id]
        test.succeed("AddTags", resource.merging(["Tag.1.Key": "a", "Tag.1.Value": "b"]) { $1 })
        #expect(test.succeed("DescribeTags", resource).text("Tags.Tag.0.ResourceTypeCount.LaunchTemplate") == "1")
        test.succeed("DeleteLaunchTemplate", Self.name)
        test.fail("AddTags", resource.merging(["Tag.1.Key": "a", "Tag.1.Value": "b"]) { $1 }, 404, "InvalidResourceId.NotFound")
    }

    /// The vendor's clients number the filters.
    @Test func bothSpellingsOfTheFilter() throws {
        let test = try TestCloud()
        let ids = ["one", "two", "three"].map {
            test.succeed("CreateLaunchTemplate", ["RegionId": "cn-hangzhou", "LaunchTemplateName": $0]).text("LaunchTemplateId")
        }
        func count(_ more: [String: String]) -> String {
            test.succeed("DescribeLaunchTemplates", TestCloud.region.merging(more) { $1 }).text("TotalCount")
        }
        #expect(count([:]) == "3")
        #expect(count(["LaunchTemplateId": ids[0]]) == "1")
        #expect(count(["LaunchTemplateId.1": ids[0], "LaunchTemplateId.2": ids[2]]) == "2")
        #expect(count(["LaunchTemplateName.1": "two"]) == "1")
    }
}
