import Routes

/// What sets the clouds of the two dialects apart: where they are and what they offer.
struct Site: Sendable {
    let dialect: Dialect
    let geography: Geography
    let instanceTypeFamilies: [InstanceType.Family]
    let instanceTypes: [InstanceType]
    let diskCategories: [DiskCategory]

    /// The type with this name, or nil.
    func instanceType(_ id: String) -> InstanceType? { instanceTypes.first { $0.id == id } }

    /// The category with this name, or nil.
    func diskCategory(_ name: String) -> DiskCategory? { diskCategories.first { $0.name == name } }

    static func of(_ dialect: Dialect) -> Site {
        switch dialect {
        case .publicCloud: publicCloud
        case .apsara: privateCloud
        }
    }

    private static let publicCloud = Site(
        dialect: .publicCloud, geography: .publicCloud, instanceTypeFamilies: InstanceType.families,
        instanceTypes: InstanceType.all, diskCategories: DiskCategory.all)

    private static let privateCloud = Site(
        dialect: .apsara, geography: .privateCloud, instanceTypeFamilies: PrivateInstanceTypes.families,
        instanceTypes: PrivateInstanceTypes.all, diskCategories: DiskCategory.ofPrivateCloud)
}

extension DiskCategory {
    fileprivate static let ofPrivateCloud: [DiskCategory] = [
        DiskCategory(name: "cloud", dataSizes: 5...2000, systemSizes: 20...500, isCloudDisk: true),
        DiskCategory(name: "cloud_efficiency", dataSizes: 20...32_768, systemSizes: 20...500, isCloudDisk: true),
        DiskCategory(name: "cloud_ssd", dataSizes: 20...32_768, systemSizes: 20...500, isCloudDisk: true),
        DiskCategory(name: "ephemeral_ssd", dataSizes: 5...800, systemSizes: 20...500, isCloudDisk: false),
    ]
}
