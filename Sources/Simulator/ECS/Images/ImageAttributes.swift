import Bytes

/// Changing, sharing and deleting images.
enum ImageAttributes {
    static let handlers: [String: ActionHandler] = [
        "ModifyImageAttribute": modify,
        "DeleteImage": delete,
        "DescribeImageSharePermission": listShares,
        "ModifyImageSharePermission": modifyShares,
    ]

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var image = try ImageRules.ownImage(world, context)
        let name = parameters.text("ImageName")
        try ImageRules.check(name: name, description: parameters.text("Description"))
        if let name, name != image.name {
            let isTaken = world.images.all.contains {
                $0.owner == .own && $0.regionId == image.regionId && $0.name == name
            }
            guard !isTaken else { throw CloudError("InvalidImageName.Duplicated") }
            image.name = name
        }
        image.description = parameters["Description"] ?? image.description
        image.bootMode = parameters.text("BootMode") ?? image.bootMode
        image.family = parameters.text("ImageFamily") ?? image.family
        image.licenseType = parameters.text("LicenseType") ?? image.licenseType
        image.imdsSupport = parameters.text("Features.ImdsSupport") ?? image.imdsSupport
        image.nvmeSupport = parameters.text("Features.NvmeSupport") ?? image.nvmeSupport
        if let wanted = parameters.text("Status").flatMap(Image.State.init(rawValue:)) {
            guard [.available, .deprecated].contains(image.state.state(at: context.now)) else {
                throw .invalid("Status")
            }
            image.state = Timeline(wanted, since: context.now)
        }
        world.images[image.id] = image
        return .empty
    }

    /// An image that does not exist is deleted already.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        guard let image = world.images[try context.required("ImageId")], image.regionId == region else { return .empty }
        guard image.owner == .own else { throw CloudError("InvalidImageId.NotFound") }
        if !image.state.isSettled(at: context.now) {
            switch image.origin {
            case .copy: throw CloudError("OperationDenied.ImageCopying")
            case .oss: throw CloudError("ImageIsImporting")
            case .snapshot, .vendor: throw CloudError("ImageIsCreating")
            }
        }
        guard !image.isExporting(at: context.now) else { throw CloudError("ImageIsExporting") }
        guard image.shares.isEmpty else { throw CloudError("ImageUseShared") }
        guard !world.isUsed(image) || context.parameters.flag("Force") == true else {
            throw CloudError("ImageUsingByInstance")
        }
        world.tags[.image, image.id] = []
        world.images[image.id] = nil
        return .empty
    }

    @Sendable
    private static func listShares(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let image = try ImageRules.ownImage(world, context)
        let page = try Page(image.shares, context)
        let groups: [JSONValue] = image.isPublic ? [["Group": "all"]] : []
        let members = page.members("Accounts", "Account") { share in
            ["AliyunId": .string(share.accountId), "SharedTime": .string(share.since.text)]
        }
        return .object(
            [
                .init("ImageId", .string(image.id)), .init("RegionId", .string(image.regionId)),
                .init("ShareGroups", .list("ShareGroup", groups)),
            ] + members)
    }

    /// Accounts that one call adds or removes; further ones are ignored.
    private static let accountsPerCall = 10
    /// Accounts that an image can be shared with.
    private static let accountsPerImage = 50

    @Sendable
    private static func modifyShares(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var image = try ImageRules.ownImage(world, context)
        guard image.state.state(at: context.now) == .available else { throw CloudError("IncorrectImageStatus") }
        let added = parameters.list("AddAccount").prefix(accountsPerCall)
        let removed = parameters.list("RemoveAccount").prefix(accountsPerCall)
        for account in added + removed {
            guard account != context.accountId else { throw CloudError("InvalidAccount.Forbidden") }
            guard (8...20).contains(account.utf8.count), account.utf8.allSatisfy(\.isASCIIDigit) else {
                throw CloudError("InvalidAccount.NotFound")
            }
        }
        image.shares.removeAll { removed.contains($0.accountId) }
        for account in added where !image.shares.contains(where: { $0.accountId == account }) {
            image.shares.append(Image.Share(accountId: account, since: context.now))
        }
        guard image.shares.count <= accountsPerImage else { throw CloudError("QuotaExceed.ShareImageUser") }
        image.isPublic = parameters.flag("IsPublic") ?? image.isPublic
        world.images[image.id] = image
        return .empty
    }
}
