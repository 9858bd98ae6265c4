import Bytes

/// Making instances: RunInstances and CreateInstance.
enum InstanceCreation {
    static let handlers: [String: ActionHandler] = [
        "RunInstances": run,
        "CreateInstance": create,
    ]

    @Sendable
    private static func run(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let context = try context.filledFromLaunchTemplate(world)
        let request = try InstanceRequest(world, context)
        let amount = context.parameters.integer("Amount") ?? 1
        if let least = context.parameters.integer("MinAmount"), least > amount {
            throw CloudError("InvalidMinAmount.Malformed")
        }
        try checkRoom(world, request, amount)
        let ids = try make(amount, of: request, starting: true, &world, context)
        var answer: JSONValue = .object([.init("InstanceIdSets", .list("InstanceIdSet", ids))])
        if request.chargeType == .prePaid {
            answer = answer.with("OrderId", .string(String(world.identifiers.orderNumber())))
        }
        if context.parameters.text("SpotStrategy").map({ $0 != "NoSpot" }) ?? false {
            answer = answer.with("TradePrice", .decimal(SpotPrice.current(request.type, request.zoneId, context.now)))
        }
        return answer
    }

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let request = try InstanceRequest(world, context)
        try checkRoom(world, request, 1)
        let ids = try make(1, of: request, starting: false, &world, context)
        var answer: JSONValue = .object([.init("InstanceId", .string(ids.first ?? ""))])
        if request.chargeType == .prePaid {
            answer = answer.with("OrderId", .string(String(world.identifiers.orderNumber())))
        }
        return answer
    }

    private static func checkRoom(_ world: World, _ request: InstanceRequest, _ amount: Int) throws(CloudError) {
        for group in request.securityGroupIds where world.members(of: group).count + amount > SecurityGroup.instanceLimit {
            throw CloudError("SecurityGroupInstanceLimitExceed")
        }
    }

    private static func make(
        _ amount: Int, of request: InstanceRequest, starting: Bool, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> [String] {
        let names = InstanceNames(context.parameters, amount: amount)
        var address = request.privateIpAddress
        var ids: [String] = []
        for index in 0..<amount {
            guard let free = address ?? world.freeAddress(in: request.vSwitch) else {
                throw CloudError("QuotaExceeded.PrivateIpAddress")
            }
            guard world.isAssignable(free, in: request.vSwitch) else {
                throw CloudError("InvalidPrivateIpAddress.Duplicated")
            }
            let id = world.identifiers.resource("i")
            var instance = Instance(
                id: id, request, names.name(index) ?? id, names.hostName(index), free, &world, context)
            instance.state = state(starting: starting, context)
            if starting {
                instance.startTime = instance.state.end
                if instance.internetMaxBandwidthOut > 0 {
                    instance.publicIpAddresses = [PublicAddress.make(&world)]
                }
            }
            world.instances[id] = instance
            world.tags.add(request.tags, to: .instance, id)
            try addInterfaces(request, to: instance, &world, context)
            addDisks(request, to: instance, &world, context)
            ids.append(id)
            address =
                request.privateIpAddress == nil
                ? nil
                : IPv4Address(free).map {
                    IPv4Address(value: $0.value &+ 1).text
                }
        }
        return ids
    }

    private static func state(starting: Bool, _ context: ActionContext) -> Timeline<Instance.State> {
        let pending = (state: Instance.State.pending, lasting: context.durations[.instancePending])
        guard starting else { return Timeline(from: context.now, [pending], target: .stopped) }
        return Timeline(
            from: context.now, [pending, (state: .starting, lasting: context.durations[.instanceStarting])],
            target: .running)
    }

    private static func addInterfaces(
        _ request: InstanceRequest, to instance: Instance, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) {
        let primary = InstanceRequest.InterfaceRequest(
            vSwitch: request.vSwitch, securityGroupIds: request.securityGroupIds, address: instance.privateIpAddress,
            name: "", description: "", deletesOnRelease: true)
        for (index, wanted) in ([primary] + request.secondaryInterfaces).enumerated() {
            guard let address = wanted.address ?? world.freeAddress(in: wanted.vSwitch) else {
                throw CloudError("QuotaExceeded.PrivateIpAddress")
            }
            guard !world.addresses(in: wanted.vSwitch.id).contains(address) else {
                throw CloudError("InvalidPrivateIpAddress.Duplicated")
            }
            let id = world.identifiers.resource("eni")
            world.networkInterfaces[id] = NetworkInterface(
                id: id, regionId: instance.regionId, zoneId: instance.zoneId, vpcId: wanted.vSwitch.vpcId,
                vSwitchId: wanted.vSwitch.id, kind: index == 0 ? .primary : .secondary, name: wanted.name,
                description: wanted.description, macAddress: world.identifiers.macAddress(), primaryAddress: address,
                securityGroupIds: wanted.securityGroupIds, attachedInstanceId: instance.id,
                state: Timeline(.inUse, since: context.now), creationTime: context.now,
                deletesOnRelease: wanted.deletesOnRelease)
        }
    }

    private static func addDisks(
        _ request: InstanceRequest, to instance: Instance, _ world: inout World, _ context: ActionContext
    ) {
        var devices: Set<String> = Set(request.dataDisks.map(\.device))
        for (index, wanted) in ([request.systemDisk] + request.dataDisks).enumerated() {
            let isSystem = index == 0
            var device = isSystem ? DeviceName.system : wanted.device
            if device.isEmpty, let free = DeviceName.firstFree(besides: devices) {
                device = free
                devices.insert(free)
            }
            let id = world.identifiers.resource("d")
            world.disks[id] = Disk(
                id: id, regionId: instance.regionId, zoneId: instance.zoneId, name: wanted.name,
                description: wanted.description, kind: isSystem ? .system : .data, category: wanted.category,
                size: wanted.size, imageId: isSystem ? instance.imageId : "", sourceSnapshotId: wanted.snapshotId,
                isEncrypted: wanted.isEncrypted,
                isPortable: !isSystem && wanted.category.isCloudDisk && request.chargeType == .postPaid,
                deletesWithInstance: isSystem || wanted.deletesWithInstance, creationTime: context.now,
                state: Timeline(.inUse, since: context.now),
                attachment: .init(instanceId: instance.id, device: device, since: context.now),
                hasBeenAttached: true, chargeType: request.chargeType)
        }
    }
}

extension Instance {
    /// A new instance without its state.
    fileprivate init(
        id: String, _ request: InstanceRequest, _ name: String, _ hostName: String?, _ address: String,
        _ world: inout World, _ context: ActionContext
    ) {
        let parameters = context.parameters
        self.init(
            id: id, regionId: request.regionId, zoneId: request.zoneId, name: name,
            description: parameters.text("Description") ?? "",
            hostName: hostName ?? Self.defaultHostName(id, windows: request.image.isWindows),
            serialNumber: world.identifiers.serialNumber(), imageId: request.image.id, type: request.type,
            creationTime: context.now, state: Timeline(.pending, since: context.now), vpcId: request.vSwitch.vpcId,
            vSwitchId: request.vSwitch.id, privateIpAddress: address, securityGroupIds: request.securityGroupIds)
        internetMaxBandwidthOut = parameters.integer("InternetMaxBandwidthOut") ?? 0
        internetMaxBandwidthIn = parameters.integer("InternetMaxBandwidthIn") ?? max(10, internetMaxBandwidthOut)
        internetChargeType = parameters.text("InternetChargeType") ?? "PayByTraffic"
        isIOOptimized = request.isIOOptimized
        chargeType = request.chargeType
        expiredTime = request.subscriptionSeconds.map { context.now.adding(seconds: $0) }
        autoReleaseTime = request.autoReleaseTime
        if parameters.flag("AutoRenew") == true {
            renewal = Renewal(
                status: "AutoRenewal", duration: parameters.integer("AutoRenewPeriod") ?? 1,
                periodUnit: parameters.text("PeriodUnit") ?? "Month")
        }
        spot.strategy = parameters.text("SpotStrategy") ?? "NoSpot"
        spot.priceLimit = parameters.number("SpotPriceLimit") ?? 0
        spot.duration = parameters.integer("SpotDuration") ?? 1
        spot.interruptionBehavior = parameters.text("SpotInterruptionBehavior") ?? "Terminate"
        keyPairName = parameters.text("KeyPairName") ?? ""
        ramRoleName = parameters.text("RamRoleName") ?? ""
        userData = parameters.text("UserData") ?? ""
        hasPassword = parameters.text("Password") != nil
        hasDeletionProtection = parameters.flag("DeletionProtection") ?? false
        resourceGroupId = parameters.text("ResourceGroupId") ?? ""
        creditSpecification = parameters.text("CreditSpecification") ?? (type.isBurstable ? "Standard" : "")
        assistant = AssistantClient(of: request.image)
        metadata.httpEndpoint = parameters.text("HttpEndpoint") ?? metadata.httpEndpoint
        metadata.httpTokens = parameters.text("HttpTokens") ?? metadata.httpTokens
    }

    /// What the cloud calls a machine whose user did not: `iZ` and the rest of its id.
    private static func defaultHostName(_ id: String, windows: Bool) -> String {
        "iZ" + id.dropFirst(2).prefix(windows ? 12 : 20) + "Z"
    }
}
