import Bytes
import Testing

@testable import Routes

/// The catalogue of public ECS against what the vendor's reference says, in samples; and what must hold for every action.
@Suite struct ECSCatalogueTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try WholeCatalogue.get() }

    private func entry(_ action: String) throws -> ActionEntry {
        try WholeCatalogue.entry("ecs", action)
    }

    @Test(arguments: [
        ("instance", 28), ("instance-type", 3), ("launch-template", 7), ("disk", 11), ("snapshot", 6), ("snapshot-policy", 7),
        ("image", 10),
        ("security-group", 15), ("key-pair", 6), ("network-interface", 6), ("public-ip-address", 3), ("classic-link", 3),
        ("tag", 3),
        ("command", 4), ("invocation", 4), ("cloud-assistant", 2), ("monitor-data", 4), ("system-event", 3), ("task", 3),
        ("price", 2),
        ("region", 4),
    ])
    func `every documented action of a resource is there`(resource: String, count: Int) {
        #expect(
            catalogue.operations.count {
                $0.entry.product == "ecs" && $0.entry.dialect == .publicCloud && $0.entry.resource == resource
            } == count)
    }

    @Test func `public ECS is complete`() {
        #expect(catalogue.operations.count { $0.entry.product == "ecs" && $0.entry.dialect == .publicCloud } == 134)
    }

    @Test(
        arguments: [
            ("CreateDisk", "ZoneId", Parameter.ValueType.string, Parameter.Requirement.required, nil, nil, nil),
            ("CreateDisk", "Size", .integer, .conditional, 5, 32768, nil),
            ("ResizeDisk", "NewSize", .integer, .required, 5, 2000, nil),
            ("ReplaceSystemDisk", "SystemDisk.Size", .integer, .optional, 20, 500, nil),
            ("RunInstances", "Amount", .integer, .optional, 1, 100, nil),
            ("RunInstances", "SystemDisk.Size", .string, .optional, 1, 2048, nil),
            ("CreateInstance", "InstanceType", .string, .required, nil, nil, nil),
            ("DescribeInstances", "InstanceIds", .string, .optional, nil, nil, 100),
            ("DescribeInstances", "Tag.n.Key", .string, .optional, nil, nil, 20),
            ("DescribeInstanceStatus", "PageSize", .integer, .optional, 1, 50, nil),
            ("ModifyDiskChargeType", "DiskIds", .string, .required, nil, nil, 16),
            ("CreateAutoSnapshotPolicy", "retentionDays", .integer, .required, -1, 65536, nil),
            ("AuthorizeSecurityGroup", "Priority", .string, .optional, 1, 100, nil),
            ("CreateNetworkInterface", "SecondaryPrivateIpAddressCount", .integer, .optional, 1, 49, nil),
            ("AddTags", "Tag.n.Value", .string, .required, nil, nil, 20),
            ("DeleteKeyPairs", "KeyPairNames", .string, .required, nil, nil, 100),
            ("DescribeNetworkInterfaces", "MaxResults", .integer, .optional, 10, 500, nil),
            ("CreateLaunchTemplate", "InternetMaxBandwidthOut", .string, .optional, 0, 100, nil),
            ("DeleteLaunchTemplateVersion", "DeleteVersion.n", .long, .required, nil, nil, 29),
            ("InvokeCommand", "InstanceIds", .string, .required, nil, nil, 100),
            ("CreateCommand", "Timeout", .integer, .optional, 60, nil, nil),
            ("DescribeCommands", "PageSize", .integer, .optional, nil, 50, nil),
            ("DescribePrice", "DataDisk.n.Size", .long, .conditional, 1, 32768, 16),
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

    @Test(arguments: [
        ("StartInstance", ["acs:ecs:$RegionId:$AccountId:instance/$InstanceId"]),
        ("AttachDisk", ["acs:ecs:$RegionId:$AccountId:instance/$InstanceId", "acs:ecs:$RegionId:$AccountId:disk/$DiskId"]),
        ("CreateDisk", ["acs:ecs:$RegionId:$AccountId:disk/*", "acs:ecs:$RegionId:$AccountId:snapshot/$SnapshotId?"]),
        ("DeleteAutoSnapshotPolicy", ["acs:ecs:*:$AccountId:snapshot/*"]),
        ("AddTags", ["acs:ecs:$RegionId:$AccountId:$ResourceType/$ResourceId"]),
        ("AuthorizeSecurityGroup", ["acs:ecs:$RegionId:$AccountId:securitygroup/$SecurityGroupId"]),
        ("DescribePrice", ["acs:ecs:*:$AccountId:*"]),
        ("DescribeRenewalPrice", ["acs:ecs:$RegionId:$AccountId:instance/$ResourceId"]),
        ("DescribeSnapshotMonitorData", ["acs:ecs:*:$AccountId:snapshot/*"]),
        ("DescribeClassicLinkInstances", ["acs:ecs:$RegionId:$AccountId:instance/*"]), ("InvokeCommand", []),
        (
            "DetachKeyPair",
            ["acs:ecs:$RegionId:$AccountId:instance/$InstanceIds", "acs:ecs:$RegionId:$AccountId:keypair/$KeyPairName"]
        ),
        (
            "CreateInstance",
            [
                "acs:ecs:$RegionId:$AccountId:instance/*", "acs:ecs:$RegionId:$AccountId:image/$ImageId?",
                "acs:ecs:$RegionId:$AccountId:securitygroup/$SecurityGroupId",
                "acs:ecs:$RegionId:$AccountId:snapshot/$DataDisk.n.SnapshotId?",
                "acs:ecs:$RegionId:$AccountId:keypair/$KeyPairName?", "acs:vpc:$RegionId:$AccountId:vswitch/$VSwitchId?",
            ]
        ),
    ])
    func `documented resources are those of the authorization table`(action: String, resources: [String]) throws {
        let documented = try entry(action).resources.filter(\.isDocumented).map { $0.text + ($0.isOptional ? "?" : "") }
        #expect(documented == resources)
    }

    /// Whatever a template holds goes into instances without being named again: who may not name it must not put it into a template.
    @Test(arguments: ["CreateLaunchTemplate", "CreateLaunchTemplateVersion"])
    func `what goes into a launch template is named like what goes into an instance`(action: String) throws {
        let entry = try entry(action)
        let named = Set(entry.resources.map(\.text))
        for resource in try self.entry("RunInstances").resources where resource.isOptional {
            let isNameable = resource.parts.allSatisfy { part in
                guard case .parameter(let index) = part, let run = try? self.entry("RunInstances") else { return true }
                return entry.parameter(named: run.parameters[index].name) != nil
            }
            if isNameable, !resource.text.contains("launchtemplate/") {
                #expect(named.contains(resource.text), "\(resource.text)")
            }
        }
    }

    @Test func `secrets are marked`() {
        let secrets = ["Password", "VncPassword", "UserData", "RemoteConnectionOptions.Password", "CommandContent"]
        for operation in catalogue.operations where operation.entry.product == "ecs" {
            for parameter in operation.entry.parameters {
                #expect(parameter.isSecret == secrets.contains(parameter.name), "\(operation.entry.action) \(parameter.name)")
            }
        }
    }

    @Test func `answers hold what routes and lists point to, and no example is masked`() {
        for operation in catalogue.operations {
            let entry = operation.entry
            let documentation = catalogue.documentation(of: entry)
            let paths = Set(documentation.answer.map(\.path))
            for collection in [entry.collection] + entry.routes.map(\.collection) {
                if let collection { #expect(paths.contains(collection + "[]"), "\(entry.action) \(collection)") }
            }
            for id in entry.routes.compactMap(\.creates?.id) { #expect(paths.contains(id), "\(entry.action) \(id)") }
            for parameter in documentation.parameters {
                if case .string(let text) = parameter.example { #expect(!text.contains("***"), "\(entry.action) \(text)") }
            }
        }
    }

    @Test func `the members of an example are all documented`() {
        for operation in catalogue.operations {
            let documentation = catalogue.documentation(of: operation.entry)
            let paths = Set(documentation.answer.map(\.path))
            for path in Self.paths(of: documentation.example ?? .null, below: "") where path != "RequestId" {
                #expect(paths.contains(path), "\(operation.entry.action) \(path)")
            }
        }
    }

    @Test func `a read may be cached under its own kind, and a write makes something stale`() {
        for operation in catalogue.operations {
            switch operation.entry.kind {
            case .read: #expect(operation.entry.cache.class == .none || !operation.entry.cache.tags.isEmpty)
            case .write: #expect(!operation.entry.invalidates.isEmpty, "\(operation.entry.action)")
            }
        }
    }

    private static func paths(of value: JSONValue, below prefix: String) -> [String] {
        guard case .object(let members) = value else { return [] }
        return members.flatMap { member -> [String] in
            let path = prefix.isEmpty ? member.name : prefix + "." + member.name
            guard case .array(let elements) = member.value else { return [path] + paths(of: member.value, below: path) }
            return [path + "[]"] + elements.flatMap { paths(of: $0, below: path + "[]") }
        }
    }
}
