import Bytes

extension SLB {
    /// Where a listener of HTTP or HTTPS sends requests for a domain, a path, or both.
    struct ForwardingRule: Sendable {
        let id: String
        let listener: Listener.Key
        let regionId: String
        var name: String
        let domain: String
        let url: String
        var serverGroupId: String
        /// Whether health checks, sessions and scheduling are those of the listener.
        var followsListener = true
        /// The rule's own, by the names that answers give them.
        var settings: [String: String] = [:]

        /// The members that every answer about the rule has.
        var identity: [JSONValue.Member] {
            [
                .init("RuleId", .string(id)), .init("RuleName", .string(name)), .init("Domain", .string(domain)),
                .init("Url", .string(url)), .init("VServerGroupId", .string(serverGroupId)),
            ]
        }

        /// The settings that a rule can have of its own, and which of them are numbers.
        static let settingNames: [(name: String, isNumber: Bool)] = [
            ("Scheduler", false), ("StickySession", false), ("StickySessionType", false), ("CookieTimeout", true),
            ("Cookie", false), ("HealthCheck", false), ("HealthCheckDomain", false), ("HealthCheckURI", false),
            ("HealthyThreshold", true), ("UnhealthyThreshold", true), ("HealthCheckTimeout", true),
            ("HealthCheckInterval", true), ("HealthCheckConnectPort", true), ("HealthCheckHttpCode", false),
        ]
    }
}

extension SLBWorld {
    /// The rule with this id in a region.
    func rule(_ id: String, in region: String) throws(CloudError) -> SLB.ForwardingRule {
        guard let rule = rules[id], rule.regionId == region else { throw CloudError("InvalidRuleId.NotFound") }
        return rule
    }
}
