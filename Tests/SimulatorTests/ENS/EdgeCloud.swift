import Bytes
import Testing

@testable import Simulator

/// The edge of a simulated cloud with its example fleet.
struct EdgeCloud {
    static let node = "cn-beijing-cmcc"

    let test: TestCloud

    init() throws { test = try TestCloud().calling("ens") }

    func wait(_ seconds: Int64 = 60) { test.clock.advance(seconds: seconds) }

    /// The fleet's instance with this name.
    func instance(_ name: String) -> String {
        test.succeed("DescribeInstances", ["InstanceName": name]).text("Instances.Instance.0.InstanceId")
    }

    func state(_ instance: String) -> String {
        test.succeed("DescribeInstances", ["InstanceId": instance]).text("Instances.Instance.0.Status")
    }

    /// A network and a vSwitch in it, both ready.
    func network(on node: String = EdgeCloud.node) -> (network: String, vSwitch: String) {
        let network = test.succeed("CreateNetwork", ["EnsRegionId": node, "CidrBlock": "10.8.0.0/16"]).text("NetworkId")
        wait()
        let vSwitch = test.succeed(
            "CreateVSwitch", ["EnsRegionId": node, "NetworkId": network, "CidrBlock": "10.8.0.0/24"]
        ).text("VSwitchId")
        wait()
        return (network, vSwitch)
    }

    /// Parameters of the smallest instance.
    func purchase(_ more: [String: String] = [:]) -> [String: String] {
        let base = [
            "EnsRegionId": Self.node, "InstanceType": "ens.sn1.tiny", "ImageId": "centos_7_06_64_20G_alibase_20190711",
            "Quantity": "1", "Period": "1",
        ]
        return base.merging(more) { $1 }
    }

    /// A running instance.
    func running(_ more: [String: String] = [:]) -> String {
        let id = test.succeed("CreateInstance", purchase(more)).text("InstanceIds.InstanceId.0")
        wait()
        return id
    }

    /// A load balancer in a network of its own.
    func balancer() -> (id: String, network: String, vSwitch: String) {
        let (network, vSwitch) = network()
        let id = test.succeed(
            "CreateLoadBalancer",
            [
                "EnsRegionId": Self.node, "LoadBalancerSpec": "elb.s2.medium", "PayType": "PostPaid", "NetworkId": network,
                "VSwitchId": vSwitch,
            ]
        ).text("LoadBalancerId")
        return (id, network, vSwitch)
    }

    /// An address of pay-as-you-go.
    func address(_ more: [String: String] = [:]) -> String {
        let base = [
            "EnsRegionId": Self.node, "InstanceChargeType": "PostPaid", "InternetChargeType": "95BandwidthByMonth",
        ]
        return test.succeed("CreateEipInstance", base.merging(more) { $1 }).text("AllocationId")
    }
}
