/// RAM's system policies for the gateway's products, by name, so that a configuration can use them without a file.
///
/// Their contents are those of the vendor's pages at the date each entry names. Where no page gives the content, the entry
/// says what was assumed.
public enum SystemPolicies {
    /// One built-in policy.
    public struct Entry: Sendable {
        public let name: String
        /// Version or date of the content, or what it assumes.
        public let basis: String
        /// Whether the vendor's own text is not known, so that the content is an assumption.
        public let isAssumed: Bool
        /// What it allows, on every resource.
        let actions: [String]
        /// What it allows besides, on some resources.
        var more: [PolicyStatement] = []

        public var document: PolicyDocument {
            PolicyDocument(name: name, statements: [PolicyStatement(effect: .allow, actions: actions)] + more)
        }
    }

    /// The policy called `name`; names mind case.
    public static func document(named name: String) -> PolicyDocument? {
        entries.first { $0.name.isExactly(name) }?.document
    }

    public static let entries: [Entry] = [
        Entry(
            name: "AdministratorAccess", basis: "assumed: every action", isAssumed: true, actions: ["*"]),
        Entry(
            name: "ReadOnlyAccess",
            basis: "assumed: the reading actions of the published read-only sample, without its Deny on billing", isAssumed: true,
            actions: [
                "*:Describe*", "*:List*", "*:Get*", "*:BatchGet*", "*:Query*", "*:BatchQuery*",
                "actiontrail:LookupEvents", "dm:Desc*", "dm:SenderStatistics*",
            ]),
        Entry(
            name: "AliyunECSFullAccess", basis: "2021", isAssumed: false,
            actions: ["ecs:*", "vpc:DescribeVpcs", "vpc:DescribeVSwitches"]),
        Entry(
            name: "AliyunECSReadOnlyAccess", basis: "2021", isAssumed: false,
            actions: ["ecs:Describe*", "ecs:List*", "vpc:DescribeVpcs", "vpc:DescribeVSwitches"]),
        Entry(
            name: "AliyunVPCFullAccess", basis: "v12, 2023-04-07; no EIP, NAT or VPN", isAssumed: false,
            actions: [
                "vpc:*HaVip*", "vpc:*RouteTable*", "vpc:*VRouter*", "vpc:*RouteEntry*", "vpc:*RouteEntries*",
                "vpc:*VSwitch*", "vpc:*Vpc*", "vpc:*Cen*", "vpc:*Tag*", "vpc:*NetworkAcl*", "vpc:*FlowLog*",
                "vpc:*Ipv4Gateway*", "vpc:*PrefixList*", "vpc:*DhcpOptionsSet*", "vpc:DeletionProtection",
                "vpc:*TagResource*", "vpc:MoveResourceGroup",
            ]),
        Entry(
            name: "AliyunVPCReadOnlyAccess", basis: "v9, 2025-08-07", isAssumed: false,
            actions: [
                "vpc:DescribeHaVip*", "vpc:DescribeRouteTable*", "vpc:DescribeRouteEntry*", "vpc:DescribeVSwitch*",
                "vpc:DescribeVRouter*", "vpc:DescribeVpc*", "vpc:Describe*Cen*", "vpc:ListTag*", "vpc:DescribeTag*",
                "vpc:DescribeNetworkAcl*", "vpc:DescribeFlowLog*", "vpc:CheckCanAllocateVpcPrivateIpAddress",
                "vpc:ListIpv4Gateways", "vpc:GetIpv4GatewayAttribute", "vpc:ListDhcpOptionsSets",
                "vpc:GetDhcpOptionsSet",
            ]),
        Entry(
            name: "AliyunEIPFullAccess", basis: "assumed: every action on EIPs and their pools", isAssumed: true,
            actions: ["vpc:*Eip*", "vpc:*PublicIpAddressPool*"]),
        Entry(
            name: "AliyunEIPReadOnlyAccess", basis: "v2, 2022-06-27", isAssumed: false,
            actions: ["vpc:DescribeEip*", "vpc:ListPublicIpAddressPool*"]),
        Entry(
            name: "AliyunNATGatewayFullAccess",
            basis: "v7, 2022-05-23; without the right to create the service-linked role, which no request here asks for",
            isAssumed: false,
            actions: [
                "vpc:*NatGateway*", "vpc:*Forward*", "vpc:*Snat*", "vpc:*FullNat*", "vpc:DescribeVpcs",
                "vpc:DescribeVSwitches", "vpc:CreateBandwidthPackage", "vpc:DescribeBandwidthPackages",
                "vpc:ModifyBandwidthPackageSpec", "vpc:AddBandwidthPackageIps", "vpc:RemoveBandwidthPackageIps",
                "vpc:DeleteBandwidthPackage", "vpc:ConvertBandwidthPackage", "vpc:*NatIp*",
            ],
            more: [
                PolicyStatement(
                    effect: .allow, actions: ["vpc:DeletionProtection"], resources: ["acs:vpc:*:*:natgateway/*"])
            ]),
        Entry(
            name: "AliyunNATGatewayReadOnlyAccess", basis: "v3, 2023-07-03", isAssumed: false,
            actions: [
                "vpc:DescribeNatGateway*", "vpc:DescribeBandwidthPackage*", "vpc:DescribeSnatTableEntr*",
                "vpc:DescribeForwardTableEntr*", "vpc:GetNatGatewayAttribute",
                "vpc:VpcDescribeVpcNatGatewayNetworkInterfaceQuota", "vpc:ListFullNatEntries", "vpc:ListNatIpCidrs",
                "vpc:ListNatIps", "vpc:ListEnhanhcedNatGatewayAvailableZones",
            ]),
        Entry(
            name: "AliyunCommonBandwidthPackageFullAccess", basis: "v1, 2017-08-28", isAssumed: false,
            actions: ["vpc:*CommonBandwidthPackage*"]),
        Entry(
            name: "AliyunCommonBandwidthPackageReadOnlyAccess", basis: "v1, 2017-08-28", isAssumed: false,
            actions: ["vpc:DescribeCommonBandwidthPackages*"]),
        Entry(
            name: "AliyunVPNGatewayFullAccess", basis: "assumed: every action on VPN and customer gateways and connections",
            isAssumed: true, actions: ["vpc:*Vpn*", "vpc:*CustomerGateway*", "vpc:*VcoRouteEntr*", "vpc:*IpsecServer*"]),
        Entry(
            name: "AliyunVPNGatewayReadOnlyAccess", basis: "v9, 2026-06-22", isAssumed: false,
            actions: [
                "vpc:DescribeVpnGateway*", "vpc:DescribeVpnConnection*", "vpc:DescribeCustomerGateway*",
                "vpc:DescribeSslVpnServer*", "vpc:DescribeSslVpnClientCert*", "vpc:DescribeSslVpnClients",
                "vpc:DescribeVpn*", "vpc:GetVpn*", "vpc:ListVpn*", "vpc:ListIpsecServer*",
                "vpc:DescribeVpnCrossAccountAuthorizations", "vpc:DescribeVcoRouteEntries", "vpc:DescribeVpnAttachments",
                "vpc:CheckVpnBgpEnabled", "vpc:GetVpnReplacementStatus", "vpc:DownloadVpnConnectionConfig",
            ]),
        Entry(
            name: "AliyunSLBFullAccess", basis: "assumed: every slb action, by analogy with AliyunNLBFullAccess",
            isAssumed: true, actions: ["slb:*"]),
        Entry(
            name: "AliyunSLBReadOnlyAccess", basis: "v4, 2025-10-15", isAssumed: false,
            actions: ["slb:Describe*", "slb:List*", "slb:Get*", "cms:QueryMetric*"]),
        Entry(name: "AliyunENSFullAccess", basis: "assumed: every ens action", isAssumed: true, actions: ["ens:*"]),
        Entry(
            name: "AliyunENSReadOnlyAccess", basis: "v2, 2022-02-22", isAssumed: false,
            actions: ["ens:Get*", "ens:List*", "ens:Describe*"]),
    ]
}
