/// The virtual private cloud service.
enum VPC {
    static let version = "2016-04-28"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = [
        VpcActions.handlers,
        VpcListing.handlers,
        VRouterActions.handlers,
        VSwitchActions.handlers,
        VSwitchListing.handlers,
        RouteEntryCreation.handlers,
        RouteEntryDeletion.handlers,
        RouteTableListing.handlers,
        EipActions.handlers,
        EipBinding.handlers,
        EipListing.handlers,
        CommonPackageActions.handlers,
        CommonPackageMembers.handlers,
        NatGatewayActions.handlers,
        NatGatewayListing.handlers,
        BandwidthPackageActions.handlers,
        BandwidthPackageAddresses.handlers,
        ForwardEntryActions.handlers,
        SnatEntryActions.handlers,
        VpnGatewayActions.handlers,
        VpnGatewayListing.handlers,
        CustomerGatewayActions.handlers,
        VpnConnectionActions.handlers,
        VpnConnectionListing.handlers,
        AccessPointListing.handlers,
        PhysicalConnectionCreation.handlers,
        PhysicalConnectionLifecycle.handlers,
        PhysicalConnectionListing.handlers,
        BorderRouterCreation.handlers,
        BorderRouterLifecycle.handlers,
        BorderRouterListing.handlers,
        RouterInterfaceCreation.handlers,
        RouterInterfaceLifecycle.handlers,
        RouterInterfaceAttributes.handlers,
        RouterInterfaceListing.handlers,
        AccelerationActions.handlers,
        AccelerationBinding.handlers,
        AccelerationListing.handlers,
        HaVipActions.handlers,
        HaVipBinding.handlers,
        HaVipListing.handlers,
        VpcRegionListing.handlers,
        MonitorData.handlers,
    ]

    /// The asynchronous steps; the raw value is the time in milliseconds at speed 1.
    enum Step: Int64 {
        case vpcPending = 2_000
        case vSwitchPending = 1_800
        case routePending = 1_200
        case addressAssociating = 1_500
        case addressUnassociating = 1_600
        case gatewayInitiating = 4_000
        case entryPending = 1_000
        case entryModifying = 1_100
        case vpnInit = 500
        case vpnProvisioning = 60_000
        case vpnDeleting = 10_000
        case vpnNegotiation = 3_000
        case vpnKeyExchange = 2_500
        case lineReview = 30_000
        case lineApproved = 9_000
        case lineAllocating = 45_000
        case lineAllocated = 12_000
        case lineTerminating = 8_000
        case borderRouterTerminating = 5_000
        case borderRouterRecovering = 5_500
        case interfaceConnecting = 6_000
        case interfaceActivating = 3_500
        case interfaceDeactivating = 3_200
        case accelerationBinding = 2_200
        case virtualAddressCreating = 1_400
    }
}

extension ActionContext {
    /// Milliseconds that a step of this product takes.
    func lasting(_ step: VPC.Step) -> Int64 { durations.scaled(step.rawValue) }
}
