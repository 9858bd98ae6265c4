/// A virtual machine.
struct Instance: Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        case pending = "Pending"
        case starting = "Starting"
        case running = "Running"
        case stopping = "Stopping"
        case stopped = "Stopped"
    }

    /// Why operations on an instance are refused.
    enum LockReason: String, Hashable, Sendable {
        case financial, security
        case recycling = "Recycling"
    }

    enum ChargeType: String, Hashable, Sendable {
        case prePaid = "PrePaid"
        case postPaid = "PostPaid"
    }

    let id: String
    let regionId: String
    var zoneId: String
    var name: String
    var description = ""
    var hostName: String
    var serialNumber: String
    var imageId: String
    var type: InstanceType
    var isIOOptimized = true
    let creationTime: SimulatedTime

    var state: Timeline<State>
    /// When it last went to Running; nil when it was never started.
    var startTime: SimulatedTime?
    /// Whether the instance stops without charge; empty while it runs.
    var stopsCharging = false
    var locks: [LockReason] = []

    /// Empty in the classic network.
    var vpcId: String
    var vSwitchId: String
    /// In the classic network, the address inside it.
    var privateIpAddress: String
    /// Whether the address was changed since the last stop.
    var changedAddressSinceStop = false
    var publicIpAddresses: [String] = []
    var internetMaxBandwidthIn = 10
    var internetMaxBandwidthOut = 0
    var internetChargeType = "PayByTraffic"
    var securityGroupIds: [String]

    var chargeType = ChargeType.postPaid
    /// End of a subscription.
    var expiredTime: SimulatedTime?
    var autoReleaseTime: SimulatedTime?
    var renewal = Renewal()
    var spot = SpotOptions()

    var keyPairName = ""
    var ramRoleName = ""
    var userData = ""
    /// Whether a login password was set. The password itself is not kept.
    var hasPassword = false
    var vncPassword = ""
    var hasDeletionProtection = false
    var resourceGroupId = ""
    var creditSpecification = ""
    var metadata = MetadataOptions()
    var privateDnsName = PrivateDnsNameOptions()
    var assistant = AssistantClient.installed

    /// Cloud assistant's client on an instance.
    enum AssistantClient: Hashable, Sendable {
        case absent
        /// Installed, but of use only after a restart.
        case awaitingRestart
        case installed
    }

    /// How a subscription goes on.
    struct Renewal: Sendable {
        var status = "Normal"
        var duration = 1
        var periodUnit = "Month"
    }

    /// Terms of a spot instance.
    struct SpotOptions: Sendable {
        var strategy = "NoSpot"
        var priceLimit = 0.0
        var duration = 1
        var interruptionBehavior = "Terminate"
    }

    /// Access to the instance's metadata service.
    struct MetadataOptions: Sendable {
        var httpEndpoint = "enabled"
        var httpTokens = "optional"
    }

    /// Names that the private DNS gives to an instance.
    struct PrivateDnsNameOptions: Sendable {
        var hostnameType = "Custom"
        var instanceIdRecord = false
        var instanceIdIPv6Record = false
        var ipRecord = false
        var ipPointerRecord = false
    }

    /// Whether the instance is in the classic network, and in no VPC.
    var isClassic: Bool { vpcId.isEmpty }

    /// Notes that the instance starts anew.
    mutating func restart() {
        if assistant == .awaitingRestart { assistant = .installed }
    }

    /// Whether the security lock is set.
    var isLockedForSecurity: Bool { locks.contains(.security) }

    /// Whether the subscription is over, or the lock for arrears is set.
    func isExpiredOrInArrears(at now: SimulatedTime) -> Bool {
        locks.contains(.financial) || (expiredTime.map { $0 <= now } ?? false)
    }
}

extension World {
    /// Removes an instance with what goes with it: its disks by their DeleteWithInstance, its interfaces, its tags. What is
    /// bound to it is free.
    mutating func remove(_ instance: Instance) {
        for disk in disks.all where disk.attachment?.instanceId == instance.id {
            if disk.deletesWithInstance || instance.isLockedForSecurity || !disk.isPortable {
                remove(disk)
            } else {
                disks[disk.id]?.attachment = nil
                disks[disk.id]?.state = Timeline(.available, since: disk.creationTime)
            }
        }
        releaseInterfaces(of: instance)
        unbindNetwork(fromInstance: instance.id)
        classicLinks.remove(instance.id)
        cancelEvents(of: instance)
        tags[.instance, instance.id] = []
        instances[instance.id] = nil
    }

    /// The instance with this id.
    func instance(_ id: String) throws(CloudError) -> Instance {
        guard let instance = instances[id] else { throw CloudError("InvalidInstanceId.NotFound") }
        return instance
    }

    /// The disks that are on an instance at an instant, those that are on their way included; the system disk first.
    func disks(of instanceId: String, at now: SimulatedTime) -> [Disk] {
        let attached = disks.all.filter { $0.attachment(at: now)?.instanceId == instanceId }
        return attached.filter { $0.kind == .system } + attached.filter { $0.kind == .data }
    }
}
