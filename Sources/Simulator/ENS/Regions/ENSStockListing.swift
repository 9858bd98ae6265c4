import Bytes

/// What can be bought: sizes, images, nodes and ways of paying for bandwidth.
enum ENSStockListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstanceSpec": listSpecs,
        "DescribeImageInfos": listImages,
        "DescribeAvailableResourceInfo": listResources,
        "DescribeBandWithdChargeType": listChargeTypes,
    ]

    /// How bandwidth can be paid for, with the name that people see.
    static let chargeTypes: [(id: String, name: String)] = [
        ("BandwidthByDay", "日峰值带宽"), ("95BandwidthByMonth", "月95峰值带宽"),
    ]

    @Sendable
    private static func listSpecs(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let specs = ENSInstanceSpec.all.map { spec -> JSONValue in
            [
                "InstanceType": .string(spec.id), "DisplayName": .string(spec.name), "Core": .string(String(spec.cores)),
                "Memory": .string(String(spec.memory)),
            ]
        }
        return ENS.done.with("InstanceSpecs", .list("InstanceSpec", specs))
            .with("BandwidthLimit", .integer(ENSInstanceSpec.bandwidthLimit))
            .with("SystemDiskMaxSize", .integer(ENSInstanceSpec.systemDisk.upperBound))
            .with("DataDiskMinSize", .integer(ENSInstanceSpec.dataDisk.lowerBound))
            .with("DataDiskMaxSize", .integer(ENSInstanceSpec.dataDisk.upperBound))
    }

    @Sendable
    private static func listImages(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let system = context.parameters.text("OsType")
        let images = ENSImage.all.filter { system == nil || $0.system == system }.map { image -> JSONValue in
            [
                "ImageId": .string(image.id), "Description": .string(image.id), "OSName": .string(image.system),
                "OSType": image.isWindows ? "windows" : "linux", "ImageVersion": .string(image.version),
                "ImageSize": .string(String(image.size)),
            ]
        }
        return ENS.done.with("Images", .list("Image", images))
    }

    @Sendable
    private static func listResources(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let types = world.ens.bandwidthChargeType.map { [$0] } ?? chargeTypes.map(\.id)
        let resources: JSONValue = [
            "BandwidthTypes": .list("BandwidthType", types),
            "EnsRegionIds": .list("EnsRegionId", ENSNode.all.map(\.id)),
            "EnsRegionIdsExtends": .list("EnsRegionId", ENSNode.all.map(\.rendered)),
            "InstanceSpeces": .list("InstanceSpec", ENSInstanceSpec.all.map(\.id)),
            "SystemDiskMinSize": .integer(ENSInstanceSpec.systemDisk.lowerBound),
            "SystemDiskMaxSize": .integer(ENSInstanceSpec.systemDisk.upperBound),
            "DataDiskMinSize": .integer(ENSInstanceSpec.dataDisk.lowerBound),
            "DataDiskMaxSize": .integer(ENSInstanceSpec.dataDisk.upperBound),
        ]
        let images = ENSImage.all.map { image -> JSONValue in
            ["ImageId": .string(image.id), "ImageName": .string(image.id), "ImageSize": .integer(image.size)]
        }
        return ["SupportResources": .list("SupportResource", [resources]), "Images": .list("Image", images)]
    }

    /// Once the account pays in one way, no other is left to it. The cycle is not told for now.
    @Sendable
    private static func listChargeTypes(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let own = world.ens.bandwidthChargeType
        let types = chargeTypes.filter { own == nil || $0.id == own }.map { type -> JSONValue in
            ["BandWidthType": .string(type.id), "BandWidthName": .string(type.name)]
        }
        return ENS.done.with("BandWithTypeInfo", .array(types)).with("ChargeCycleInfo", .array([.object([])]))
            .with("ChargeContractType", "ChargeByUnified")
    }
}
