import Testing

@testable import Auth

struct SystemPoliciesTests {
    @Test(
        "what the built-in policies allow",
        arguments: [
            ("AdministratorAccess", "ram:CreateUser", true), ("AdministratorAccess", "ecs:DeleteInstance", true),
            ("ReadOnlyAccess", "ecs:DescribeInstances", true), ("ReadOnlyAccess", "slb:ListTagResources", true),
            ("ReadOnlyAccess", "ecs:StopInstance", false), ("ReadOnlyAccess", "oss:GetObject", true),
            ("AliyunECSFullAccess", "ecs:DeleteInstance", true), ("AliyunECSFullAccess", "vpc:DescribeVpcs", true),
            ("AliyunECSFullAccess", "vpc:DeleteVpc", false), ("AliyunECSReadOnlyAccess", "ecs:DescribeDisks", true),
            ("AliyunECSReadOnlyAccess", "ecs:ListTagResources", true), ("AliyunECSReadOnlyAccess", "ecs:StopInstance", false),
            ("AliyunVPCFullAccess", "vpc:CreateVSwitch", true), ("AliyunVPCFullAccess", "vpc:AllocateEipAddress", false),
            ("AliyunVPCFullAccess", "vpc:DescribeVpcAttribute", true), ("AliyunVPCReadOnlyAccess", "vpc:DescribeVpcs", true),
            ("AliyunEIPFullAccess", "vpc:AllocateEipAddress", true), ("AliyunEIPFullAccess", "vpc:DeleteVpc", false),
            ("AliyunEIPReadOnlyAccess", "vpc:DescribeEipAddresses", true),
            ("AliyunEIPReadOnlyAccess", "vpc:ReleaseEipAddress", false),
            ("AliyunNATGatewayFullAccess", "vpc:CreateForwardEntry", true),
            ("AliyunNATGatewayFullAccess", "vpc:DeletionProtection", false),
            ("AliyunNATGatewayReadOnlyAccess", "vpc:DescribeSnatTableEntries", true),
            ("AliyunNATGatewayReadOnlyAccess", "vpc:CreateSnatEntry", false),
            ("AliyunCommonBandwidthPackageFullAccess", "vpc:AddCommonBandwidthPackageIp", true),
            ("AliyunCommonBandwidthPackageReadOnlyAccess", "vpc:AddCommonBandwidthPackageIp", false),
            ("AliyunVPNGatewayFullAccess", "vpc:CreateCustomerGateway", true),
            ("AliyunVPNGatewayReadOnlyAccess", "vpc:DownloadVpnConnectionConfig", true),
            ("AliyunVPNGatewayReadOnlyAccess", "vpc:DeleteVpnGateway", false),
            ("AliyunVPCReadOnlyAccess", "vpc:DeleteVpc", false), ("AliyunSLBFullAccess", "slb:DeleteLoadBalancer", true),
            ("AliyunSLBReadOnlyAccess", "slb:DescribeLoadBalancers", true),
            ("AliyunSLBReadOnlyAccess", "slb:DeleteLoadBalancer", false), ("AliyunENSFullAccess", "ens:RunInstances", true),
            ("AliyunENSReadOnlyAccess", "ens:DescribeInstances", true), ("AliyunENSReadOnlyAccess", "ens:StopInstance", false),
        ])
    func rights(_ name: String, _ action: String, _ isAllowed: Bool) throws {
        let set = PolicySet([try #require(SystemPolicies.document(named: name))])
        #expect(set.decide(ModelRequest(action: action)).isAllowed == isAllowed)
        #expect(set.decide(ModelRequest(action: action, resources: [])).isAllowed == isAllowed)
    }

    @Test("every entry is a document that the parser accepts, under a name of its own")
    func entries() throws {
        #expect(Set(SystemPolicies.entries.map(\.name)).count == SystemPolicies.entries.count)
        for entry in SystemPolicies.entries {
            let model = entry.document.statements.map { statement in
                var model = ModelStatement()
                model.actions = statement.actions
                model.resources = statement.resources
                return model
            }
            #expect(try document(model).statements.map(\.actions) == entry.document.statements.map(\.actions))
            #expect(entry.isAssumed == entry.basis.hasPrefix("assumed"))
        }
        #expect(SystemPolicies.document(named: "administratoraccess") == nil)
    }
}
