import Bytes

extension SLB {
    /// Finding and describing forwarding rules.
    enum ForwardingRuleListing {
        static let handlers: [String: ActionHandler] = [
            "DescribeRules": list,
            "DescribeRuleAttribute": describe,
        ]

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let listener = try world.slb.listener(of: try world.slb.loadBalancer(context), context)
            let current = world.slb
            let found = world.slb.rules.all.filter { $0.listener == listener.key }
            return ["Rules": .list("Rule", found.map { .object($0.identity + settings(of: $0, current)) })]
        }

        @Sendable
        private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let rule = try world.slb.rule(try context.required("RuleId"), in: try context.requiredRegion())
            let place: [JSONValue.Member] = [
                .init("LoadBalancerId", .string(rule.listener.loadBalancerId)),
                .init("ListenerPort", .string("\(rule.listener.port)")),
            ]
            return .object(rule.identity + place + settings(of: rule, world.slb))
        }

        /// The rule's own settings, or those of the listener that it follows.
        private static func settings(of rule: ForwardingRule, _ world: SLBWorld) -> [JSONValue.Member] {
            let source = rule.followsListener ? world.listeners[rule.listener.text]?.settings ?? [:] : rule.settings
            let shown = ForwardingRule.settingNames.compactMap { setting in
                source[setting.name].map {
                    JSONValue.Member(setting.name, setting.isNumber ? .number($0) : .string($0))
                }
            }
            return [.init("ListenerSync", .string(rule.followsListener ? "on" : "off"))] + shown
        }
    }
}
