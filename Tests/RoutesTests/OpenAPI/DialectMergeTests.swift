import Bytes
import Testing

@testable import Routes

/// What the documents say of operations that both dialects have.
@Suite struct DialectMergeTests {
    private static let made = Result {
        let catalogue = try WholeCatalogue.get()
        return (catalogue: catalogue, document: OpenAPI.document(of: catalogue))
    }
    private let catalogue: Catalogue
    private let document: JSONValue

    init() throws { (catalogue, document) = try Self.made.get() }

    private func property(_ schema: String, _ name: String) -> JSONValue? {
        document["components"]?["schemas"]?[schema]?["properties"]?[name]
    }

    /// What the schema of a request says of a property.
    private func note(_ schema: String, _ name: String) -> String { text(property(schema, name)) }

    private func text(_ value: JSONValue?) -> String {
        if case .string(let text) = value?["description"] { text } else { "" }
    }

    @Test func `each operation names its dialects`() {
        let rows: [(String, String, JSONValue)] = [
            ("/disks", "post", ["public", "apsara"]), ("/disks/{diskId}/migrate", "post", ["apsara"]),
            ("/instances/{instanceId}/vnc-url", "get", ["public"]), ("/deployment-sets", "get", ["apsara"]),
        ]
        for (path, method, dialects) in rows {
            #expect(document["paths"]?[path]?[method]?["x-acs-dialects"] == dialects, "\(path)")
        }
        for operation in catalogue.operations {
            for route in operation.entry.routes {
                let found = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
                guard case .array(let dialects)? = found?["x-acs-dialects"] else { continue }
                #expect(dialects.contains(.string(operation.entry.dialect.rawValue)), "\(route.path)")
            }
        }
    }

    @Test func `a limit that differs is the wider one, and the private cloud's is told`() {
        let size = property("CreateDiskRequest", "size")
        #expect(size?["maximum"] == 32768)
        #expect(note("CreateDiskRequest", "size").hasSuffix("Private cloud: 5 to 2048."))
        #expect(note("RunInstancesRequest", "securityGroupId").hasSuffix("Private cloud: required."))
        #expect(property("RunInstancesRequest", "internetMaxBandwidthIn")?["maximum"] == 200)
    }

    @Test func `what one dialect lacks is said`() {
        #expect(note("AttachDiskRequest", "device").hasSuffix("Private cloud only."))
        #expect(note("RunInstancesRequest", "password").contains("Not on the private cloud."))
        let url = document["paths"]?["/instances/{instanceId}/vnc-url"]?["get"]
        #expect(text(url).contains("Not on the private cloud."))
        #expect(url?["responses"]?["501"] != nil)
        let cpu = document["components"]?["schemas"]?["DescribeInstancesItem"]?["properties"]?["cpu"]
        #expect(cpu?["type"] == "integer")
    }

    /// What a request of either dialect may hold is allowed by the one schema.
    @Test func `the schema takes the examples of both dialects`() {
        for operation in catalogue.operations where operation.entry.dialect == .apsara {
            guard let other = catalogue.operation(product: "ecs", action: operation.entry.action, dialect: .publicCloud),
                let (_, _) = catalogue.counterpart(of: other.entry, route: 0)
            else { continue }
            let plan = OperationPlan(ofAllDialects: other.entry, route: 0, in: catalogue)
            #expect(plan.dialects == [.publicCloud, .apsara])
            #expect(plan.entry.parameters.count == plan.documentation.parameters.count, "\(operation.entry.action)")
            for parameter in operation.entry.parameters where !Parameter.regionNames.contains(parameter.name) {
                let merged = plan.entry.parameters.first { $0.restName == parameter.restName }
                #expect(merged != nil, "\(operation.entry.action) \(parameter.name)")
                guard let merged else { continue }
                #expect(merged.requirement != .required || parameter.requirement == .required)
                #expect(
                    (merged.maximum ?? .infinity) >= (parameter.maximum ?? .infinity),
                    "\(operation.entry.action) \(parameter.name)")
                let values = Set(merged.allowedValues)
                #expect(
                    values.isEmpty || values.isSuperset(of: parameter.allowedValues),
                    "\(operation.entry.action) \(parameter.name)")
            }
        }
    }

    @Test func `the reference has one chapter for both`() {
        let text = String(decoding: APIReference.markdown(of: catalogue), as: UTF8.self)
        let chapters = text.split(separator: "\n").filter { $0 == "### RunInstances" }
        #expect(chapters.count == 1)
        #expect(text.contains("\n### migrate_disk\n"))
        #expect(text.contains("- `GET /instances/{instanceId}/status` → 200, not on the private cloud\n"))
    }
}
