/// Links between instances of the classic network and VPCs.
struct ClassicLinks: Sendable {
    /// Instances that one VPC may be linked to.
    static let limit = 1000

    /// Ids of the VPCs that ClassicLink is switched on for.
    var openVpcs: Set<String> = []
    private var vpcIds: [String: String] = [:]

    /// The VPC that an instance is linked to; nil for none.
    subscript(instanceId: String) -> String? {
        get { vpcIds[instanceId] }
        set { vpcIds[instanceId] = newValue }
    }

    mutating func remove(_ instanceId: String) { vpcIds[instanceId] = nil }

    /// How many instances are linked to a VPC.
    func count(of vpcId: String) -> Int { vpcIds.values.count { $0 == vpcId } }

    /// Every link, in a stable order.
    var all: [(instanceId: String, vpcId: String)] {
        vpcIds.sorted { $0.key < $1.key }.map { (instanceId: $0.key, vpcId: $0.value) }
    }
}
