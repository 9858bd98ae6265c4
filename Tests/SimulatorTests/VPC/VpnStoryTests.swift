import Testing

@testable import Simulator

@Suite struct VpnStoryTests {
    private let test: TestCloud
    private let region = ["RegionId": "cn-hangzhou"]

    init() throws { test = try .network() }

    private func with(_ more: [String: String]) -> [String: String] { region.merging(more) { $1 } }

    /// A gateway that is ready.
    private func makeGateway(_ vpc: String, _ more: [String: String] = [:]) -> String {
        let request = with(["VpcId": vpc, "Bandwidth": "10", "InstanceChargeType": "POSTPAY"]).merging(more) { $1 }
        let id = test.succeed("CreateVpnGateway", request).text("VpnGatewayId")
        test.clock.advance(seconds: 90)
        return id
    }

    @Test func `a connection stands between two gateways, and goes before them`() {
        let network = test.makeVpc()
        _ = test.makeVSwitch(network.vpc)
        let id = test.succeed(
            "CreateVpnGateway", with(["VpcId": network.vpc, "Bandwidth": "10", "InstanceChargeType": "POSTPAY", "Name": "site"])
        ).text("VpnGatewayId")
        let named = with(["VpnGatewayId": id])
        #expect(test.succeed("DescribeVpnGateway", named).text("Status") == "init")
        test.clock.advance(seconds: 5)
        #expect(test.succeed("DescribeVpnGateway", named).text("Status") == "provisioning")
        test.fail("DeleteVpnGateway", named.merging(["Token": "t-1"]) { $1 }, 400, "VpnGateway.Configuring")
        test.fail("ModifyVpnGatewayAttribute", named.merging(["Name": "later"]) { $1 }, 400, "VpnGateway.Configuring")
        test.clock.advance(seconds: 90)
        let gateway = test.succeed("DescribeVpnGateway", named)
        #expect(gateway.text("Status") == "active" && gateway.text("Spec") == "10M" && gateway.text("Name") == "site")
        let customer = test.succeed("CreateCustomerGateway", with(["IpAddress": "198.51.100.2", "Name": "site"]))
            .text("CustomerGatewayId")
        test.fail("CreateCustomerGateway", with(["IpAddress": "198.51.100.2"]), 400, "InvalidIpAddress.AlreadyExsit")
        let connection = test.succeed(
            "CreateVpnConnection",
            with([
                "CustomerGatewayId": customer, "VpnGatewayId": id, "LocalSubnet": "192.168.0.0/16",
                "RemoteSubnet": "10.1.0.0/16,10.2.0.0/16",
                "IkeConfig": #"{"Psk":"of the two","IkeVersion":"ikev2","IkeLifetime":3600}"#,
            ])
        ).text("VpnConnectionId")
        let shown = with(["VpnConnectionId": connection])
        #expect(test.succeed("DescribeVpnConnection", shown).text("Status") == "ike_sa_not_established")
        test.clock.advance(seconds: 10)
        let whole = test.succeed("DescribeVpnConnection", shown)
        #expect(whole.text("Status") == "ipsec_sa_established" && whole.text("IkeConfig.IkeEncAlg") == "aes")
        #expect(whole.text("IkeConfig.LocalId") == gateway.text("InternetIp") && whole.text("IkeConfig.IkeLifetime") == "3600")
        // The other end sees it the other way round.
        let config = test.succeed("DownloadVpnConnectionConfig", shown)
        #expect(config.text("VpnConnectionConfig.Local") == "198.51.100.2")
        #expect(config.text("VpnConnectionConfig.LocalSubnet") == "10.1.0.0/16,10.2.0.0/16")
        #expect(config.text("VpnConnectionConfig.IkeConfig.RemoteId") == gateway.text("InternetIp"))
        #expect(config.text("VpnConnectionConfig.IkeConfig.Psk") == "of the two")
        test.fail("DeleteVpnGateway", named.merging(["Token": "t-2"]) { $1 }, 400, "DependencyViolation.VpnConnection")
        test.fail("DeleteCustomerGateway", with(["CustomerGatewayId": customer]), 400, "DependencyViolation.VpnConnection")
        test.fail("DeleteVpc", ["VpcId": network.vpc], 400, "DependencyViolation.VSwitch")
        test.succeed("DeleteVpnConnection", shown)
        test.fail("DescribeVpnConnection", shown, 404, "VpnConnectionId.NotFound")
        test.succeed("DeleteCustomerGateway", with(["CustomerGatewayId": customer]))
        test.fail("DescribeCustomerGateway", with(["CustomerGatewayId": customer]), 404, "InvalidCustomerGatewayId.NotFound")
        // The vendor's clients call the token otherwise.
        test.succeed("DeleteVpnGateway", named.merging(["ClientToken": "t-3"]) { $1 })
        #expect(test.succeed("DescribeVpnGateway", named).text("Status") == "deleting")
        test.clock.advance(seconds: 15)
        test.fail("DescribeVpnGateway", named, 404, "InvalidVpnGatewayInstanceId.NotFound")
    }

    @Test func `a token of a connection is remembered under either name`() {
        let network = test.makeVpc()
        _ = test.makeVSwitch(network.vpc)
        let id = makeGateway(network.vpc)
        let customer = test.succeed("CreateCustomerGateway", with(["IpAddress": "198.51.100.2"])).text("CustomerGatewayId")
        let request = with([
            "CustomerGatewayId": customer, "VpnGatewayId": id, "LocalSubnet": "192.168.0.0/16", "RemoteSubnet": "10.1.0.0/16",
        ])
        let first = test.succeed("CreateVpnConnection", request.merging(["Token": "t"]) { $1 })
        let second = test.succeed("CreateVpnConnection", request.merging(["ClientToken": "t"]) { $1 })
        #expect(first.text("VpnConnectionId") == second.text("VpnConnectionId"))
    }

    @Test(arguments: [
        ("IkeConfig", #"{"IkeVersion":"ikev3"}"#, "InvalidParam.IkeVersion"),
        ("IkeConfig", #"{"Psk":""}"#, "InvalidParam.RightPsk"),
        ("IkeConfig", #"{"IkeLifetime":86401}"#, "InvalidParam.IkeLifeTime"),
        ("IkeConfig", #"{"IkePfs":"group3"}"#, "InvalidParam.IkePfs"),
        ("IpsecConfig", #"{"IpsecAuthAlg":"sha9"}"#, "InvalidParam.IpsecAuthAlg"), ("IpsecConfig", "[]", "InvalidParameter"),
        ("LocalSubnet", "192.168.0.1/16", "InvalidParam.LeftSubnet"),
        ("RemoteSubnet", "10.1.0.0/16,", "InvalidParam.RightSubnet"),
    ])
    func `what a connection is set to is checked`(name: String, value: String, code: String) {
        let connection = test.succeed("DescribeVpnConnections", region).text("VpnConnections.VpnConnection.0.VpnConnectionId")
        let reply = test.call("ModifyVpnConnectionAttribute", with(["VpnConnectionId": connection, name: value]))
        #expect(reply.code == code && reply.status == 400)
        let change = with([
            "VpnConnectionId": connection, "IpsecConfig": #"{"IpsecPfs":"disabled"}"#, "EffectImmediately": "true",
        ])
        #expect(test.succeed("ModifyVpnConnectionAttribute", change).text("IpsecConfig.IpsecPfs") == "disabled")
        #expect(
            test.succeed("DescribeVpnConnection", with(["VpnConnectionId": connection])).text("Status")
                == "ike_sa_not_established")
    }

    @Test func `a paid subscription cannot be given back`() {
        let network = test.makeVpc()
        _ = test.makeVSwitch(network.vpc)
        test.fail("CreateVpnGateway", with(["VpcId": network.vpc, "Bandwidth": "5"]), 400, "MissingParameter")
        let id = makeGateway(network.vpc, ["InstanceChargeType": "PREPAY", "Period": "1", "AutoPay": "true"])
        test.fail(
            "CreateVpnGateway", with(["VpcId": network.vpc, "Bandwidth": "5", "InstanceChargeType": "POSTPAY"]), 400,
            "QuotaExceeded.VpnGateway")
        test.fail("DeleteVpnGateway", with(["VpnGatewayId": id, "Token": "t"]), 400, "ForbiddenRelease")
        test.succeed("ModifyVpnGatewayAttribute", with(["VpnGatewayId": id, "Name": "north.1"]))
        test.fail("ModifyVpnGatewayAttribute", with(["VpnGatewayId": id, "Name": "1"]), 400, "InvalidName")
        #expect(test.succeed("DescribeVpnGateways", with(["VpcId": network.vpc, "Status": "active"])).text("TotalCount") == "1")
    }
}
