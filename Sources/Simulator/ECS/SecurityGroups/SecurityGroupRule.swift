import Bytes

/// One rule of a security group.
struct SecurityGroupRule: Hashable, Sendable {
    enum Direction: String, Hashable, Sendable {
        case ingress, egress

        /// What parameters and errors call the far end of the flow.
        var peer: String { self == .ingress ? "Source" : "Dest" }

        /// What parameters and errors call the group's own end of the flow.
        var own: String { self == .ingress ? "Dest" : "Source" }
    }

    enum Policy: String, Hashable, Sendable {
        case accept = "Accept"
        case drop = "Drop"
    }

    /// Where a flow comes from or goes to.
    enum End: Hashable, Sendable {
        case ipv4(IPv4Network)
        case ipv6(IPv6Network)
        /// A security group, by its id.
        case group(String)
    }

    /// What a rule says of a flow. Two rules that match the same are one rule.
    struct Match: Hashable, Sendable {
        var direction: Direction
        /// `TCP`, `UDP`, `ICMP`, `ICMPv6`, `GRE` or `ALL`.
        var ipProtocol: String
        var ports: PortRange
        var sourcePorts: PortRange?
        var peer: End
        /// The group's own end, for rules that name both.
        var own: End?
        var policy: Policy
    }

    let id: String
    var match: Match
    /// 1, the highest, to 100.
    var priority = 1
    var description = ""
    let creationTime: SimulatedTime
}

extension SecurityGroupRule {
    /// The values of the rule under the names that parameters and answers give them; empty for what it does not say.
    var fields: [(name: String, value: String)] {
        let direction = match.direction
        return [
            ("IpProtocol", match.ipProtocol), ("PortRange", match.ports.text),
            ("SourcePortRange", match.sourcePorts?.text ?? ""), ("NicType", "intranet"),
            ("Policy", match.policy.rawValue), ("Priority", String(priority)), ("Description", description),
        ] + Self.fields(match.peer, direction.peer) + Self.fields(match.own, direction.own)
    }

    private static func fields(_ end: End?, _ word: String) -> [(name: String, value: String)] {
        var ipv4 = ""
        var ipv6 = ""
        var group = ""
        switch end {
        case .ipv4(let network): ipv4 = network.text
        case .ipv6(let network): ipv6 = network.text
        case .group(let id): group = id
        case nil: break
        }
        return [("\(word)CidrIp", ipv4), ("Ipv6\(word)CidrIp", ipv6), ("\(word)GroupId", group)]
    }

    /// An element of DescribeSecurityGroupAttribute.
    func rendered(_ world: World) -> JSONValue {
        var members = fields.map { JSONValue.Member($0.name, .string($0.value)) }
        members += [
            .init("SecurityGroupRuleId", .string(id)), .init("Direction", .string(match.direction.rawValue)),
            .init("CreateTime", .string(creationTime.text)), .init("PortRangeListId", ""),
            .init("PortRangeListName", ""),
        ]
        for direction in [match.direction.peer, match.direction.own] {
            members += [
                .init("\(direction)GroupOwnerAccount", ""), .init("\(direction)PrefixListId", ""),
                .init("\(direction)PrefixListName", ""),
            ]
        }
        var names = ["Source": "", "Dest": ""]
        if case .group(let id) = match.peer { names[match.direction.peer] = world.securityGroups[id]?.name ?? "" }
        members += ["Source", "Dest"].map { .init("\($0)GroupName", .string(names[$0] ?? "")) }
        return .object(members)
    }
}
