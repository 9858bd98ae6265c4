import Bytes

/// Gathers paths, components and tags of the OpenAPI document.
struct DocumentBuilder {
    let catalogue: Catalogue
    private var paths: [(path: String, methods: [JSONValue.Member])] = []
    private var schemas = SharedComponents.schemas
    private var schemaNames: [SchemaKey: String] = [:]
    private var parameters = SharedComponents.parameters
    private var tags: [Tag] = []
    private(set) var names = OperationNames()

    private struct SchemaKey: Hashable {
        let owner: String
        let schema: JSONValue
    }

    private struct Tag: Hashable {
        let product: String
        let name: String
        let title: String

        var description: String { product == "gateway" ? "The gateway itself" : "\(title) (\(product.uppercased()))" }
    }

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
    }

    /// Adds every route of the catalogue. What both dialects have is described once; see ``OperationPlan/init(merging:with:)``.
    mutating func addCatalogue() {
        var described: Set<String> = []
        for dialect in [Dialect.publicCloud, .apsara] {
            var groups: [String: Int] = [:]
            var plans: [[OperationPlan]] = []
            for operation in catalogue.operations where operation.entry.dialect == dialect {
                for (index, route) in operation.entry.routes.enumerated() {
                    let key = route.method.rawValue + route.shape
                    guard !described.contains(key) else { continue }
                    let plan = OperationPlan(ofAllDialects: operation.entry, route: index, in: catalogue)
                    if let group = groups[key] {
                        plans[group].append(plan)
                    } else {
                        groups[key] = plans.count
                        plans.append([plan])
                    }
                }
            }
            for plan in plans { add(plan) }
            described.formUnion(groups.keys)
        }
    }

    /// Adds the endpoints that are the gateway's own.
    mutating func addGateway() {
        for endpoint in GatewayEndpoints.all(in: catalogue) {
            if !tags.contains(where: { $0.name == endpoint.tag }) {
                tags.append(Tag(product: "gateway", name: endpoint.tag, title: "Gateway"))
            }
            add(endpoint.operation, method: endpoint.method, path: endpoint.path)
        }
        for schema in GatewayEndpoints.schemas { schemas.append(schema) }
    }

    /// A reference to a component schema: `name`, or the name under which `owner` already has the same schema.
    mutating func schema(_ schema: JSONValue, named name: String, owner: String) -> JSONValue {
        let key = SchemaKey(owner: owner, schema: schema)
        if let known = schemaNames[key] { return SharedComponents.reference("schemas", known) }
        schemaNames[key] = name
        schemas.append(.init(name, schema))
        return SharedComponents.reference("schemas", name)
    }

    /// A reference to a shared parameter, which is added when it is new.
    mutating func parameter(_ component: JSONValue.Member) -> JSONValue {
        if !parameters.contains(where: { $0.name == component.name }) { parameters.append(component) }
        return SharedComponents.reference("parameters", component.name)
    }

    private mutating func add(_ plans: [OperationPlan]) {
        guard let first = plans.first else { return }
        let type = catalogue.resourceTypes.first { $0.product == first.entry.product && $0.name == first.entry.resource }
        let title = type?.title ?? first.entry.resource
        tags.appendOnce(Tag(product: first.entry.product, name: first.tag, title: title))
        let operationNames = plans.map { names.name(for: $0.entry, route: $0.index) }
        let hasPrivateCloud = catalogue.resourceTypes.contains { $0.product == first.entry.product && $0.dialect == .apsara }
        let operation = OperationWriter(plans: plans, names: operationNames, hasPrivateCloud: hasPrivateCloud)
            .write(into: &self)
        add(operation, method: first.route.method.rawValue, path: first.route.path)
    }

    private mutating func add(_ operation: JSONValue, method: String, path: String) {
        let member = JSONValue.Member(method.lowercased(), operation)
        if let index = paths.firstIndex(where: { $0.path == path }) {
            paths[index].methods.append(member)
        } else {
            paths.append((path, [member]))
        }
    }

    /// The finished document.
    func document() -> JSONValue {
        [
            "openapi": "3.1.0",
            "info": Self.info,
            "servers": [["url": "/", "description": "The gateway that serves this document."]],
            "security": [["bearer": []]],
            "tags": .array(
                tags.map { tag in
                    ["name": .string(tag.name), "description": .string(tag.description), "x-displayName": .string(tag.title)]
                }),
            "x-tagGroups": .array(groups),
            "paths": .object(
                paths.map { .init($0.path, .object($0.methods.sorted { Self.rank($0.name) < Self.rank($1.name) })) }),
            "components": [
                "securitySchemes": SharedComponents.securitySchemes,
                "parameters": .object(parameters),
                "headers": .object(SharedComponents.headers),
                "responses": .object(SharedComponents.responses),
                "schemas": .object(schemas),
            ],
        ]
    }

    private var groups: [JSONValue] {
        var products: [String] = []
        for tag in tags { products.appendOnce(tag.product) }
        return products.map { product in
            let names = tags.filter { $0.product == product }.map { JSONValue.string($0.name) }
            return ["name": .string(product == "gateway" ? "Gateway" : product.uppercased()), "tags": .array(names)]
        }
    }

    private static func rank(_ method: String) -> Int {
        ["get", "post", "put", "patch", "delete"].firstIndex(of: method) ?? 9
    }

    private static let info: JSONValue = [
        "title": "acs-gateway",
        "version": "0.1.0",
        "summary": "A resource-oriented REST API over Alibaba-Cloud-style RPC APIs.",
        "description": """
        Every call needs a bearer token and is decided by the caller's policies before anything is sent to the cloud. \
        Names are those of the cloud's API in camel case. Lists have `items`, `pageSize` and `pageToken` everywhere. \
        Every path also answers with its product in front (`/ecs/instances`) and with an account \
        (`/accounts/{name}/instances`). An account is one of the public cloud or of the private cloud, which has fewer \
        operations and other limits: what an account's cloud lacks is answered with 501, and `x-acs-dialects` tells who \
        has what. Errors are problems of RFC 9457. \
        `Accept: application/vnd.acs.native+json` gives the cloud's own answer.
        """,
    ]
}

extension Array where Element: Equatable {
    fileprivate mutating func appendOnce(_ element: Element) {
        if !contains(element) { append(element) }
    }
}
