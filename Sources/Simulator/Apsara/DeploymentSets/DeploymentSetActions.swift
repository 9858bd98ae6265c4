import Bytes

/// Making, changing, deleting and finding deployment sets.
enum DeploymentSetActions {
    static let handlers: [String: ActionHandler] = [
        "CreateDeploymentSet": create,
        "ModifyDeploymentSetAttribute": modify,
        "DeleteDeploymentSet": delete,
        "DescribeDeploymentSets": list,
    ]

    private static let quotaPerRegion = 20

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let zone = try context.required("ZoneId")
        guard context.site.geography.region(ofZone: zone)?.id == region else { throw CloudError("InvalidZoneId.NotFound") }
        let domain = parameters.text("Domain").flatMap(DeploymentSet.Domain.init) ?? .standard
        let granularity = parameters.text("Granularity").flatMap(DeploymentSet.Granularity.init) ?? .host
        let strategy = parameters.text("Strategy").flatMap(DeploymentSet.Strategy.init) ?? .looseDispersion
        guard domain != .switch || granularity != .switch else {
            throw CloudError("DependencyViolation.domain.granularity")
        }
        guard granularity == .switch || strategy.isDispersion else {
            throw CloudError("DependencyViolation.strategy.granularity")
        }
        guard world.apsara.deploymentSets.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
            throw CloudError("DEPLOYMENTSET.QUOTA_FULL")
        }
        let id = world.identifiers.resource("ds")
        var set = DeploymentSet(
            id: id, regionId: region, zoneId: zone, domain: domain, granularity: granularity, strategy: strategy,
            creationTime: context.now)
        try self.set(&set, parameters, wrongName: .invalid("DeploymentSetName"))
        world.apsara.deploymentSets[id] = set
        return ["DeploymentSetId": .string(id)]
    }

    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var set = try world.deploymentSet(try context.required("DeploymentSetId"), in: try context.requiredRegion())
        try self.set(&set, context.parameters, wrongName: CloudError("InvalidPlacmentSetName.Malformed"))
        world.apsara.deploymentSets[set.id] = set
        return .empty
    }

    /// A set that does not exist is deleted already.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        guard let set = world.apsara.deploymentSets[try context.required("DeploymentSetId")], set.regionId == region else {
            return .empty
        }
        guard world.members(of: set).isEmpty else { throw CloudError("DependencyViolation.NotFound") }
        world.apsara.deploymentSets[set.id] = nil
        return .empty
    }

    private static func set(
        _ set: inout DeploymentSet, _ parameters: CallParameters, wrongName: CloudError
    ) throws(CloudError) {
        if let name = parameters.text("DeploymentSetName") {
            guard Naming.isResourceName(name) else { throw wrongName }
            set.name = name
        }
        if let text = parameters.text("Description") {
            guard Naming.isDescription(text) else { throw CloudError("InvalidDescription.Malformed") }
            set.description = text
        }
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let ids = parameters.jsonArray("DeploymentSetIds")
        let found = world.apsara.deploymentSets.newestFirst.filter { set in
            let texts: [(String, String)] = [
                ("DeploymentSetName", set.name), ("Domain", set.domain.rawValue),
                ("Granularity", set.granularity.rawValue), ("Strategy", set.strategy.rawValue),
            ]
            return set.regionId == region && (ids?.contains(set.id) ?? true)
                && texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
        }
        let current = world
        let page = try Page(found, context)
        return .object(
            page.members("DeploymentSets", "DeploymentSet") { set in
                [
                    "DeploymentSetId": .string(set.id), "DeploymentSetName": .string(set.name),
                    "DeploymentSetDescription": .string(set.description), "Strategy": .string(set.strategy.rawValue),
                    "Domain": .string(set.domain.rawValue), "Granularity": .string(set.granularity.rawValue),
                    "InstanceAmount": .integer(current.members(of: set).count),
                    "CreationTime": .string(set.creationTime.text),
                ]
            })
    }
}
