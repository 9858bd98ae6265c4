/// The elastic compute service.
enum ECS {
    static let version = "2014-05-26"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = [
        InstanceCreation.handlers,
        InstanceLifecycle.handlers,
        InstanceListing.handlers,
        InstanceAttributes.handlers,
        InstanceRoles.handlers,
        InstanceBilling.handlers,
        InstanceConsole.handlers,
        InstanceTypeListing.handlers,
        DiskCreation.handlers,
        DiskAttachment.handlers,
        DiskAttributes.handlers,
        DiskContents.handlers,
        DiskListing.handlers,
        SnapshotActions.handlers,
        SnapshotListing.handlers,
        SnapshotPolicyActions.handlers,
        ImageCreation.handlers,
        ImageTransfer.handlers,
        ImageAttributes.handlers,
        ImageListing.handlers,
        SecurityGroupActions.handlers,
        SecurityGroupRuleActions.handlers,
        SecurityGroupListing.handlers,
        SecurityGroupMembership.handlers,
        KeyPairActions.handlers,
        KeyPairBinding.handlers,
        NetworkInterfaceCreation.handlers,
        NetworkInterfaceAttachment.handlers,
        NetworkInterfaceAttributes.handlers,
        NetworkInterfaceListing.handlers,
        TagActions.handlers,
        RegionListing.handlers,
        AvailableResourceListing.handlers,
        ResourceModificationListing.handlers,
    ]
}
