import Bytes
import Testing

@testable import Routes

/// What requests answer for condition keys of their service, and which actions tell tags, by the catalogue.
struct ConditionFactTests {
    private static func file(_ more: String) -> String {
        """
        {"product": "vpc", "version": "1", "dialect": "public", "resource": "vswitch", "title": "VSwitches", "actions": [
          {"action": "DescribeVSwitches", "kind": "read", "summary": "Lists.", "group": "g",
           "routes": [{"method": "GET", "path": "/vswitches"}], "arns": [], \(more)
           "parameters": [
             {"name": "RegionId", "type": "String"}, {"name": "VpcId", "type": "String"},
             {"name": "VRouterId", "type": "String"}, {"name": "Username", "type": "String"}]}]}
        """
    }

    private static let keys = """
        "conditionKeys": [
          {"key": "vpc:Vpc", "value": "acs:vpc:$RegionId:$AccountId:vpc/$VpcId", "otherwise": "acs:vpc:$RegionId:$AccountId:vpc/*", "hiddenBy": "VRouterId"},
          {"key": "ecs:CommandRunAs", "value": "$Username"}],
        """

    private func facts(_ query: String) throws -> [String] {
        let catalogue = try Catalogue(loading: [CatalogueSource(name: "a.json", text: Self.file(Self.keys))])
        let table = RouteTable(catalogue)
        var binder = Binder()
        var bound = BoundRequest()
        try Array("/vswitches".utf8).withView { path in
            guard case .found(let match) = table.match(.route(.get), path, dialect: .publicCloud) else { return }
            try Array(query.utf8).withView { query in
                try Array("cn-x".utf8).withView { region in
                    try binder.bind(match, .init(path: path, query: query, region: region), into: &bound)
                }
            }
        }
        return Array("123".utf8).withView { bound.conditionFacts(account: $0) }
            .map { "\($0.key)=\($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "?")" }
    }

    @Test func values() throws {
        #expect(try facts("vpcId=vpc-1&username=root") == ["vpc:Vpc=acs:vpc:cn-x:123:vpc/vpc-1", "ecs:CommandRunAs=root"])
        #expect(try facts("") == ["vpc:Vpc=acs:vpc:cn-x:123:vpc/*"])
        #expect(try facts("vRouterId=vrt-1") == ["vpc:Vpc=?"])
    }

    @Test(arguments: [
        (#""conditionKeys": [{"key": "Vpc", "value": "a"}],"#, "needs `key`, such as `vpc:Vpc`, and `value`"),
        (#""conditionKeys": [{"key": "vpc:Vpc", "value": "$VpcID"}],"#, "names the unknown parameter `VpcID`"),
        (#""conditionKeys": [{"key": "vpc:Vpc", "value": "a", "hiddenBy": "Router"}],"#, "there is no parameter `Router`"),
        (#""resourceTags": {"type": "VpcId", "id": "VRouterId"},"#, "needs `type`, `id` and `types`"),
        (#""resourceTags": {"type": "Kind", "id": "VpcId", "types": ["vpc"]},"#, "there is no parameter `Kind`"),
    ])
    func faults(_ more: String, _ message: String) throws {
        let faults = CatalogueFaultTests.faults(Self.file(more))
        #expect(faults.contains { $0.contains(message) }, "\(faults)")
    }

    @Test func typesOfTaggedResources() throws {
        let more = #""resourceTags": {"type": "VpcId", "id": "VRouterId", "types": ["vpc", "loadbalancer=instance"]},"#
        let catalogue = try Catalogue(loading: [CatalogueSource(name: "a.json", text: Self.file(more))])
        let rule = try #require(catalogue.operations.first?.entry.resourceTags)
        #expect(rule.types == ["vpc": "vpc", "loadbalancer": "instance"])
    }
}
