import Bytes

/// Taking routes away: DeleteRouteEntry.
enum RouteEntryDeletion {
    static let handlers: [String: ActionHandler] = ["DeleteRouteEntry": delete]

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let table = try world.routeTable(try context.required("RouteTableId"))
        guard let destination = IPv4Network(try context.required("DestinationCidrBlock")) else {
            throw CloudError("InvalidCidrBlock.Malformed")
        }
        if case .vpc(let id) = table.owner {
            guard !world.systemRoutes(ofVpc: id).contains(destination) else { throw CloudError("OperationDenied") }
            guard !world.hasUnsettledVSwitch(inVpc: id, at: context.now) else {
                throw CloudError("IncorrectRouteEntryStatus")
            }
        }
        guard !table.isUnsettled(at: context.now) else { throw CloudError("IncorrectRouteEntryStatus") }
        let ids = try hopIds(context)
        guard let entry = table.entry(to: destination), Set(entry.hops.map(\.id)) == Set(ids) else {
            throw CloudError("InvalidRouteEntry.NotFound")
        }
        world.vpc.routeTables[table.id]?.entries.removeAll { $0.destination == destination }
        return .empty
    }

    /// The next hops that the call names, which must be those of the route.
    private static func hopIds(_ context: ActionContext) throws(CloudError) -> [String] {
        let listed = context.parameters.structures("NextHopList").compactMap { $0.text("NextHopId") }
        guard let single = context.parameters.text("NextHopId") else {
            guard !listed.isEmpty else { throw CloudError("MissingParameter", about: "Miss mandatory parameter") }
            return listed
        }
        guard listed.isEmpty else { throw .invalid("NextHopList") }
        return [single]
    }
}

extension World {
    /// The destinations that the cloud itself routes in a VPC: its vSwitches and the cloud's services.
    func systemRoutes(ofVpc id: String) -> [IPv4Network] {
        vSwitches.all.filter { $0.vpcId == id }.map(\.cidrBlock) + [Vpc.serviceRange].compactMap { $0 }
    }
}
