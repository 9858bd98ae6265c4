import Bytes

extension SLB {
    /// A machine that listeners forward to, as an entry of a server group.
    struct BackendServer: Sendable {
        enum Kind: String, Hashable, Sendable { case ecs, eni, eci }

        enum Role: String, Hashable, Sendable {
            case master = "Master"
            case slave = "Slave"
        }

        /// Id of the instance or interface.
        let id: String
        let kind: Kind
        /// Nil in the default group where the listener's port applies.
        var port: Int?
        var weight = 100
        var description = ""
        /// The address that the call named; empty for the server's own.
        var address = ""
        /// In master-slave groups.
        var role: Role?
        let addedTime: SimulatedTime

        /// Whether two entries stand for the same server and port.
        func isSame(as other: BackendServer) -> Bool { id == other.id && port == other.port && address == other.address }

        /// The members that answers about groups show.
        var members: [JSONValue.Member] {
            var members: [JSONValue.Member] = [
                .init("ServerId", .string(id)), .init("Type", .string(kind.rawValue)), .init("Weight", .integer(weight)),
                .init("Description", .string(description)),
            ]
            if let port { members.append(.init("Port", .integer(port))) }
            if let role { members.append(.init("ServerType", .string(role.rawValue))) }
            return members
        }
    }
}

extension World {
    /// Whether the machine of a server is still there.
    func exists(_ server: SLB.BackendServer) -> Bool {
        switch server.kind {
        case .ecs: instances[server.id] != nil
        case .eni: networkInterfaces[server.id] != nil
        case .eci: false
        }
    }

    /// The address that a server is reached at; nil when its machine is gone.
    func address(of server: SLB.BackendServer) -> String? {
        guard server.address.isEmpty else { return server.address }
        return switch server.kind {
        case .ecs: instances[server.id]?.privateIpAddress
        case .eni: networkInterfaces[server.id]?.primaryAddress
        case .eci: nil
        }
    }

    /// The instance that answers for a server at an instant; nil when there is none.
    func machine(of server: SLB.BackendServer, at now: SimulatedTime) -> Instance? {
        switch server.kind {
        case .ecs: instances[server.id]
        case .eni: networkInterfaces[server.id].flatMap { instances[$0.instanceId(at: now)] }
        case .eci: nil
        }
    }

    /// The network that a server is in.
    func vpcId(of server: SLB.BackendServer) -> String {
        switch server.kind {
        case .ecs: instances[server.id]?.vpcId ?? ""
        case .eni: networkInterfaces[server.id]?.vpcId ?? ""
        case .eci: ""
        }
    }
}
