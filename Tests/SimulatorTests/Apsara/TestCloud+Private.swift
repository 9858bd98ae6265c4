import Testing

@testable import Simulator

/// The private cloud with its fleet.
extension TestCloud {
    static let privateRegion = "cn-qingdao-sg-d01"
    static let privateZone = "cn-qingdao-sg-a01"
    static let otherPrivateZone = "cn-qingdao-sg-b01"

    static func privateCloud() throws -> TestCloud { try TestCloud(dialect: .apsara) }

    /// The parameters with the region of the private fleet.
    func here(_ parameters: [String: String] = [:]) -> [String: String] {
        ["RegionId": Self.privateRegion].merging(parameters) { _, own in own }
    }

    /// A machine of the private fleet as DescribeInstances shows it.
    func machine(_ name: String) -> Reply {
        var reply = succeed("DescribeInstances", here(["InstanceName": name]))
        reply.body = reply["Instances.Instance.0"] ?? .null
        return reply
    }

    /// A disk of the private fleet as DescribeDisks shows it.
    func privateDisk(_ id: String) -> Reply {
        var reply = succeed("DescribeDisks", here(["DiskIds": "[\"\(id)\"]"]))
        reply.body = reply["Disks.Disk.0"] ?? .null
        return reply
    }

    func privateDisk(named name: String) -> String {
        succeed("DescribeDisks", here(["DiskName": name])).text("Disks.Disk.0.DiskId")
    }

    /// Smallest parameters of RunInstances: the network of erp-1, or of the zone's other machine.
    func privateRun(zone: String = TestCloud.privateZone, _ more: [String: String] = [:]) -> [String: String] {
        let model = machine(zone == Self.privateZone ? "erp-1" : "line-control")
        return here([
            "ImageId": VendorImages.linux, "InstanceType": "ecs.g5.large",
            "SecurityGroupId": model.text("SecurityGroupIds.SecurityGroupId.0"),
            "VSwitchId": model.text("VpcAttributes.VSwitchId"),
        ]).merging(more) { _, own in own }
    }
}
