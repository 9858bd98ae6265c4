import Bytes
import Testing

@testable import Routes

/// Properties of the document of the built-in catalogue.
@Suite struct OpenAPIDocumentTests {
    private static let made = Result {
        let catalogue = try WholeCatalogue.get()
        return (catalogue: catalogue, document: OpenAPI.document(of: catalogue))
    }
    private let catalogue: Catalogue
    private let document: JSONValue

    init() throws {
        (catalogue, document) = try Self.made.get()
    }

    private var operations: [(path: String, method: String, operation: JSONValue)] {
        members(document["paths"]).flatMap { path in
            members(path.value).map { (path.name, $0.name, $0.value) }
        }
    }

    @Test func `every route of every action is an operation`() {
        for operation in catalogue.operations {
            let name = JSONValue.string("\(operation.entry.product):\(operation.entry.action)")
            for route in operation.entry.routes {
                let found = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
                let actions = elements(found?["x-acs-actions"])
                #expect(actions.contains(name), "\(route.method.rawValue) \(route.path)")
                #expect(found?["responses"]?[String(route.success)] != nil)
            }
        }
    }

    @Test func `operation ids are unique and usable as method names`() {
        let ids = operations.compactMap { string($0.operation["operationId"]) }
        #expect(ids.count == operations.count)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.first?.isLowercase == true && id.allSatisfy { $0.isLetter || $0.isNumber } && id.utf8.count < 64, "\(id)")
        }
    }

    @Test func `every reference leads somewhere, and every component is used`() {
        var used: Set<String> = []
        collectReferences(document, into: &used)
        for reference in used {
            let parts = reference.split(separator: "/").map(String.init)
            #expect(parts.count == 4 && document["components"]?[parts[2]]?[parts[3]] != nil, "\(reference)")
        }
        for kind in ["parameters", "headers", "responses", "schemas"] {
            for component in members(document["components"]?[kind]) {
                #expect(used.contains("#/components/\(kind)/\(component.name)"), "\(kind) \(component.name)")
            }
        }
    }

    @Test func `no object has a member twice`() {
        var doubles: [String] = []
        collectDoubles(document, "", into: &doubles)
        #expect(doubles == [])
    }

    @Test func `parameters of an operation are named once, and those of the path are all there`() {
        for (path, _, operation) in operations {
            let parameters = elements(operation["parameters"]).map(resolved)
            let keys = parameters.map { "\(string($0["in"]) ?? "") \(string($0["name"]) ?? "")" }
            #expect(Set(keys).count == keys.count, "\(path) \(keys)")
            let variables = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { "path \($0.dropFirst().dropLast())" }
            #expect(keys.filter { $0.hasPrefix("path ") }.sorted() == variables.sorted())
        }
    }

    @Test func `two actions on one route are alternatives that exclude each other`() {
        let body = document["paths"]?["/instances"]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]
        let alternatives = elements(body?["oneOf"]).map(resolved)
        #expect(alternatives.map { $0["properties"]?["start"]?["const"] } == [true, false])
        #expect(elements(alternatives[0]["required"]).contains("start") == false)
        #expect(elements(alternatives[1]["required"]).contains("start"))
    }

    @Test func `only the open endpoints are without the bearer token`() {
        let open = operations.filter { $0.operation["security"] != nil }.map(\.path)
        #expect(Set(open) == ["/", "/openapi.yaml", "/healthz", "/readyz", "/metrics"])
    }

    @Test func `secrets are write-only`() {
        let password = document["components"]?["schemas"]?["RunInstancesRequest"]?["properties"]?["password"]
        #expect(password?["format"] == "password")
        #expect(password?["writeOnly"] == true)
    }

    @Test func `the same catalogue gives the same bytes`() {
        #expect(OpenAPI.yaml(of: catalogue) == OpenAPI.yaml(of: catalogue))
    }

    private func collectDoubles(_ value: JSONValue, _ path: String, into doubles: inout [String]) {
        switch value {
        case .object(let members):
            if Set(members.map(\.name)).count != members.count { doubles.append(path) }
            for member in members { collectDoubles(member.value, path + "/" + member.name, into: &doubles) }
        case .array(let elements): for element in elements { collectDoubles(element, path + "/-", into: &doubles) }
        default: break
        }
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = string(value["$ref"]) else { return value }
        let parts = reference.split(separator: "/").map(String.init)
        return document["components"]?[parts[2]]?[parts[3]] ?? .null
    }

    private func collectReferences(_ value: JSONValue, into references: inout Set<String>) {
        switch value {
        case .object(let members):
            for member in members {
                if member.name == "$ref", let text = string(member.value) { references.insert(text) }
                collectReferences(member.value, into: &references)
            }
        case .array(let elements): for element in elements { collectReferences(element, into: &references) }
        default: break
        }
    }
}

private func members(_ value: JSONValue?) -> [JSONValue.Member] { if case .object(let members) = value { members } else { [] } }
private func elements(_ value: JSONValue?) -> [JSONValue] { if case .array(let elements) = value { elements } else { [] } }
private func string(_ value: JSONValue?) -> String? { if case .string(let text) = value { text } else { nil } }
