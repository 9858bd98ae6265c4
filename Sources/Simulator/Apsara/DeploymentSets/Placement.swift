/// A machine that carries instances. Each zone has eight of them, two in a rack, two racks below a switch.
struct PhysicalHost: Hashable, Sendable {
    private static let perZone = 8
    private static let perRack = 2
    private static let perSwitch = 4

    let zoneId: String
    /// From 0.
    private let number: Int

    var id: String { "\(zoneId)-host-\(number + 1)" }
    var rackId: String { "\(zoneId)-rack-\(number / Self.perRack + 1)" }
    var switchId: String { "\(zoneId)-switch-\(number / Self.perSwitch + 1)" }

    static func all(in zoneId: String) -> [PhysicalHost] {
        (0..<perZone).map { PhysicalHost(zoneId: zoneId, number: $0) }
    }

    /// Id of the unit that a set counts by.
    func unit(_ granularity: DeploymentSet.Granularity) -> String {
        switch granularity {
        case .host: id
        case .rack: rackId
        case .switch: switchId
        }
    }
}

/// Where an instance of a deployment set is.
struct Placement: Hashable, Sendable {
    let setId: String
    let host: PhysicalHost
}

extension DeploymentSet {
    /// The host for one more instance beside those on `taken`; nil when the strategy is strict and no host fits.
    func host(besides taken: [PhysicalHost]) -> PhysicalHost? {
        var hosts = PhysicalHost.all(in: zoneId)
        if domain == .switch, let first = taken.first { hosts = hosts.filter { $0.switchId == first.switchId } }
        let units = taken.map { $0.unit(granularity) }
        switch strategy {
        case .strictDispersion: hosts = hosts.filter { !units.contains($0.unit(granularity)) }
        case .strictAggregation: if let unit = units.first { hosts = hosts.filter { $0.unit(granularity) == unit } }
        case .looseDispersion, .looseAggregation: break
        }
        let ranked = hosts.enumerated().map { index, host in
            let inUnit = units.count { $0 == host.unit(granularity) }
            let onHost = taken.count { $0 == host }
            return (rank: (strategy.isDispersion ? inUnit : -inUnit, onHost, index), host: host)
        }
        return ranked.min { $0.rank < $1.rank }?.host
    }
}
