/// Reads rules from parameters: a whole call's, or one `Permissions.n`.
struct SecurityGroupRuleReader {
    let direction: SecurityGroupRule.Direction
    /// The group that the rules are of.
    let group: SecurityGroup
    let world: World
    let context: ActionContext

    /// The sets of parameters that each describe a rule: `Permissions.n`, else the call's own.
    static func entries(_ parameters: CallParameters) throws(CloudError) -> [CallParameters] {
        let permissions = parameters.structures("Permissions")
        guard permissions.isEmpty || parameters.text("IpProtocol") == nil else { throw .invalid("Permissions") }
        return permissions.isEmpty ? [parameters] : permissions
    }

    /// What the rule says of flows. Every fault has its documented error.
    func match(_ entry: CallParameters) throws(CloudError) -> SecurityGroupRule.Match {
        guard let name = entry.text("IpProtocol") else { throw CloudError("InvalidIpProtocol.ValueNotSupported") }
        let ipProtocol = name.uppercased() == "ICMPV6" ? "ICMPv6" : name.uppercased()
        let ports = try ports(entry, ipProtocol)
        let sourcePorts = entry.text("SourcePortRange").flatMap(PortRange.init)
        if let sourcePorts, !Self.fits(sourcePorts, ipProtocol) { throw CloudError("InvalidSourcePortRange.Malformed") }
        let peer = try peer(entry)
        let own = try block(entry, direction.own, malformed: "InvalidParam.\(direction.own)Ip")
        try checkFamilies(ipProtocol, peer, own)
        try checkNetworkCard(entry, peer)
        let policy: SecurityGroupRule.Policy = entry.text("Policy")?.lowercased() == "drop" ? .drop : .accept
        return SecurityGroupRule.Match(
            direction: direction, ipProtocol: ipProtocol, ports: ports, sourcePorts: sourcePorts, peer: peer, own: own,
            policy: policy)
    }

    /// The description, if one is given.
    static func description(_ entry: CallParameters) throws(CloudError) -> String? {
        guard let text = entry.text("Description") else { return nil }
        guard text.unicodeScalars.count <= 512 else { throw CloudError("InvalidSecurityGroupDiscription.Malformed") }
        return text
    }

    /// The priority, if one is given.
    static func priority(_ entry: CallParameters) throws(CloudError) -> Int? {
        guard entry.text("Priority") != nil else { return nil }
        guard let priority = entry.integer("Priority"), (1...100).contains(priority) else {
            throw CloudError("InvalidPriority.ValueNotSupported")
        }
        return priority
    }

    private func ports(_ entry: CallParameters, _ ipProtocol: String) throws(CloudError) -> PortRange {
        guard let text = entry.text("PortRange"), let ports = PortRange(text) else {
            throw entry.text("PortRangeListId") == nil ? .missing("PortRange") : .invalid("PortRangeListId")
        }
        guard Self.fits(ports, ipProtocol) else {
            throw CloudError(context.action.hasPrefix("Revoke") ? "InvalidIpPortRange.Malformed" : "OperationDenied")
        }
        return ports
    }

    /// TCP and UDP have ports, the others say `-1/-1`.
    private static func fits(_ ports: PortRange, _ ipProtocol: String) -> Bool {
        ["TCP", "UDP"].contains(ipProtocol) ? ports.first >= 1 : ports.first == -1
    }

    /// The address block of one end; nil when none is given.
    private func block(
        _ entry: CallParameters, _ word: String, malformed: String
    ) throws(CloudError) -> SecurityGroupRule.End? {
        let ipv6 = entry.text("Ipv6\(word)CidrIp")
        if let text = entry.text("\(word)CidrIp") {
            guard ipv6 == nil else { throw CloudError("InvalidParam.Ipv4ProtocolConflictWithIpv6Address") }
            guard let network = IPv4Network(text) else { throw CloudError(malformed) }
            return .ipv4(network)
        }
        guard let ipv6 else { return nil }
        guard let network = IPv6Network(ipv6) else { throw CloudError("ILLEGAL_IPV6_CIDR") }
        return .ipv6(network)
    }

    /// The far end. An address block counts before a group, a group before a prefix list.
    private func peer(_ entry: CallParameters) throws(CloudError) -> SecurityGroupRule.End {
        let word = direction.peer
        if let block = try block(entry, word, malformed: "Invalid\(word)CidrIp.Malformed") { return block }
        if let id = entry.text("\(word)GroupId") { return try peerGroup(id, entry) }
        // No prefix lists exist in the simulated cloud.
        guard entry.text("\(word)PrefixListId") == nil else { throw CloudError("InvalidPrefixListId.NotFound") }
        throw CloudError("MissingParameter.\(word)", about: "One of")
    }

    /// The security group at the far end.
    private func peerGroup(_ id: String, _ entry: CallParameters) throws(CloudError) -> SecurityGroupRule.End {
        let word = direction.peer
        guard id != group.id else {
            throw direction == .ingress
                ? CloudError("InvalidParamter.Conflict", about: "different from the SourceGroupId")
                : CloudError("InvalidSecurityGroup.IsSame")
        }
        // One account owns everything here, so other accounts' groups do not exist.
        let owner = entry.text("\(word)GroupOwnerId") ?? context.accountId
        guard let other = world.securityGroups[id], other.regionId == group.regionId, owner == context.accountId else {
            throw CloudError("Invalid\(word)GroupId.NotFound")
        }
        guard other.vpcId == group.vpcId else {
            throw CloudError("Invalid\(word)GroupId.Mismatch", about: "not in the same VPC")
        }
        return .group(id)
    }

    /// Both ends are of one address family, and the protocol belongs to it.
    private func checkFamilies(
        _ ipProtocol: String, _ peer: SecurityGroupRule.End, _ own: SecurityGroupRule.End?
    ) throws(CloudError) {
        let ends = [peer, own].compactMap { $0 }
        let hasIPv4 = ends.contains { if case .ipv4 = $0 { true } else { false } }
        let hasIPv6 = ends.contains { if case .ipv6 = $0 { true } else { false } }
        guard !hasIPv6 || !hasIPv4 && ipProtocol != "ICMP" else {
            throw CloudError("InvalidParam.Ipv4ProtocolConflictWithIpv6Address")
        }
        guard !hasIPv4 || ipProtocol != "ICMPv6" else {
            throw CloudError("InvalidParam.Ipv6ProtocolConflictWithIpv4Address")
        }
        guard peer != own else {
            throw CloudError("InvalidParamter.Conflict", about: "SourceCidrIp should be different from the DestCidrIp")
        }
    }

    /// Groups of a VPC know the intranet side only, and rules between groups exist there only.
    private func checkNetworkCard(_ entry: CallParameters, _ peer: SecurityGroupRule.End) throws(CloudError) {
        guard entry.text("NicType") == "internet" else { return }
        if case .group = peer {
            throw CloudError("Invalid\(direction.peer)GroupId.Mismatch", about: "NicType is required")
        }
        throw CloudError("InvalidNicType.Mismatch")
    }
}
