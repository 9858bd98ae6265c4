/// An elastic network interface.
struct NetworkInterface: Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        case creating = "Creating"
        case available = "Available"
        case attaching = "Attaching"
        case inUse = "InUse"
        case detaching = "Detaching"
        case deleting = "Deleting"
        /// Gone; the record is dropped the next time the world is settled.
        case deleted = "Deleted"
    }

    enum Kind: String, Hashable, Sendable {
        case primary = "Primary"
        case secondary = "Secondary"
    }

    let id: String
    let regionId: String
    let zoneId: String
    var vpcId: String
    var vSwitchId: String
    let kind: Kind
    var name = ""
    var description = ""
    let macAddress: String
    var primaryAddress: String
    var secondaryAddresses: [String] = []
    var securityGroupIds: [String]
    /// Kept while the interface detaches; read it through ``instanceId(at:)``.
    var attachedInstanceId = ""
    var state: Timeline<State>
    let creationTime: SimulatedTime
    var deletesOnRelease = true
    var resourceGroupId = ""
    var checksSourceAndDestination = false
    /// `Standard` or `HighPerformance`.
    var trafficMode = "Standard"
    var queueNumber = 1

    var allAddresses: [String] { [primaryAddress] + secondaryAddresses }

    /// The instance that the interface is on at an instant; empty when it is on none.
    func instanceId(at now: SimulatedTime) -> String {
        switch state.state(at: now) {
        case .attaching, .inUse, .detaching: attachedInstanceId
        default: ""
        }
    }
}

extension World {
    /// The interface with this id in a region.
    func networkInterface(_ id: String, in region: String) throws(CloudError) -> NetworkInterface {
        guard let interface = networkInterfaces[id], interface.regionId == region else {
            throw CloudError("InvalidEniId.NotFound")
        }
        return interface
    }

    /// The interfaces of an instance, the primary one first.
    func interfaces(of instanceId: String, at now: SimulatedTime) -> [NetworkInterface] {
        let own = networkInterfaces.all.filter { $0.instanceId(at: now) == instanceId }
        return own.filter { $0.kind == .primary } + own.filter { $0.kind == .secondary }
    }

    /// Drops the interfaces whose deletion is complete, and frees those whose detachment is.
    mutating func settleInterfaces(at now: SimulatedTime) {
        for interface in networkInterfaces.all {
            switch interface.state.state(at: now) {
            case .deleted:
                tags[.eni, interface.id] = []
                networkInterfaces[interface.id] = nil
            case .available where !interface.attachedInstanceId.isEmpty:
                networkInterfaces[interface.id]?.attachedInstanceId = ""
            default: break
            }
        }
    }

    /// Takes an instance's interfaces from it: the primary one and those that go with it are gone, the others free.
    mutating func releaseInterfaces(of instance: Instance) {
        for interface in networkInterfaces.all where interface.attachedInstanceId == instance.id {
            if interface.kind == .primary || interface.deletesOnRelease {
                tags[.eni, interface.id] = []
                networkInterfaces[interface.id] = nil
            } else {
                networkInterfaces[interface.id]?.attachedInstanceId = ""
                networkInterfaces[interface.id]?.state = Timeline(.available, since: interface.creationTime)
            }
        }
    }
}
