import Bytes

extension ENSInstance {
    /// An element of DescribeInstances.
    func rendered(_ world: World, at now: SimulatedTime) -> JSONValue {
        let visible = publicAddresses + world.boundAddresses(of: id, at: now).map { Address(ip: $0.ip, carrier: $0.carrier) }
        let inner = Address(ip: privateAddress, carrier: ENSNode.named(nodeId)?.mainCarrier ?? .telecom)
        return [
            "InstanceId": .string(id), "InstanceName": .string(name), "HostName": .string(hostName),
            "EnsRegionId": .string(nodeId), "Status": .string(state(at: now).rawValue), "SpecName": .string(spec.id),
            "InstanceResourceType": .string(kind.rawValue), "Cpu": .string(String(spec.cores)),
            "Memory": .integer(spec.memory), "Disk": .integer(diskSize * 1024), "ImageId": .string(image.id),
            "OSName": .string(image.title), "CreationTime": .string(creationTime.text),
            "ExpiredTime": .string(expiredTime?.text ?? ENS.endless), "InternetMaxBandwidthIn": .integer(bandwidth),
            "InternetMaxBandwidthOut": .integer(bandwidth), "SystemDisk": systemDisk.rendered("system"),
            "DataDisk": .list("DataDisk", dataDisks.map { $0.rendered("data") }),
            "PublicIpAddress": .list("IpAddress", visible.map(\.ip)),
            "PublicIpAddresses": .list("PublicIpAddress", visible.map(\.rendered)),
            "InnerIpAddress": .list("IpAddress", [privateAddress]),
            "PrivateIpAddresses": .list("PrivateIpAddress", [inner.rendered]),
            "SecurityGroupIds": .list("SecurityGroupId", securityGroupIds),
            "NetworkAttributes": [
                "NetworkId": .string(networkId), "VSwitchId": .string(vSwitchId),
                "PrivateIpAddress": .list("IpAddress", vSwitchId.isEmpty ? [] : [privateAddress]),
            ],
        ]
    }

    private var diskSize: Int { systemDisk.size + dataDisks.reduce(0) { $0 + $1.size } }
}

extension ENSInstance.Disk {
    /// Sizes are told in MB, and everything twice.
    fileprivate func rendered(_ type: String) -> JSONValue {
        [
            "DiskId": .string(id), "uuid": .string(id), "DiskName": "", "name": "", "Category": "pangu",
            "device_type": "pangu", "disk_type": .string(type), "Size": .integer(size * 1024),
            "storage": .integer(size * 1024),
        ]
    }
}

extension ENSInstance.Address {
    fileprivate var rendered: JSONValue {
        ["Ip": .string(ip), "GateWay": .string(gateway), "Isp": .string(carrier.rawValue)]
    }
}
