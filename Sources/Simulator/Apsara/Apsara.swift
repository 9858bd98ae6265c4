/// The elastic compute service of the private cloud, Apsara Stack Enterprise: what it has besides the public cloud's, and
/// what it does otherwise.
enum Apsara {
    static let product = SimulatedProduct(
        dialect: .apsara, version: ECS.version, families: families, commonErrors: commonErrors, spellings: spellings)

    private static let families: [[String: ActionHandler]] = [
        DeploymentSetActions.handlers,
        DeploymentSetTopology.handlers,
        InstancePlacement.handlers,
        PrivateInstanceNetwork.handlers,
        DiskMigrationActions.handlers,
        SnapshotTransfer.handlers,
    ]
}
