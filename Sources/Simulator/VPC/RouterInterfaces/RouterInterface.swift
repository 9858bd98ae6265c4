/// One end of a link between two routers.
struct RouterInterface: Sendable {
    /// Interfaces of one router, and of an account.
    static let limit = 5
    /// What an end that only accepts is made as.
    static let passiveSpec = "Negative"

    enum Role: String, Hashable, Sendable {
        case initiating = "InitiatingSide"
        case accepting = "AcceptingSide"
    }

    enum State: String, Hashable, Sendable {
        case idle = "Idle"
        case connecting = "Connecting"
        case acceptingConnect = "AcceptingConnect"
        case active = "Active"
        case activating = "Activating"
        case deactivating = "Deactivating"
        case inactive = "Inactive"
    }

    /// What an interface is told of the other end.
    struct Opposite: Hashable, Sendable {
        var regionId: String
        var accessPointId = ""
        var routerType = RouterType.vRouter
        var routerId = ""
        var interfaceId = ""
        var ownerId = ""

        /// Whether enough is told to connect.
        var isComplete: Bool { ![routerId, interfaceId, ownerId].contains("") }
    }

    let id: String
    let regionId: String
    let routerType: RouterType
    let routerId: String
    let accessPointId: String
    let role: Role
    var spec: String
    var name: String
    var description = ""
    var opposite: Opposite
    var healthCheckSourceIp = ""
    var healthCheckTargetIp = ""
    let creationTime: SimulatedTime
    var connectedTime: SimulatedTime?
    var isLocked = false
    var state: Timeline<State>

    /// Whether a text is a specification: a size, a dot and a number, or ``passiveSpec``.
    static func isSpec(_ text: String) -> Bool {
        if text == passiveSpec { return true }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy(\.isLetter) && Int(parts[1]) != nil
    }
}

extension World {
    /// The interface that the call names as `RouterInterfaceId`; `code` is what the action documents for one that is not
    /// there.
    func routerInterface(
        _ context: ActionContext, orElse code: String = "InvalidRouterInterfaceId.NotFound"
    ) throws(CloudError) -> RouterInterface {
        let region = try context.knownRegion()
        guard let interface = vpc.routerInterfaces[try context.required("RouterInterfaceId")], interface.regionId == region
        else { throw CloudError(code) }
        return interface
    }
}
