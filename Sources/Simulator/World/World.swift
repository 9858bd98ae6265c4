/// Everything that exists in the simulated cloud: a value, with one table for each kind of resource. What a record is like
/// at an instant is computed from its timelines when it is read.
struct World: Sendable {
    var identifiers: IdentifierGenerator

    var instances = Table<Instance>()
    var disks = Table<Disk>()
    var snapshots = Table<Snapshot>()
    var images = Table<Image>()
    var snapshotPolicies = Table<SnapshotPolicy>()

    var vpcs = Table<Vpc>()
    var vSwitches = Table<VSwitch>()
    var securityGroups = Table<SecurityGroup>()
    var networkInterfaces = Table<NetworkInterface>()
    /// By ``KeyPair/key(region:name:)``.
    var keyPairs = Table<KeyPair>()

    var launchTemplates = Table<LaunchTemplate>()
    var commands = Table<Command>()
    var invocations = Table<Invocation>()
    var tasks = Table<CloudTask>()
    var systemEvents = Table<SystemEvent>()
    var diskEvents = Table<DiskEvent>()
    var classicLinks = ClassicLinks()
    /// The elastic addresses that public addresses of instances became, by allocation id.

    var vpc = VPCWorld()
    var slb = SLBWorld()
    var ens = ENSWorld()
    var apsara = ApsaraWorld()

    var tags = TagStore()
    /// Names of the RAM roles that instances may take.
    var ramRoles: Set<String> = []
    /// Settings of the older, account-wide policy of automatic snapshots.
    var accountSnapshotPolicy = AccountSnapshotPolicy()
    /// Up to when ``settle(at:)`` has carried out what was due.
    var settledUntil: SimulatedTime?

    init(seed: UInt64) {
        identifiers = IdentifierGenerator(seed: seed)
    }

    /// Carries out what fell due up to `now`: releases, automatic snapshots, the end of retentions, deletions.
    mutating func settle(at now: SimulatedTime) {
        // First, so that what an instance has given back does not go with it.
        settleInterfaces(at: now)
        for instance in instances.all {
            if let release = instance.autoReleaseTime, release <= now { remove(instance) }
        }
        addAutomaticSnapshots(from: settledUntil ?? now, until: now)
        settleSnapshots(at: now)
        settleVPC(at: now)
        settleSLB(at: now)
        settleENS(at: now)
        settleApsara(at: now)
        settledUntil = max(now, settledUntil ?? now)
    }
}
