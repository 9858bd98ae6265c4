import Bytes

/// Finding leased lines: DescribePhysicalConnections.
enum PhysicalConnectionListing {
    static let handlers: [String: ActionHandler] = ["DescribePhysicalConnections": list]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.knownRegion()
        let found = world.vpc.physicalConnections.newestFirst.filter { line in
            line.regionId == region
                && context.passesFilters([
                    "PhysicalConnectionId": line.id, "AccessPointId": line.accessPointId, "Type": "VPC",
                    "LineOperator": line.lineOperator, "Spec": line.spec, "Name": line.name,
                    "Status": line.state.state(at: context.now).rawValue,
                ])
        }
        let page = try Page(clamping: found, context)
        return .object(page.members("PhysicalConnectionSet", "PhysicalConnectionType") { $0.rendered(context) })
    }
}

extension PhysicalConnection {
    /// The bandwidth as specifications write it: `100M`, `1G`.
    fileprivate var spec: String { bandwidth % 1000 == 0 ? "\(bandwidth / 1000)G" : "\(bandwidth)M" }

    /// An element of DescribePhysicalConnections.
    fileprivate func rendered(_ context: ActionContext) -> JSONValue {
        [
            "PhysicalConnectionId": .string(id), "AccessPointId": .string(accessPointId), "Type": "VPC",
            "Status": .string(state.state(at: context.now).rawValue), "BusinessStatus": "Normal",
            "CreationTime": .string(creationTime.text), "EnabledTime": .string(enabledTime?.text ?? ""),
            "LineOperator": .string(lineOperator), "Spec": .string(spec), "PeerLocation": .string(peerLocation),
            "PortType": .string(portType), "RedundantPhysicalConnectionId": .string(redundantId), "Name": .string(name),
            "Description": .string(description), "ADLocation": .string("\(accessPointId), rack \(portNumber)"),
            "PortNumber": .string(portNumber), "Bandwidth": .string(String(bandwidth)),
            // Documented as a number in answers, and as a text in requests.
            "CircuitCode": .integer(Int(circuitCode) ?? 0),
        ]
    }
}
