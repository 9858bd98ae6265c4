import Bytes

extension SLB {
    /// Describing listeners: one, by its protocol and port, or those of several load balancers.
    enum ListenerListing {
        static let handlers: [String: ActionHandler] = [
            "DescribeLoadBalancerTCPListenerAttribute": { world, context throws(CloudError) in try describe(world, context, .tcp)
            },
            "DescribeLoadBalancerUDPListenerAttribute": { world, context throws(CloudError) in try describe(world, context, .udp)
            },
            "DescribeLoadBalancerHTTPListenerAttribute": { world, context throws(CloudError) in
                try describe(world, context, .http)
            },
            "DescribeLoadBalancerHTTPSListenerAttribute": { world, context throws(CloudError) in
                try describe(world, context, .https)
            },
            "DescribeLoadBalancerListeners": list,
        ]

        private static func describe(
            _ world: World, _ context: ActionContext, _ proto: Listener.Proto
        ) throws(CloudError) -> JSONValue {
            let listener = try world.slb.listener(of: try world.slb.loadBalancer(context), context, proto)
            var members: [JSONValue.Member] = [
                .init("ListenerPort", .integer(listener.port)),
                .init("Status", .string(listener.state.state(at: context.now).rawValue)),
            ]
            members += ListenerSetting.all.filter { $0.place != .partOnly }.compactMap { $0.member(of: listener) }
            if proto == .udp || proto == .http {
                members.append(
                    .init("AclIds", .list("AclId", listener.isOn("AclStatus") ? [listener["AclId"] ?? ""] : [String]())))
            }
            if proto == .http || proto == .https {
                let rules = world.slb.rules.all.filter { $0.listener == listener.key }
                members.append(.init("Rules", .list("Rule", rules.map { .object($0.identity) })))
            }
            if proto == .https {
                let domains = world.slb.domainExtensions.all.filter { $0.listener == listener.key }
                members.append(.init("DomainExtensions", .list("DomainExtension", domains.map { .object($0.identity) })))
            }
            return .object(members)
        }

        /// Only as many load balancers as can be asked about at once.
        private static let maximalIds = 10

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.region()
            let ids = context.parameters.list("LoadBalancerId")
            guard ids.count <= maximalIds else { throw CloudError("IllegalParamSize.LoadBalancerId") }
            let proto = context.parameters.text("ListenerProtocol")
            let found = world.slb.listeners.newestFirst.filter { listener in
                (ids.isEmpty || ids.contains(listener.loadBalancerId)) && (proto == nil || proto == listener.proto.rawValue)
                    && (region == nil || world.slb.loadBalancers[listener.loadBalancerId]?.regionId == region)
            }
            let size = context.parameters.integer("MaxResults") ?? 20
            guard let page = TokenPage(found, context, size: size) else { throw CloudError("IllegalParam.NextToken") }
            return [
                "TotalCount": .integer(found.count), "MaxResults": .integer(size), "NextToken": .string(page.nextToken),
                "Listeners": .array(page.items.map { row($0, at: context.now) }),
            ]
        }

        private static func row(_ listener: Listener, at now: SimulatedTime) -> JSONValue {
            func members(_ places: [ListenerSetting.Place]) -> [JSONValue.Member] {
                ListenerSetting.all.filter { places.contains($0.place) }.compactMap { $0.member(of: listener) }
            }
            let part = members([.part, .partOnly])
            return .object(
                [
                    .init("LoadBalancerId", .string(listener.loadBalancerId)), .init("ListenerPort", .integer(listener.port)),
                    .init("ListenerProtocol", .string(listener.proto.rawValue)),
                    .init("Status", .string(listener.state.state(at: now).rawValue)),
                ] + members([.top]) + [
                    .init("AclIds", .array(listener.isOn("AclStatus") ? [.string(listener["AclId"] ?? "")] : [])),
                    .init("\(listener.proto.rawValue.uppercased())ListenerConfig", .object(part)),
                ])
        }
    }
}
