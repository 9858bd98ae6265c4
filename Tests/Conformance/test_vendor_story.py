"""A small site built and torn down with the vendor's SDKs, in JSON and in XML; every wrong step fails as documented."""
import json

import pytest

from conftest import Process
from vendor import Cloud, every


@pytest.fixture(scope="module")
def endpoint():
    process = Process("simulate", "--listen", "127.0.0.1:0", "--access-key", "testid:testsecret", "--speed", "200")
    try:
        yield process.wait_for(r"http://(127\.0\.0\.1:\d+)").group(1)
    finally:
        process.stop()


@pytest.fixture(params=["json", "xml"])
def cloud(endpoint, request):
    return Cloud(endpoint, request.param)


class Site:
    """What the story builds."""

    def __init__(self, cloud):
        self.cloud = cloud
        self.region = "cn-hangzhou"
        model = cloud.ask("ecs", "DescribeInstances", PageSize=1)
        self.image, self.type = every(model, "Instances.Instance.ImageId")[0], every(model, "Instances.Instance.InstanceType")[0]
        self.zones = every(cloud.ask("vpc", "DescribeZones", RegionId=self.region), "Zones.Zone.ZoneId")[:2]

    def network(self):
        cloud = self.cloud
        self.vpc = cloud.one("vpc", "CreateVpc", "VpcId", RegionId=self.region, CidrBlock="172.16.0.0/12", VpcName="story")
        cloud.until("Available", "vpc", "DescribeVpcs", "Vpcs.Vpc.Status", RegionId=self.region, VpcId=self.vpc)
        switch = {"VpcId": self.vpc, "ZoneId": self.zones[0]}
        cloud.refuses("InvalidZoneId.NotFound", "vpc", "CreateVSwitch", **{**switch, "ZoneId": "cn-nowhere-a"}, CidrBlock="172.16.0.0/24")
        cloud.refuses("InvalidVpcId.NotFound", "vpc", "CreateVSwitch", **{**switch, "VpcId": "vpc-nothing"}, CidrBlock="172.16.0.0/24")
        self.switches = []
        for zone, block in zip(self.zones, ("172.16.1.0/24", "172.16.2.0/24")):
            made = cloud.one("vpc", "CreateVSwitch", "VSwitchId", VpcId=self.vpc, ZoneId=zone, CidrBlock=block)
            self.switches.append(made)
            cloud.until("Available", "vpc", "DescribeVSwitches", "VSwitches.VSwitch.Status", VpcId=self.vpc, VSwitchId=made)
        cloud.refuses("InvalidCidrBlock.Overlapped", "vpc", "CreateVSwitch", **switch, CidrBlock="172.16.1.128/25")
        found = every(cloud.ask("vpc", "DescribeVpcs", RegionId=self.region, VpcId=self.vpc), "Vpcs.Vpc.VSwitchIds.VSwitchId")
        assert sorted(found) == sorted(self.switches)
        cloud.refuses("DependencyViolation.VSwitch", "vpc", "DeleteVpc", VpcId=self.vpc)

    def servers(self):
        cloud = self.cloud
        self.group = cloud.one("ecs", "CreateSecurityGroup", "SecurityGroupId", RegionId=self.region, VpcId=self.vpc)
        cloud.ask("ecs", "AuthorizeSecurityGroup", SecurityGroupId=self.group, IpProtocol="tcp", PortRange="80/80", SourceCidrIp="0.0.0.0/0")
        server = {"ImageId": self.image, "InstanceType": self.type, "SecurityGroupId": self.group}
        cloud.refuses("InvalidVSwitchId.NotFound", "ecs", "RunInstances", **server, VSwitchId="vsw-nothing")
        self.instances = []
        for switch, amount in zip(self.switches, (2, 1)):
            made = cloud.ask("ecs", "RunInstances", **server, VSwitchId=switch, Amount=amount, InstanceName="story")
            self.instances += every(made, "InstanceIdSets.InstanceIdSet")
        assert len(self.instances) == 3
        self.wait_for_servers("Running")
        cloud.refuses("DependencyViolation", "vpc", "DeleteVSwitch", VSwitchId=self.switches[1])
        cloud.refuses("DependencyViolation", "ecs", "DeleteSecurityGroup", SecurityGroupId=self.group)

    def wait_for_servers(self, state):
        self.cloud.until(
            state, "ecs", "DescribeInstances", "Instances.Instance.Status", InstanceIds=json.dumps(self.instances), PageSize=10)

    def disks(self):
        cloud = self.cloud
        self.disk = cloud.one("ecs", "CreateDisk", "DiskId", ZoneId=self.zones[0], DiskCategory="cloud_efficiency", Size=40)
        self.wait_for_disk("Available")
        cloud.ask("ecs", "AttachDisk", DiskId=self.disk, InstanceId=self.instances[0])
        self.wait_for_disk("In_use")
        cloud.refuses("IncorrectDiskStatus", "ecs", "DeleteDisk", DiskId=self.disk)

    def wait_for_disk(self, state):
        self.cloud.until(state, "ecs", "DescribeDisks", "Disks.Disk.Status", DiskIds=json.dumps([self.disk]))

    def address(self):
        cloud = self.cloud
        self.eip = cloud.one("vpc", "AllocateEipAddress", "AllocationId", RegionId=self.region, Bandwidth="5")
        cloud.refuses("InvalidAllocationId.NotFound", "vpc", "AssociateEipAddress", AllocationId="eip-nothing", InstanceId=self.instances[0])
        cloud.ask("vpc", "AssociateEipAddress", AllocationId=self.eip, InstanceId=self.instances[0], InstanceType="EcsInstance")
        self.wait_for_address("InUse")
        cloud.refuses("IncorrectEipStatus", "vpc", "ReleaseEipAddress", AllocationId=self.eip)
        seen = cloud.ask("ecs", "DescribeInstances", InstanceIds=json.dumps(self.instances[:1]))
        assert every(seen, "Instances.Instance.EipAddress.AllocationId") == [self.eip]

    def wait_for_address(self, state):
        self.cloud.until(
            state, "vpc", "DescribeEipAddresses", "EipAddresses.EipAddress.Status", RegionId=self.region, AllocationId=self.eip)

    def balancer(self):
        cloud = self.cloud
        self.balancer_id = cloud.one(
            "slb", "CreateLoadBalancer", "LoadBalancerId", RegionId=self.region, VpcId=self.vpc, VSwitchId=self.switches[0],
            LoadBalancerName="story", LoadBalancerSpec="slb.s1.small", DeleteProtection="on")
        balancer = {"LoadBalancerId": self.balancer_id, "RegionId": self.region}
        servers = json.dumps([{"ServerId": i, "Weight": "100"} for i in self.instances])
        cloud.refuses("InvalidLoadBalancerId.NotFound", "slb", "AddBackendServers", LoadBalancerId="lb-nothing", BackendServers=servers)
        cloud.ask("slb", "AddBackendServers", **balancer, BackendServers=servers)
        cloud.ask("slb", "CreateLoadBalancerTCPListener", **balancer, ListenerPort=443, BackendServerPort=443, Bandwidth=-1)
        cloud.ask("slb", "CreateLoadBalancerHTTPListener", **balancer, ListenerPort=80, BackendServerPort=80, Bandwidth=-1,
                  HealthCheck="on", StickySession="off")
        for port in (443, 80):
            cloud.ask("slb", "StartLoadBalancerListener", **balancer, ListenerPort=port)
        seen = cloud.ask("slb", "DescribeLoadBalancerAttribute", **balancer)
        assert sorted(map(str, every(seen, "ListenerPorts.ListenerPort"))) == ["443", "80"]
        assert sorted(every(seen, "BackendServers.BackendServer.ServerId")) == sorted(self.instances)
        cloud.until("normal", "slb", "DescribeHealthStatus", "BackendServers.BackendServer.ServerHealthStatus", **balancer)
        cloud.refuses("OperationDenied.DeleteProtectionIsOn", "slb", "DeleteLoadBalancer", **balancer)

    def tear_down(self):
        cloud = self.cloud
        balancer = {"LoadBalancerId": self.balancer_id, "RegionId": self.region}
        cloud.ask("slb", "RemoveBackendServers", **balancer, BackendServers=json.dumps([{"ServerId": i} for i in self.instances]))
        cloud.ask("slb", "SetLoadBalancerDeleteProtection", **balancer, DeleteProtection="off")
        cloud.ask("slb", "DeleteLoadBalancer", **balancer)
        found = cloud.ask("slb", "DescribeLoadBalancers", RegionId=self.region, LoadBalancerId=self.balancer_id)
        assert every(found, "LoadBalancers.LoadBalancer.LoadBalancerId") == []

        cloud.ask("vpc", "UnassociateEipAddress", AllocationId=self.eip, InstanceId=self.instances[0], InstanceType="EcsInstance")
        self.wait_for_address("Available")
        cloud.ask("vpc", "ReleaseEipAddress", AllocationId=self.eip)

        cloud.ask("ecs", "DetachDisk", DiskId=self.disk, InstanceId=self.instances[0])
        self.wait_for_disk("Available")
        cloud.ask("ecs", "DeleteDisk", DiskId=self.disk)

        for instance in self.instances:
            cloud.refuses("IncorrectInstanceStatus", "ecs", "DeleteInstance", InstanceId=instance)
            cloud.ask("ecs", "StopInstance", InstanceId=instance)
        self.wait_for_servers("Stopped")
        for instance in self.instances:
            cloud.ask("ecs", "DeleteInstance", InstanceId=instance)
        cloud.ask("ecs", "DeleteSecurityGroup", SecurityGroupId=self.group)

        for switch in self.switches:
            cloud.ask("vpc", "DeleteVSwitch", VSwitchId=switch)
            left = every(cloud.ask("vpc", "DescribeVSwitches", VpcId=self.vpc), "VSwitches.VSwitch.VSwitchId")
            assert switch not in left
        cloud.ask("vpc", "DeleteVpc", VpcId=self.vpc)
        assert every(cloud.ask("vpc", "DescribeVpcs", RegionId=self.region, VpcId=self.vpc), "Vpcs.Vpc.VpcId") == []


def test_a_site_from_the_ground_up_and_down_again(cloud):
    site = Site(cloud)
    for step in (site.network, site.servers, site.disks, site.address, site.balancer, site.tear_down):
        step()


class Edge:
    """The same on an edge node."""

    def __init__(self, cloud):
        self.cloud = cloud
        self.node = every(cloud.ask("ens", "DescribeEnsRegions"), "EnsRegions.EnsRegions.EnsRegionId")[0]
        self.type = every(cloud.ask("ens", "DescribeInstanceSpec"), "InstanceSpecs.InstanceSpec.InstanceType")[0]
        self.image = every(cloud.ask("ens", "DescribeImageInfos"), "Images.Image.ImageId")[0]

    def network(self):
        cloud = self.cloud
        self.network_id = cloud.one("ens", "CreateNetwork", "NetworkId", EnsRegionId=self.node, CidrBlock="192.168.0.0/20")
        cloud.until("Available", "ens", "DescribeNetworks", "Networks.Network.Status", NetworkId=self.network_id)
        switch = {"EnsRegionId": self.node, "NetworkId": self.network_id}
        cloud.refuses("InvalidCidrBlock", "ens", "CreateVSwitch", **switch, CidrBlock="192.168.16.0/24")
        self.switches = []
        for block in ("192.168.1.0/24", "192.168.2.0/24"):
            made = cloud.one("ens", "CreateVSwitch", "VSwitchId", **switch, CidrBlock=block)
            cloud.until("Available", "ens", "DescribeVSwitches", "VSwitches.VSwitch.Status", VSwitchId=made)
            self.switches.append(made)
        cloud.refuses("InvalidCidrBlock", "ens", "CreateVSwitch", **switch, CidrBlock="192.168.1.128/25")

    def servers(self):
        cloud = self.cloud
        server = {"EnsRegionId": self.node, "InstanceType": self.type, "VSwitchId": self.switches[0], "Period": "1",
                  "Password": "Passw0rd!", "InternetChargeType": "95BandwidthByMonth"}
        cloud.refuses("InvalidImageId", "ens", "CreateInstance", **server, ImageId="nothing", Quantity="1")
        made = cloud.ask("ens", "CreateInstance", **server, ImageId=self.image, Quantity="2")
        self.instances = every(made, "InstanceIds.InstanceId")
        assert len(self.instances) == 2
        self.wait_for_servers("Running")
        for instance in self.instances:
            cloud.refuses("IncorrectInstanceStatus", "ens", "StartInstance", InstanceId=instance)

    def wait_for_servers(self, state):
        self.cloud.until(state, "ens", "DescribeInstances", "Instances.Instance.Status", InstanceIds=json.dumps(self.instances))

    def balancer(self):
        cloud = self.cloud
        self.balancer_id = cloud.one(
            "ens", "CreateLoadBalancer", "LoadBalancerId", EnsRegionId=self.node, LoadBalancerSpec="elb.s2.medium", PayType="PostPaid",
            NetworkId=self.network_id, VSwitchId=self.switches[1])
        balancer = {"LoadBalancerId": self.balancer_id}
        # This SDK makes the JSON itself.
        cloud.ask("ens", "AddBackendServers", **balancer, BackendServers=[{"ServerId": i, "Weight": 100} for i in self.instances])
        cloud.ask("ens", "CreateLoadBalancerTCPListener", **balancer, ListenerPort=80, BackendServerPort=80)
        seen = cloud.ask("ens", "DescribeLoadBalancerAttribute", **balancer)
        assert sorted(every(seen, "BackendServers.ServerId")) == sorted(self.instances)
        self.eip = cloud.one("ens", "CreateEipInstance", "AllocationId", EnsRegionId=self.node, Bandwidth=5,
                             InstanceChargeType="PostPaid", InternetChargeType="95BandwidthByMonth")
        self.wait_for_address("Available")
        cloud.ask("ens", "AssociateEnsEipAddress", AllocationId=self.eip, InstanceId=self.balancer_id, InstanceType="SlbInstance")
        self.wait_for_address("InUse")
        cloud.refuses("IncorrectInstanceStatus", "ens", "DeleteVSwitch", VSwitchId=self.switches[1])
        cloud.refuses("IncorrectInstanceStatus", "ens", "ReleaseInstance", InstanceId=self.eip)

    def wait_for_address(self, state):
        self.cloud.until(state, "ens", "DescribeEnsEipAddresses", "EipAddresses.EipAddress.Status", AllocationId=self.eip)

    def tear_down(self):
        cloud = self.cloud
        cloud.ask("ens", "UnAssociateEnsEipAddress", AllocationId=self.eip)
        self.wait_for_address("Available")
        for released in (self.eip, self.balancer_id):
            cloud.ask("ens", "ReleaseInstance", InstanceId=released)
        cloud.ask("ens", "DeleteVSwitch", VSwitchId=self.switches[1])
        left = every(cloud.ask("ens", "DescribeVSwitches", NetworkId=self.network_id), "VSwitches.VSwitch.VSwitchId")
        assert left == self.switches[:1]
        # What was paid for ahead cannot be given back, and so holds its network.
        for instance in self.instances:
            cloud.refuses("UnsupportedOperation", "ens", "ReleasePostPaidInstance", InstanceId=instance)
        cloud.refuses("IncorrectInstanceStatus", "ens", "DeleteVSwitch", VSwitchId=self.switches[0])
        cloud.refuses("IncorrectInstanceStatus", "ens", "DeleteNetwork", NetworkId=self.network_id)


def test_an_edge_site_from_the_ground_up_and_down_again(cloud):
    site = Edge(cloud)
    for step in (site.network, site.servers, site.balancer, site.tear_down):
        step()
