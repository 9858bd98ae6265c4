import Bytes

/// The edge node service.
enum ENS {
    static let version = "2017-11-10"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = [
        ENSRegionListing.handlers,
        ENSDistrictListing.handlers,
        ENSStockListing.handlers,
        ENSInstanceCreation.handlers,
        ENSInstanceListing.handlers,
        ENSInstanceLifecycle.handlers,
        ENSInstanceAttributes.handlers,
        ENSMonitoring.handlers,
        ENSKeyPairActions.handlers,
        ENSSecurityGroupActions.handlers,
        ENSSecurityGroupRuleActions.handlers,
        ENSSecurityGroupMembership.handlers,
        ENSNetworkActions.handlers,
        ENSVSwitchActions.handlers,
        ENSEpnActions.handlers,
        ENSEpnMembers.handlers,
        ENSEpnListing.handlers,
        ENSLoadBalancerActions.handlers,
        ENSLoadBalancerListing.handlers,
        ENSListenerActions.handlers,
        ENSListenerLifecycle.handlers,
        ENSBackendActions.handlers,
        ENSAddressActions.handlers,
        ENSAddressBinding.handlers,
    ]

    /// The answer of an action that has nothing to tell but that it went well, where the product says so with a number.
    static var done: JSONValue { ["Code": 0] }

    /// Far enough away to mean "never", as the cloud writes the end of what is paid for by use.
    static let endless = "2099-12-31T16:00:00Z"
}

extension ActionContext {
    /// The node that `EnsRegionId` names; nil when it names none.
    func node() throws(CloudError) -> ENSNode? {
        guard let id = parameters.text("EnsRegionId") else { return nil }
        guard let node = ENSNode.named(id) else { throw CloudError("InvalidEnsRegionId") }
        return node
    }

    /// The node that `EnsRegionId` must name.
    func requiredNode() throws(CloudError) -> ENSNode {
        guard let node = try node() else { throw CloudError("MissingEnsRegionId") }
        return node
    }
}

extension CallParameters {
    /// Whether every filter among `values` that the call gives, and that is not empty, is met.
    func match(_ values: [(name: String, value: String)]) -> Bool {
        values.allSatisfy { name, value in text(name).map { $0 == value } ?? true }
    }

    /// The texts in the JSON object that a parameter holds, by the names of its members; none when it is absent.
    func object(_ name: String) throws(CloudError) -> [String: String] {
        guard var value = text(name) else { return [:] }
        guard case .object(let members) = try? value.withUTF8({ try JSONValue(parsing: $0) }) else {
            throw CloudError("Invalid" + name)
        }
        var texts: [String: String] = [:]
        for member in members {
            if case .string(let text) = member.value { texts[member.name] = text }
        }
        return texts
    }
}
