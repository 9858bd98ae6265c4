import Bytes

/// The reference of all endpoints for people, `docs/API.md`: each with its action, parameters and an example.
public enum APIReference {
    /// The document as Markdown.
    public static func markdown(of catalogue: Catalogue) -> [UInt8] {
        var text = introduction
        let groups = Self.groups(of: catalogue)
        text += "\n## Contents\n\n"
        for group in groups {
            let actions = group.operations.map { "[\($0.entry.action)](#\(anchor(of: heading(of: $0.entry, catalogue))))" }
                .joined(separator: ", ")
            text += "- **\(group.title)** (\(group.product)): \(actions)\n"
        }
        text += "- [The gateway itself](#the-gateway-itself)\n"
        for group in groups {
            text += "\n## \(group.title)\n"
            for operation in group.operations { text += chapter(operation.entry, catalogue) }
        }
        text += "\n## The gateway itself\n\n"
        for endpoint in GatewayEndpoints.all(in: catalogue) {
            text += "- `\(endpoint.method) \(endpoint.path)`: \(endpoint.summary)\n"
        }
        return Array(text.utf8)
    }

    private struct Group {
        let product: String
        let title: String
        let operations: [Operation]
    }

    /// Each kind of resource once, with what only the private cloud has of it behind the rest.
    private static func groups(of catalogue: Catalogue) -> [Group] {
        var groups: [Group] = []
        for type in catalogue.resourceTypes {
            let isFirst = catalogue.resourceTypes.first { $0.product == type.product && $0.name == type.name } == type
            let operations = catalogue.operations.filter {
                $0.entry.product == type.product && $0.entry.resource == type.name && isDescribed($0.entry, catalogue)
            }
            guard isFirst, !operations.isEmpty else { continue }
            let dialect = type.dialect == .apsara ? ", private cloud" : ""
            groups.append(Group(product: type.product.uppercased() + dialect, title: type.title, operations: operations))
        }
        return groups
    }

    /// Whether an action has a chapter of its own: of one that both dialects have, the public cloud's entry.
    private static func isDescribed(_ entry: ActionEntry, _ catalogue: Catalogue) -> Bool {
        entry.dialect == .publicCloud
            || catalogue.operation(product: entry.product, action: entry.action, dialect: .publicCloud) == nil
    }

    /// The action's name, with the product where several have an action of that name.
    private static func heading(of entry: ActionEntry, _ catalogue: Catalogue) -> String {
        let namesakes = catalogue.operations.filter { $0.entry.action == entry.action }
        return Set(namesakes.map(\.entry.product)).count == 1 ? entry.action : "\(entry.action) \(entry.product)"
    }

    /// The anchor that Markdown gives a heading.
    private static func anchor(of heading: String) -> String {
        heading.lowercased().replacing(" ", with: "-")
    }

    private static func chapter(_ entry: ActionEntry, _ catalogue: Catalogue) -> String {
        let plan = OperationPlan(ofAllDialects: entry, route: 0, in: catalogue)
        var text = "\n### \(heading(of: entry, catalogue))\n\n\(entry.summary)"
        if entry.isDeprecated { text += " *Deprecated.*" }
        text += "\n\n"
        let isShared = catalogue.operation(product: entry.product, action: entry.action, dialect: .apsara) != nil
        for (index, route) in entry.routes.enumerated() {
            let condition = route.conditions.map { "`\($0.name)` is `\($0.value)`" }.joined(separator: ", ")
            text +=
                "- `\(route.method.rawValue) \(route.path)`" + (condition.isEmpty ? "" : " when \(condition)")
                + " → \(route.success)"
            if entry.dialect == .publicCloud, isShared { text += success(of: entry, route: index, onPrivateCloud: catalogue) }
            text += "\n"
        }
        text += "- `POST /rpc/\(entry.product)/\(entry.action)`\n\n"
        if entry.dialect == .apsara { text += "Private cloud only. " }
        let hasPrivateCloud = catalogue.resourceTypes.contains { $0.product == entry.product && $0.dialect == .apsara }
        if entry.dialect == .publicCloud, hasPrivateCloud, !isShared { text += "Not on the private cloud. " }
        text += facts(entry) + parameters(plan)
        if !plan.documentation.rules.isEmpty {
            text += plan.documentation.rules.map { "- \($0)\n" }.joined() + "\n"
        }
        return text + "```sh\n\(ExampleRequest(plan).curl)\n```\n"
    }

    /// What the private cloud does with a route otherwise than the public one.
    private static func success(of entry: ActionEntry, route index: Int, onPrivateCloud catalogue: Catalogue) -> String {
        guard let other = catalogue.counterpart(of: entry, route: index) else { return ", not on the private cloud" }
        let success = other.entry.routes[other.route].success
        return success == entry.routes[index].success ? "" : ", \(success) on the private cloud"
    }

    private static func facts(_ entry: ActionEntry) -> String {
        var text =
            "Resources: "
            + entry.resources.map { resource in
                "`\(resource.text)`" + circumstance(of: resource, entry)
            }.joined(separator: ", ") + ". "
        if entry.kind == .read {
            text += entry.cache.class == .none ? "Not cached." : "Cached as \(entry.cache.class.rawValue)."
        } else {
            text += "Makes stale: " + entry.invalidates.joined(separator: ", ") + "."
        }
        return text + "\n\n"
    }

    /// When a resource counts, if not always.
    private static func circumstance(of resource: ResourceTemplate, _ entry: ActionEntry) -> String {
        if let condition = resource.condition {
            return " (if `\(entry.parameters[condition.parameter].restName)` is `\(condition.value)`)"
        }
        return resource.isOptional ? " (if given)" : resource.otherwise == nil ? "" : " (or all)"
    }

    private static func parameters(_ plan: OperationPlan) -> String {
        guard !plan.entry.parameters.isEmpty else { return "" }
        let inPath = Set(plan.route.variables.map(\.parameter))
        var text = "| parameter | in | type | required | allowed | |\n| --- | --- | --- | --- | --- | --- |\n"
        for index in plan.entry.parameters.indices {
            let field = plan.field(index)
            let variable = plan.route.variables.first { $0.parameter == index }?.name
            let name = plan.hasBody ? field.parameter.restName : field.queryName
            let cells = [
                "`\(variable ?? name)`", inPath.contains(index) ? "path" : plan.hasBody ? "body" : "query",
                type(of: field.parameter), required(field), allowed(field.parameter),
                (field.parameter.isDeprecated ? "*Deprecated.* " : "") + field.description,
            ]
            text += "| " + cells.map(cell).joined(separator: " | ") + " |\n"
            if variable == nil { text += members(of: field) }
        }
        return text + "\n"
    }

    /// A row for each member of the objects that a list holds.
    private static func members(of list: ParameterSchema) -> String {
        list.fields.map { field in
            let cells = [
                "`\(list.parameter.restName)\(list.parameter.isList ? "[]" : "").\(field.parameter.restName)`", "",
                type(of: field.parameter), required(field),
                allowed(field.parameter), field.description,
            ]
            return "| " + cells.map(cell).joined(separator: " | ") + " |\n"
        }.joined()
    }

    private static func type(of parameter: Parameter) -> String {
        if !parameter.fields.isEmpty { return parameter.isList ? "list of objects" : "object" }
        let base = parameter.type.rawValue.lowercased()
        return parameter.isList ? "list of \(base)s" : parameter.format == .json ? "JSON" : base
    }

    private static func required(_ field: ParameterSchema) -> String {
        if field.isRequired { return "yes" }
        return field.parameter.requirement == .conditional ? "depends" : ""
    }

    private static func allowed(_ parameter: Parameter) -> String {
        var parts: [String] = []
        if !parameter.allowedValues.isEmpty { parts.append(parameter.allowedValues.map { "`\($0)`" }.joined(separator: ", ")) }
        if let range = parameter.rangeText { parts.append(range) }
        if let range = parameter.lengthText { parts.append(range + " characters") }
        if let maxItems = parameter.maxItems { parts.append("up to \(maxItems) elements") }
        if let format = parameter.format, !format.isList, format != .json { parts.append(format.rawValue) }
        return parts.joined(separator: "; ")
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: " ").replacing("<", with: "&lt;")
    }

    private static let introduction = """
        # API reference

        Made from the catalogue by `gateway`; do not edit. Schemas of answers are in `openapi.yaml`.

        Every request needs `Authorization: Bearer …`. Names are those of the cloud's API in camel case; the region is the \
        account's unless `region` is given. Lists take `pageSize`, `pageToken` and `all=true` and answer \
        `{"items": […], "totalCount": …, "nextPageToken": …, "requestId": …}`. Writes take `Idempotency-Key`; what the cloud \
        finishes later answers 202 and takes `Prefer: wait=N`. Every path also answers with its product in front \
        (`/ecs/instances`). What the cloud of an account lacks is answered with 501. In the examples `GATEWAY` is the gateway's address and `TOKEN` an API token.

        """
}
