import Bytes

extension SLB {
    /// Making, changing and deleting forwarding rules.
    enum ForwardingRuleActions {
        static let handlers: [String: ActionHandler] = [
            "CreateRules": create,
            "SetRule": set,
            "DeleteRules": delete,
        ]

        private static let quotaPerListener = 40

        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            let listener = try world.slb.listener(of: loadBalancer, context)
            guard listener.proto == .http || listener.proto == .https else { throw CloudError("RuleNotSupport") }
            try checkStatus(of: listener, context)
            var made: [JSONValue] = []
            for entry in context.parameters.objects("RuleList") ?? [] {
                let rule = try rule(entry, listener, &world)
                world.slb.rules[rule.id] = rule
                made.append(["RuleId": .string(rule.id), "RuleName": .string(rule.name)])
            }
            guard !made.isEmpty else { throw CloudError("RuleListMalformed") }
            guard world.slb.rules.all.count(where: { $0.listener == listener.key }) <= quotaPerListener else {
                throw CloudError("TooManyRules")
            }
            return ["Rules": .list("Rule", made)]
        }

        /// One rule of the list; those before it are in the world already.
        private static func rule(
            _ entry: CallParameters, _ listener: Listener, _ world: inout World
        ) throws(CloudError) -> ForwardingRule {
            let domain = entry.text("Domain") ?? ""
            let url = entry.text("Url") ?? ""
            let name = entry.text("RuleName") ?? ""
            guard !(domain.isEmpty && url.isEmpty), SLB.Naming.isLabel(name, 1...40) else {
                throw CloudError("RuleListMalformed")
            }
            guard domain.isEmpty || SLB.Naming.isDomain(domain, wildcard: true) else { throw CloudError("DomainMalformed") }
            guard url.isEmpty || SLB.Naming.isPath(url) else { throw CloudError("UrlMalformed") }
            let others = world.slb.rules.all.filter { $0.listener == listener.key }
            guard !others.contains(where: { $0.domain == domain && $0.url == url }) else { throw CloudError("DomainExist") }
            guard !others.contains(where: { $0.name == name }) else {
                throw CloudError("InvalidParameter", about: "resource already exists")
            }
            let group = entry.text("VServerGroupId") ?? ""
            guard isGroup(group, of: listener.loadBalancerId, world) else {
                throw CloudError("InvalidParameter", about: "VServerGroupId does not exist")
            }
            return ForwardingRule(
                id: world.identifiers.resource("rule"), listener: listener.key,
                regionId: world.slb.loadBalancers[listener.loadBalancerId]?.regionId ?? "", name: name, domain: domain, url: url,
                serverGroupId: group)
        }

        private static func isGroup(_ id: String, of loadBalancerId: String, _ world: World) -> Bool {
            guard let group = world.slb.serverGroups[id] else { return false }
            return group.kind == .vServer && group.loadBalancerId == loadBalancerId
        }

        @Sendable
        private static func set(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var rule = try world.slb.rule(try context.required("RuleId"), in: try context.requiredRegion())
            let parameters = context.parameters
            if let group = parameters.text("VServerGroupId") {
                guard isGroup(group, of: rule.listener.loadBalancerId, world) else {
                    throw CloudError("InvalidParameter", about: "does not belong to the LoadBalancerId")
                }
                rule.serverGroupId = group
            }
            if let name = parameters.text("RuleName") {
                let isTaken = world.slb.rules.all.contains { $0.id != rule.id && $0.listener == rule.listener && $0.name == name }
                guard SLB.Naming.isLabel(name) else { throw .invalid("RuleName") }
                guard !isTaken else { throw CloudError("InvalidParameter", about: "resource already exists") }
                rule.name = name
            }
            if let sync = parameters.text("ListenerSync") {
                rule.followsListener = sync == "on"
                rule.settings = rule.followsListener ? [:] : try own(parameters)
            }
            world.slb.rules[rule.id] = rule
            return .empty
        }

        /// The settings of a rule that does not follow its listener. One switch makes others necessary.
        private static func own(_ parameters: CallParameters) throws(CloudError) -> [String: String] {
            var needed = ["Scheduler", "StickySession", "HealthCheck"]
            if parameters.text("StickySession") == "on" {
                needed.append("StickySessionType")
                if parameters.text("StickySessionType") == "insert" { needed.append("CookieTimeout") }
                if parameters.text("StickySessionType") == "server" { needed.append("Cookie") }
            }
            if parameters.text("HealthCheck") == "on" {
                needed += [
                    "HealthCheckURI", "HealthyThreshold", "UnhealthyThreshold", "HealthCheckTimeout", "HealthCheckInterval",
                    "HealthCheckHttpCode",
                ]
            }
            for name in needed where parameters.text(name) == nil { throw .missing(name) }
            var settings: [String: String] = [:]
            for setting in ForwardingRule.settingNames { settings[setting.name] = parameters.text(setting.name) }
            return settings
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            guard let ids = context.parameters.jsonArray("RuleIds"), !ids.isEmpty else { throw .invalid("RuleIds") }
            for id in ids {
                let rule = try world.slb.rule(id, in: region)
                if let listener = world.slb.listeners[rule.listener.text] { try checkStatus(of: listener, context) }
                world.slb.rules[id] = nil
            }
            return .empty
        }

        /// Rules of a listener that is on its way have to wait.
        private static func checkStatus(of listener: Listener, _ context: ActionContext) throws(CloudError) {
            guard listener.state.isSettled(at: context.now) else { throw CloudError("OperationFailed.ListenerStatusNotSupport") }
        }
    }
}
