import Testing

@testable import Routes

/// The private cloud's dialect: its actions, and how they stand to the public cloud's.
@Suite struct ApsaraCatalogueTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try WholeCatalogue.get() }

    private func entry(_ action: String) throws -> ActionEntry {
        try WholeCatalogue.entry("ecs", action, .apsara)
    }

    @Test(arguments: [
        ("instance", 17), ("instance-type", 2), ("deployment-set", 5), ("disk", 12), ("snapshot", 6), ("snapshot-policy", 6),
        ("image", 10), ("security-group", 14), ("key-pair", 6), ("network-interface", 6), ("tag", 3), ("task", 3), ("region", 2),
    ])
    func `every documented action of a resource is there`(resource: String, count: Int) {
        #expect(catalogue.operations.count { $0.entry.dialect == .apsara && $0.entry.resource == resource } == count)
    }

    @Test(
        arguments: [
            ("CreateDisk", "Size", Parameter.ValueType.integer, Parameter.Requirement.conditional, 5, 2048, nil),
            ("CreateInstance", "SystemDisk.Size", .integer, .optional, 40, 500, nil),
            ("RunInstances", "Amount", .string, .optional, 1, 100, nil),
            ("AddTags", "Tag.n.Key", .string, .required, nil, nil, 5),
            ("migrate_disk", "disk_id", .string, .required, nil, nil, nil),
            ("migrate_disk", "dest_disk_iops", .string, .conditional, nil, nil, nil),
            ("DescribeDeploymentSets", "DeploymentSetIds", .string, .optional, nil, nil, 100),
            ("CreateAutoSnapshotPolicy", "retentionDays", .integer, .optional, 1, 65536, nil),
            ("RevokeSecurityGroup", "SourceGroupId", .string, .conditional, nil, nil, 10),
        ] as [(String, String, Parameter.ValueType, Parameter.Requirement, Double?, Double?, Int?)])
    func `limits are the documented ones`(
        action: String, name: String, type: Parameter.ValueType, requirement: Parameter.Requirement, low: Double?, high: Double?,
        items: Int?
    ) throws {
        let entry = try entry(action)
        let parameter = entry.parameters[try #require(entry.parameter(named: name))]
        #expect(parameter.type == type)
        #expect(parameter.requirement == requirement)
        #expect(parameter.minimum == low)
        #expect(parameter.maximum == high)
        #expect(parameter.maxItems == items)
    }

    /// Who calls both clouds need not learn two sets of paths.
    @Test func `an action of both dialects has the same canonical path in both`() {
        for operation in catalogue.operations where operation.entry.dialect == .apsara {
            guard let other = catalogue.operation(product: "ecs", action: operation.entry.action, dialect: .publicCloud) else {
                continue
            }
            let (own, theirs) = (operation.entry.routes[0], other.entry.routes)
            #expect(
                theirs.contains { $0.isSame(as: own) && ($0.success == own.success || own.success == 204) },
                "\(operation.entry.action)")
            #expect(operation.entry.kind == other.entry.kind)
            #expect(operation.entry.cache == other.entry.cache, "\(operation.entry.action)")
            #expect(operation.entry.transition == other.entry.transition, "\(operation.entry.action)")
        }
    }

    @Test func `the operations calls tell failures in their answers`() throws {
        let outcome = try #require(try entry("migrate_disk").outcome)
        #expect(outcome.code == "code" && outcome.message == "msg" && outcome.success == "200")
        #expect(outcome.statuses["-14000402"] == 409)
        let errors = catalogue.documentation(of: try entry("migrate_disk")).errors
        #expect(Set(errors.map(\.code)) == Set(outcome.statuses.keys))
        #expect(catalogue.operations.count { $0.entry.outcome != nil } == 2)
    }
}
