/// The load balancing service. Its types are nested here, since other products balance load too.
enum SLB {
    static let version = "2014-05-15"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = [
        LoadBalancerCreation.handlers,
        LoadBalancerListing.handlers,
        LoadBalancerAttributes.handlers,
        LoadBalancerBilling.handlers,
        ListenerCreation.handlers,
        ListenerAttributes.handlers,
        ListenerLifecycle.handlers,
        ListenerListing.handlers,
        ListenerWhiteLists.handlers,
        BackendServerActions.handlers,
        HealthListing.handlers,
        VServerGroupActions.handlers,
        MasterSlaveServerGroupActions.handlers,
        ServerGroupListing.handlers,
        ServerCertificateActions.handlers,
        CACertificateActions.handlers,
        TLSCipherPolicyActions.handlers,
        DomainExtensionActions.handlers,
        ForwardingRuleActions.handlers,
        ForwardingRuleListing.handlers,
        AccessControlListActions.handlers,
        AccessControlListEntries.handlers,
        LoadBalancerTagActions.handlers,
        ZoneListing.handlers,
    ]

    /// The asynchronous steps; the raw value is the time in milliseconds at speed 1.
    enum Step: Int64, CaseIterable {
        case listenerStarting = 2_000
        case policyConfiguring = 3_000
    }
}
