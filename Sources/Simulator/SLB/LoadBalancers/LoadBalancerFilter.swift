extension SLB {
    /// The conditions of DescribeLoadBalancers, joined by AND.
    struct LoadBalancerFilter {
        private let world: World
        private let context: ActionContext
        private let tags: [TagFilter]

        init(_ world: World, _ context: ActionContext) throws(CloudError) {
            self.world = world
            self.context = context
            tags = try (context.parameters.objects("Tags") ?? []).map { tag throws(CloudError) in
                guard let key = tag.text("tagKey") else { throw CloudError("InvalidTag") }
                return TagFilter(key: key, value: tag.text("tagValue"))
            }
        }

        func matches(_ found: LoadBalancer) -> Bool {
            let parameters = context.parameters
            let texts: [(String, String)] = [
                ("AddressIPVersion", found.ipVersion), ("LoadBalancerStatus", found.status(at: context.now).rawValue),
                ("AddressType", found.addressType.rawValue), ("InternetChargeType", found.charge.name), ("VpcId", found.vpcId),
                ("VSwitchId", found.vSwitchId), ("NetworkType", found.networkType), ("Address", found.address),
                ("MasterZoneId", found.masterZoneId), ("SlaveZoneId", found.slaveZoneId), ("PayType", found.payType.rawValue),
                ("ResourceGroupId", found.resourceGroupId),
            ]
            guard texts.allSatisfy({ name, value in parameters.text(name).map { $0 == value } ?? true }) else { return false }
            if let ids = parameters.commaList("LoadBalancerId"), !ids.contains(found.id) { return false }
            if let names = parameters.commaList("LoadBalancerName"), !names.contains(where: { found.name.contains($0) }) {
                return false
            }
            if let id = parameters.text("ServerId"), !found.servers.contains(where: { $0.id == id }) { return false }
            if let addresses = parameters.commaList("ServerIntranetAddress") {
                let own = found.servers.compactMap { world.address(of: $0) }
                guard own.contains(where: addresses.contains) else { return false }
            }
            let own = world.slb.tags[TagKey(kind: .instance, id: found.id)] ?? []
            return tags.allSatisfy { wanted in own.contains { wanted.key == $0.key && (wanted.value ?? $0.value) == $0.value } }
        }
    }
}
