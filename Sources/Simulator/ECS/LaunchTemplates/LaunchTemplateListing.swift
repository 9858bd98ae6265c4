import Bytes

/// Finding launch templates and their versions.
enum LaunchTemplateListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeLaunchTemplates": list,
        "DescribeLaunchTemplateVersions": listVersions,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let ids = wanted("LaunchTemplateId", context)
        let names = wanted("LaunchTemplateName", context)
        let found = world.launchTemplates.newestFirst.filter {
            $0.regionId == region && (ids.isEmpty || ids.contains($0.id)) && (names.isEmpty || names.contains($0.name))
        }
        let page = try Page(found, context)
        return .object(
            page.members("LaunchTemplateSets", "LaunchTemplateSet") { template in
                [
                    "LaunchTemplateId": .string(template.id), "LaunchTemplateName": .string(template.name),
                    "CreateTime": .string(template.creationTime.text), "ModifiedTime": .string(template.modifiedTime.text),
                    "DefaultVersionNumber": .integer(template.defaultVersionNumber),
                    "LatestVersionNumber": .integer(template.latestVersionNumber), "CreatedBy": .string(context.accountId),
                ]
            })
    }

    /// The document has one value, the vendor's clients send several.
    private static func wanted(_ name: String, _ context: ActionContext) -> [String] {
        (context.parameters.text(name).map { [$0] } ?? []) + context.parameters.list(name)
    }

    @Sendable
    private static func listVersions(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let template = try world.requiredTemplate(context)
        let parameters = context.parameters
        let numbers = Set(parameters.list("LaunchTemplateVersion").compactMap { Int($0) })
        let least = parameters.integer("MinVersion") ?? .min
        let range = least...max(least, parameters.integer("MaxVersion") ?? .max)
        let found = template.versions.reversed().filter { version in
            if parameters.flag("DefaultVersion") == true, version.number != template.defaultVersionNumber { return false }
            return range.contains(version.number) && (numbers.isEmpty || numbers.contains(version.number))
        }
        let page = try Page(found, context)
        let current = world
        return .object(
            page.members("LaunchTemplateVersionSets", "LaunchTemplateVersionSet") { version in
                [
                    "LaunchTemplateId": .string(template.id), "LaunchTemplateName": .string(template.name),
                    "VersionNumber": .integer(version.number), "VersionDescription": .string(version.description),
                    "DefaultVersion": .bool(version.number == template.defaultVersionNumber),
                    "CreateTime": .string(version.creationTime.text), "ModifiedTime": .string(version.creationTime.text),
                    "CreatedBy": .string(context.accountId), "LaunchTemplateData": version.rendered(current),
                ]
            })
    }
}

extension LaunchTemplate.Version {
    private static let texts = [
        "ImageId", "InstanceType", "SecurityGroupId", "VSwitchId", "InstanceName", "Description", "InternetMaxBandwidthIn",
        "InternetMaxBandwidthOut", "HostName", "ZoneId", "SystemDisk.Category", "SystemDisk.DiskName",
        "SystemDisk.Description", "IoOptimized", "InternetChargeType", "NetworkType", "UserData", "KeyPairName",
        "RamRoleName", "AutoReleaseTime", "SpotStrategy", "SecurityEnhancementStrategy",
    ]

    /// What the version sets, and nothing that it leaves open. Names with a full stop are such names, not objects.
    fileprivate func rendered(_ world: World) -> JSONValue {
        var members = Self.texts.compactMap { name in
            parameters.text(name).map { JSONValue.Member(name, .string($0)) }
        }
        if let image = parameters.text("ImageId").flatMap({ world.images[$0] }) {
            members.append(.init("ImageOwnerAlias", .string(image.owner.rawValue)))
        }
        if let size = parameters.integer("SystemDisk.Size") { members.append(.init("SystemDisk.Size", .integer(size))) }
        if let limit = parameters.number("SpotPriceLimit") { members.append(.init("SpotPriceLimit", .decimal(limit))) }
        members.append(.init("DataDisks", list("DataDisk", "DataDisk")))
        members.append(.init("NetworkInterfaces", list("NetworkInterface", "NetworkInterface")))
        members.append(.init("Tags", list("Tag", "InstanceTag")))
        return .object(members)
    }

    private func list(_ name: String, _ element: String) -> JSONValue {
        .list(
            element,
            parameters.structures(name).map { entry in
                .object(
                    entry.values.sorted { $0.key < $1.key }.map { name, value in
                        switch name {
                        case "Size": .init(name, Int(value).map { .integer($0) } ?? .string(value))
                        case "Encrypted": .init(name, .bool(value == "true"))
                        default: .init(name, .string(value))
                        }
                    })
            })
    }
}
