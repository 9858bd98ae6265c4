import Bytes

/// Applying for leased lines, and changing the application.
enum PhysicalConnectionCreation {
    static let handlers: [String: ActionHandler] = [
        "CreatePhysicalConnection": create,
        "ModifyPhysicalConnectionAttribute": modify,
    ]

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        guard let point = AccessPoint.named(try context.required("AccessPointId")), point.regionId == region else {
            throw CloudError("InvalidAccessPointId.NotFound")
        }
        guard point.takesLines else { throw CloudError("InvalidAccessPointId.NotEnabled") }
        let lines = world.vpc.physicalConnections.all
        guard lines.count(where: { $0.accessPointId == point.id }) < AccessPoint.lineLimit else {
            throw CloudError("QuotaExceeded.pConnPerAP")
        }
        guard lines.count(where: { $0.state.state(at: context.now) != .enabled }) < PhysicalConnection.idleLimit else {
            throw CloudError("QuotaExceeded.freePconnPerAP")
        }
        let id = world.identifiers.resource("pc")
        var line = PhysicalConnection(
            id: id, regionId: region, accessPointId: point.id, lineOperator: "", peerLocation: "",
            portNumber: String(1 + world.identifiers.below(48)), creationTime: context.now,
            state: Timeline(.initial, since: context.now))
        try set(&line, "Bandwidth", world, context)
        line.state = PhysicalConnection.review(of: line.bandwidth, on: line.portType, context)
        world.vpc.physicalConnections[id] = line
        return ["PhysicalConnectionId": .string(id)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var line = try world.physicalConnection(context)
        let shown = line.state.state(at: context.now)
        switch shown {
        case .canceled, .allocating, .allocationFailed, .terminating, .terminated: throw CloudError("InvalidStatus")
        case .initial, .rejected: break
        default:
            // The other line counts while the place is still to be chosen.
            guard context.parameters.text("RedundantPhysicalConnectionId") == nil else { throw CloudError("InvalidStatus") }
        }
        try set(&line, "bandwidth", world, context)
        if shown == .rejected {
            line.state = PhysicalConnection.review(of: line.bandwidth, on: line.portType, context)
        }
        world.vpc.physicalConnections[line.id] = line
        return .empty
    }

    /// Takes over what the call gives; the bandwidth is called `bandwidthName` there.
    private static func set(
        _ line: inout PhysicalConnection, _ bandwidthName: String, _ world: World, _ context: ActionContext
    ) throws(CloudError) {
        let parameters = context.parameters
        line.name = try context.name("Name", .free, orElse: CloudError("InvalidName.Malformed")) ?? line.name
        line.description =
            try context.description(orElse: CloudError("InvalidDescription.Malformed")) ?? line.description
        if let location = parameters.text("PeerLocation") {
            guard Naming.isDescription(location) else { throw CloudError("InvalidPeerLocation.Malformed") }
            line.peerLocation = location
        }
        if let id = parameters.text("RedundantPhysicalConnectionId") {
            guard let other = world.vpc.physicalConnections[id], id != line.id else {
                throw CloudError("InvalidRedundantPhysicalConnectionId.NotFound")
            }
            guard [.allocated, .confirmed, .enabled].contains(other.state.state(at: context.now)) else {
                throw CloudError("InvalidRedundantPhysicalConnectionStatus")
            }
            line.redundantId = id
        }
        line.lineOperator = parameters.text("LineOperator") ?? line.lineOperator
        line.portType = parameters.text("PortType") ?? line.portType
        line.bandwidth = parameters.integer(bandwidthName) ?? line.bandwidth
        line.circuitCode = parameters.text("CircuitCode") ?? line.circuitCode
    }
}
