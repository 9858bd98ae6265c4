import Bytes

extension Instance {
    /// An element of DescribeInstances.
    func rendered(_ world: World, _ context: ActionContext) -> JSONValue {
        let shown = state.state(at: context.now)
        let image = world.images[imageId]
        return .object(
            identity(shown) + hardware(world, image, context) + network(world, context)
                + billing(shown) + options(world))
    }

    private func identity(_ shown: State) -> [JSONValue.Member] {
        [
            .init("InstanceId", .string(id)),
            .init("InstanceName", .string(name)),
            .init("Description", .string(description)),
            .init("ImageId", .string(imageId)),
            .init("RegionId", .string(regionId)),
            .init("ZoneId", .string(zoneId)),
            .init("ClusterId", ""),
            .init("HostName", .string(hostName)),
            .init("SerialNumber", .string(serialNumber)),
            .init("Status", .string(shown.rawValue)),
            .init("StoppedMode", .string(stoppedMode(shown))),
            .init("CreationTime", .string(creationTime.minuteText)),
            .init("StartTime", .string(startTime?.minuteText ?? "")),
            .init("ResourceGroupId", .string(resourceGroupId)),
            .init("OperationLocks", renderedLocks),
        ]
    }

    private func hardware(_ world: World, _ image: Image?, _ context: ActionContext) -> [JSONValue.Member] {
        let disks = world.disks(of: id, at: context.now)
        let hasRoom = disks.count { $0.kind == .data } < type.dataDiskQuantity
        let threads = type.cpu > 1 ? 2 : 1
        return [
            .init("InstanceType", .string(type.id)),
            .init("InstanceTypeFamily", .string(type.family.id)),
            .init(context.isPrivateCloud ? "CPU" : "Cpu", .integer(type.cpu)),
            .init("Memory", .integer(Int(type.memory * 1024))),
            .init(
                "CpuOptions",
                [
                    "CoreCount": .integer(max(1, type.cpu / threads)), "Numa": "", "ThreadsPerCore": .integer(threads),
                ]),
            .init("GPUAmount", 0),
            .init("GPUSpec", ""),
            .init("OSName", .string(image?.osName ?? "")),
            .init("OSNameEn", .string(image?.osName ?? "")),
            .init("OSType", .string(image?.osType ?? "linux")),
            .init("IoOptimized", .bool(isIOOptimized)),
            .init("DeviceAvailable", .bool(hasRoom)),
        ]
    }

    private func network(_ world: World, _ context: ActionContext) -> [JSONValue.Member] {
        [
            .init("InstanceNetworkType", .string(isClassic ? "classic" : "vpc")),
            .init(
                "VpcAttributes",
                [
                    "VpcId": .string(vpcId), "VSwitchId": .string(vSwitchId),
                    "PrivateIpAddress": .list("IpAddress", isClassic ? [] : [privateIpAddress]), "NatIpAddress": "",
                ]),
            .init("InnerIpAddress", .list("IpAddress", isClassic ? [privateIpAddress] : [])),
            .init("PublicIpAddress", .list("IpAddress", publicIpAddresses)),
            .init("EipAddress", world.renderedEip(ofInstance: id, at: context.now)),
            .init("RdmaIpAddress", .list("IpAddress", [JSONValue]())),
            .init("SecurityGroupIds", .list("SecurityGroupId", securityGroupIds)),
            .init(
                "NetworkInterfaces",
                .list(
                    "NetworkInterface", world.interfaces(of: id, at: context.now).map(\.renderedOfInstance))),
            .init("InternetMaxBandwidthIn", .integer(internetMaxBandwidthIn)),
            .init("InternetMaxBandwidthOut", .integer(internetMaxBandwidthOut)),
            .init("InternetChargeType", .string(internetChargeType)),
            .init("VlanId", ""),
        ]
    }

    private func billing(_ shown: State) -> [JSONValue.Member] {
        [
            .init("InstanceChargeType", .string(chargeType.rawValue)),
            .init("ExpiredTime", .string(expiredTime?.minuteText ?? "2099-12-31T15:59Z")),
            .init("AutoReleaseTime", .string(autoReleaseTime?.minuteText ?? "")),
            .init("SaleCycle", .string(chargeType == .prePaid ? renewal.periodUnit : "")),
            .init("SpotStrategy", .string(spot.strategy)),
            .init("SpotPriceLimit", .decimal(spot.priceLimit)),
            .init("SpotDuration", .integer(spot.duration)),
            .init("SpotInterruptionBehavior", .string(spot.interruptionBehavior)),
        ]
    }

    private func options(_ world: World) -> [JSONValue.Member] {
        [
            .init("KeyPairName", .string(keyPairName)),
            .init("DeletionProtection", .bool(hasDeletionProtection)),
            .init("Recyclable", false),
            .init("CreditSpecification", .string(creditSpecification)),
            .init(
                "DedicatedHostAttribute",
                [
                    "DedicatedHostClusterId": "", "DedicatedHostId": "", "DedicatedHostName": "",
                ]),
            .init("DedicatedInstanceAttribute", ["Affinity": "default", "Tenancy": "default"]),
            .init("DeploymentSetId", ""),
            .init("HpcClusterId", ""),
            .init(
                "EcsCapacityReservationAttr",
                [
                    "CapacityReservationId": "", "CapacityReservationPreference": "",
                ]),
            .init(
                "MetadataOptions",
                [
                    "HttpEndpoint": .string(metadata.httpEndpoint), "HttpTokens": .string(metadata.httpTokens),
                ]),
            .init("Tags", world.tags[.instance, id].rendered),
        ]
    }

    /// Whether a stopped instance is paid for; a running one has no such mode.
    func stoppedMode(_ shown: State) -> String {
        guard shown == .stopped || shown == .stopping, chargeType == .postPaid else { return "Not-applicable" }
        return stopsCharging ? "StopCharging" : "KeepCharging"
    }

    /// `OperationLocks` of an instance.
    var renderedLocks: JSONValue {
        .list("LockReason", locks.map { ["LockReason": .string($0.rawValue)] })
    }
}

extension NetworkInterface {
    /// An interface as DescribeInstances shows it.
    var renderedOfInstance: JSONValue {
        let addresses: [JSONValue] = allAddresses.enumerated().map { index, address in
            ["PrivateIpAddress": .string(address), "Primary": .bool(index == 0)]
        }
        return [
            "NetworkInterfaceId": .string(id), "MacAddress": .string(macAddress),
            "PrimaryIpAddress": .string(primaryAddress), "Type": .string(kind.rawValue),
            "PrivateIpSets": .list("PrivateIpSet", addresses),
            "Ipv6Sets": .list("Ipv6Set", [JSONValue]()),
            "Ipv4PrefixSets": .list("Ipv4PrefixSet", [JSONValue]()),
            "Ipv6PrefixSets": .list("Ipv6PrefixSet", [JSONValue]()),
        ]
    }
}

extension [ResourceTag] {
    /// `Tags` of a resource whose elements are `TagKey` and `TagValue`.
    var rendered: JSONValue {
        .list("Tag", map { ["TagKey": .string($0.key), "TagValue": .string($0.value)] })
    }
}
