/// The handlers of one family of actions of one product.
struct ActionFamily: Sendable {
    /// API version, which names the product on the wire.
    let version: String
    let handlers: [String: ActionHandler]
}

/// All actions that the simulated cloud answers.
enum ActionTable {
    /// Every family; a new one is added here.
    static let families: [ActionFamily] = [
        ActionFamily(version: ECS.version, handlers: InstanceCreation.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceLifecycle.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceListing.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceAttributes.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceRoles.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceBilling.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceConsole.handlers),
        ActionFamily(version: ECS.version, handlers: InstanceTypeListing.handlers),
        ActionFamily(version: ECS.version, handlers: DiskCreation.handlers),
        ActionFamily(version: ECS.version, handlers: DiskAttachment.handlers),
        ActionFamily(version: ECS.version, handlers: DiskAttributes.handlers),
        ActionFamily(version: ECS.version, handlers: DiskContents.handlers),
        ActionFamily(version: ECS.version, handlers: DiskListing.handlers),
        ActionFamily(version: ECS.version, handlers: SnapshotActions.handlers),
        ActionFamily(version: ECS.version, handlers: SnapshotListing.handlers),
        ActionFamily(version: ECS.version, handlers: SnapshotPolicyActions.handlers),
        ActionFamily(version: ECS.version, handlers: ImageCreation.handlers),
        ActionFamily(version: ECS.version, handlers: ImageTransfer.handlers),
        ActionFamily(version: ECS.version, handlers: ImageAttributes.handlers),
        ActionFamily(version: ECS.version, handlers: ImageListing.handlers),
        ActionFamily(version: ECS.version, handlers: SecurityGroupActions.handlers),
        ActionFamily(version: ECS.version, handlers: SecurityGroupRuleActions.handlers),
        ActionFamily(version: ECS.version, handlers: SecurityGroupListing.handlers),
        ActionFamily(version: ECS.version, handlers: SecurityGroupMembership.handlers),
        ActionFamily(version: ECS.version, handlers: KeyPairActions.handlers),
        ActionFamily(version: ECS.version, handlers: KeyPairBinding.handlers),
        ActionFamily(version: ECS.version, handlers: NetworkInterfaceCreation.handlers),
        ActionFamily(version: ECS.version, handlers: NetworkInterfaceAttachment.handlers),
        ActionFamily(version: ECS.version, handlers: NetworkInterfaceAttributes.handlers),
        ActionFamily(version: ECS.version, handlers: NetworkInterfaceListing.handlers),
        ActionFamily(version: ECS.version, handlers: TagActions.handlers),
        ActionFamily(version: ECS.version, handlers: RegionListing.handlers),
        ActionFamily(version: ECS.version, handlers: AvailableResourceListing.handlers),
        ActionFamily(version: ECS.version, handlers: ResourceModificationListing.handlers),
    ]

    /// The handler of an action, or nil when the simulated cloud has none.
    static func handler(version: String, action: String) -> ActionHandler? {
        byVersion[version]?[action]
    }

    private static let byVersion: [String: [String: ActionHandler]] = {
        var table: [String: [String: ActionHandler]] = [:]
        for family in families {
            table[family.version, default: [:]].merge(family.handlers) { first, _ in first }
        }
        return table
    }()
}

/// The elastic compute service.
enum ECS {
    static let version = "2014-05-26"
}
