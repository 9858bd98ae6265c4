import Bytes

/// Finding EPN instances, their members and what the account pays for them.
enum ENSEpnListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeEpnInstances": list,
        "DescribeEpnInstanceAttribute": describe,
        "DescribeEpnInstanceSaleControl": tellOfSale,
        "DescribeEpnInstanceChargeType": tellOfCharge,
    ]

    /// The ways of paying that an account may choose from until its first EPN instance.
    private static let chargeTypes = ["BandwidthByDay", "95BandwidthByMonth", "PayByBandwidth4thMonth", "PayByBandwidth"]

    /// The version of the settings that nodes run.
    private static let configurationVersion = "2017-10-11"

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let found = world.ens.epnInstances.newestFirst.filter {
            context.parameters.match([("EPNInstanceId", $0.id), ("EPNInstanceName", $0.name)])
        }
        return .object(
            try Page(found, context).members("EPNInstances", "EPNInstance") { epn in
                [
                    "EPNInstanceId": .string(epn.id), "EPNInstanceName": .string(epn.name),
                    "EPNInstanceType": .string(epn.type), "NetworkingModel": .string(epn.model.rawValue),
                    "InternetMaxBandwidthOut": .integer(epn.bandwidth),
                    "Status": .string(epn.state.state(at: context.now).rawValue),
                    "CreationTime": .string(epn.creationTime.text), "ModifyTime": .string(epn.modificationTime.text),
                    "StartTime": .string(epn.creationTime.text), "EndTime": .string(ENS.endless),
                ]
            })
    }

    @Sendable
    private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let epn = try world.epnInstance(context)
        let vSwitches = epn.vSwitchIds.compactMap { world.ens.vSwitches[$0] }
        let members = epn.publicAddresses.compactMap { address in
            world.edgeInstance(withPublicAddress: address).map { (instance: $0, address: address) }
        }
        let nodes = Set(vSwitches.map(\.nodeId) + members.map(\.instance.nodeId)).sorted()
        return [
            "EPNInstanceId": .string(epn.id), "EPNInstanceName": .string(epn.name),
            "NetworkingModel": .string(epn.model.rawValue),
            "ConfVersions": .array(nodes.map { ["EnsRegionId": .string($0), "ConfVersion": .string(configurationVersion)] }),
            "VSwitches": .array(
                vSwitches.map {
                    [
                        "VSwitchId": .string($0.id), "VSwitchName": .string($0.name), "EnsRegionId": .string($0.nodeId),
                        "CidrBlock": .string($0.cidrBlock.text),
                    ]
                }),
            "Instances": .array(
                members.map { member in
                    let carrier = member.instance.publicAddresses.first { $0.ip == member.address }?.carrier
                    return [
                        "InstanceId": .string(member.instance.id), "InstanceName": .string(member.instance.name),
                        "EnsRegionId": .string(member.instance.nodeId), "Isp": .string(carrier?.rawValue ?? ""),
                        "PublicIpAddress": .string(member.address),
                        "PrivateIpAddress": .string(member.instance.privateAddress),
                        "Status": .string(member.instance.state(at: context.now).rawValue),
                    ]
                }),
        ]
    }

    @Sendable
    private static func tellOfSale(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let types = world.ens.epnChargeType.map { [$0] } ?? chargeTypes
        return [
            "InternetChargeTypes": .array(types.map { .string($0) }),
            "MinInternetBandwidthOut": .integer(ENSEpnInstance.bandwidths.lowerBound),
            "MaxInternetBandwidthOut": .integer(ENSEpnInstance.bandwidths.upperBound),
        ]
    }

    @Sendable
    private static func tellOfCharge(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let answer: JSONValue = ["ChargeStatus": "CHARGE_STATUS_NORMAL"]
        return world.ens.epnChargeType.map { answer.with("InternetChargeType", .string($0)) } ?? answer
    }
}
