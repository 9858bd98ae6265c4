import Bytes

/// Writes the OpenAPI operation of one method and path; several actions when a member of the body chooses between them.
struct OperationWriter {
    /// Never empty; the first is the action without a condition, if there is one.
    let plans: [OperationPlan]
    /// The operation names, one for each plan.
    let names: [String]
    /// Whether the product exists on the private cloud at all.
    let hasPrivateCloud: Bool

    init(plans: [OperationPlan], names: [String], hasPrivateCloud: Bool) {
        self.hasPrivateCloud = hasPrivateCloud
        let order = plans.indices.sorted { plans[$0].route.conditions.count < plans[$1].route.conditions.count }
        self.plans = order.map { plans[$0] }
        self.names = order.map { names[$0] }
    }

    private var plan: OperationPlan { plans[0] }
    private var route: Route { plan.route }

    /// The operation; schemas and parameters that it needs are added to `builder`.
    func write(into builder: inout DocumentBuilder) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("operationId", .string(names[0])),
            .init("summary", .string(plans.map { Self.withoutFullStop($0.entry.summary) }.joined(separator: " / "))),
            .init("description", .string(description)),
            .init("tags", [.string(plan.tag)]),
        ]
        if plans.allSatisfy(\.entry.isDeprecated) { members.append(.init("deprecated", true)) }
        members.append(.init("x-acs-actions", .array(plans.map { .string("\($0.entry.product):\($0.entry.action)") })))
        members.append(.init("x-acs-dialects", .array(dialects.map { .string($0.rawValue) })))
        members.append(.init("parameters", .array(parameters(&builder))))
        if plan.hasBody, let body = body(&builder) { members.append(.init("requestBody", body)) }
        members.append(.init("responses", .object(responses(&builder))))
        return .object(members)
    }

    private var description: String {
        plans.map { plan in
            let entry = plan.entry
            var text = "Calls `\(entry.action)` of \(entry.product.uppercased()) \(entry.version)"
            for condition in plan.route.conditions { text += " when `\(condition.name)` is \(condition.value)" }
            text += "."
            if plan.dialects == [.apsara] { text += " Private cloud only." }
            if plan.dialects == [.publicCloud], hasPrivateCloud { text += " Not on the private cloud." }
            for rule in plan.documentation.rules { text += "\n- \(rule)" }
            return text
        }.joined(separator: "\n\n")
    }

    /// The dialects in which any of the actions is there.
    private var dialects: [Dialect] { Dialect.allCases.filter { dialect in plans.contains { $0.dialects.contains(dialect) } } }

    private static func withoutFullStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

// Parameters

extension OperationWriter {
    private func parameters(_ builder: inout DocumentBuilder) -> [JSONValue] {
        var parameters = route.variables.map(pathParameter)
        if !plan.hasBody {
            if let choice = queryChoice { parameters.append(choice) }
            parameters += plan.fields.filter { !$0.isRegion }.map(queryParameter)
            if !plan.isRegionInPath, plan.entry.regionParameter == nil {
                parameters.append(SharedComponents.reference("parameters", "Region"))
            }
        }
        if plan.isList, !plan.entry.paging.isEmpty {
            parameters.append(builder.parameter(SharedComponents.pageSize(maximum: plan.largestPage)))
            parameters.append(SharedComponents.reference("parameters", "PageToken"))
            if plan.entry.paging.contains(.page) { parameters.append(SharedComponents.reference("parameters", "PageNumber")) }
            parameters.append(SharedComponents.reference("parameters", "All"))
        }
        return parameters + headerNames.map { SharedComponents.reference("parameters", $0) }
    }

    private var headerNames: [String] {
        if plan.entry.kind == .read {
            return plan.entry.cache.class == .none ? ["Account"] : ["Account", "CacheControl", "IfNoneMatch"]
        }
        let waits = route.success == 201 || route.success == 202
        return waits ? ["Account", "IdempotencyKey", "Prefer"] : ["Account", "IdempotencyKey"]
    }

    /// The member of a query that chooses the action.
    private var queryChoice: JSONValue? {
        guard let name = plans.lazy.compactMap(\.route.conditions.first).first?.name else { return nil }
        let values = plans.flatMap(\.route.conditions).filter { $0.name == name }.map { JSONValue.string($0.value) }
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("in", "query"), .init("description", "Chooses the action."),
        ]
        if plans.allSatisfy({ !$0.route.conditions.isEmpty }) { members.append(.init("required", true)) }
        members.append(.init("schema", ["type": "string", "enum": .array(values)]))
        if let example = values.first { members.append(.init("example", example)) }
        return .object(members)
    }

    private func pathParameter(_ variable: Route.Variable) -> JSONValue {
        let field = plan.field(variable.parameter)
        var members: [JSONValue.Member] = [.init("name", .string(variable.name)), .init("in", "path"), .init("required", true)]
        if let member = variable.field {
            let note = field.fields[member].description
            if !note.isEmpty { members.append(.init("description", .string(note))) }
        } else if field.parameter.isList {
            members.append(.init("description", .string("One value of `\(field.parameter.name)`.")))
        } else if !field.description.isEmpty {
            members.append(.init("description", .string(field.description)))
        }
        members.append(.init("schema", ["type": "string", "minLength": 1]))
        let example = variable.field == nil ? field.elementExample : plan.pathExample(variable).map(JSONValue.string)
        if let example { members.append(.init("example", example)) }
        return .object(members)
    }

    private func queryParameter(_ field: ParameterSchema) -> JSONValue {
        var members: [JSONValue.Member] = [.init("name", .string(field.queryName)), .init("in", "query")]
        let description = field.queryDescription
        if !description.isEmpty { members.append(.init("description", .string(description))) }
        if field.isRequired { members.append(.init("required", true)) }
        if field.parameter.isDeprecated { members.append(.init("deprecated", true)) }
        // A list of objects is JSON in a query.
        members.append(
            field.parameter.fields.isEmpty
                ? .init("schema", field.querySchema) : .init("content", ["application/json": ["schema": field.value()]]))
        return .object(members)
    }
}

// Bodies and answers

extension OperationWriter {
    private func body(_ builder: inout DocumentBuilder) -> JSONValue? {
        var schemas: [JSONValue] = []
        var isRequired = true
        for (plan, name) in zip(plans, names) {
            let request = RequestSchema(fields: plan.fields, choice: choice(of: plan))
            if request.fields.isEmpty, plans.count == 1 { return nil }
            isRequired = isRequired && request.isRequired
            let schema = request.body()
            schemas.append(builder.schema(schema, named: OperationNames.capitalized(name) + "Request", owner: plan.entry.action))
        }
        let schema: JSONValue = schemas.count == 1 ? schemas[0] : ["oneOf": .array(schemas)]
        var members: [JSONValue.Member] = []
        if isRequired { members.append(.init("required", true)) }
        members.append(.init("content", ["application/json": ["schema": schema]]))
        return .object(members)
    }

    /// What chooses `plan` among the actions of the route. The one without a condition must not carry the others' value.
    private func choice(of plan: OperationPlan) -> RequestSchema.Choice? {
        guard let condition = plans.lazy.compactMap(\.route.conditions.first).first else { return nil }
        let own = plan.route.conditions.first
        var schema: [JSONValue.Member] = [.init("description", "Chooses the action.")]
        if condition.value == "true" || condition.value == "false" {
            let value = own?.value ?? (condition.value == "true" ? "false" : "true")
            schema += [.init("type", "boolean"), .init("const", .bool(value == "true"))]
        } else if let own {
            schema += [.init("type", "string"), .init("const", .string(own.value))]
        } else {
            schema += [.init("type", "string"), .init("not", ["const": .string(condition.value)])]
        }
        return .init(name: condition.name, schema: .object(schema), isRequired: own != nil)
    }

    private func responses(_ builder: inout DocumentBuilder) -> [JSONValue.Member] {
        var successes = [JSONValue.Member(String(route.success), successResponse(&builder))]
        if let status = plan.privateSuccess, status != route.success {
            successes.append(.init(String(status), ["description": .string("On the private cloud. \(Self.meaning(of: status))")]))
        }
        var statuses = [400, 401, 403, 429, 501, 502, 504]
        if plan.entry.kind == .read, plan.entry.cache.class != .none { statuses.append(304) }
        // Also without a resource in the path: the account, or what a parameter names, may not be there.
        statuses.append(404)
        if plan.entry.kind == .write { statuses += [409, 422] }
        let problems = SharedComponents.problems.filter { statuses.contains($0.status) }.map {
            JSONValue.Member(String($0.status), SharedComponents.reference("responses", $0.name))
        }
        let others = problems + [.init("default", SharedComponents.reference("responses", "Refused"))]
        guard hasDryRun, route.success != 200 else { return successes + others }
        return [.init("200", SharedComponents.reference("responses", "DryRun"))] + successes + others
    }

    /// Whether a request may ask for its check alone; when that finds nothing wrong the answer is one of its own.
    private var hasDryRun: Bool { plans.contains { $0.entry.parameter(named: "DryRun") != nil } }

    private func successResponse(_ builder: inout DocumentBuilder) -> JSONValue {
        var headers: [(String, String)] = [("X-Request-Id", "RequestId"), ("X-Acs-Request-Id", "CloudRequestId")]
        if plan.entry.kind == .read { headers += [("Cache-Status", "CacheStatus"), ("Age", "Age"), ("ETag", "ETag")] }
        if plan.isList, !plan.entry.paging.isEmpty { headers.append(("Link", "Link")) }
        if route.creates != nil { headers.append(("Location", "Location")) }
        var members: [JSONValue.Member] = [
            .init("description", .string(Self.meaning(of: route.success))),
            .init("headers", .object(headers.map { .init($0.0, SharedComponents.reference("headers", $0.1)) })),
        ]
        guard route.success != 204 else { return .object(members) }
        var schemas = zip(plans, names).map { answer(of: $0, name: $1, &builder) }
        if hasDryRun, route.success == 200 { schemas.append(SharedComponents.reference("schemas", "DryRunPassed")) }
        let schema: JSONValue = schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]
        members.append(.init("content", ["application/json": ["schema": schema]]))
        return .object(members)
    }

    private func answer(of plan: OperationPlan, name: String, _ builder: inout DocumentBuilder) -> JSONValue {
        let answer = AnswerSchema(plan.documentation.answer, example: plan.documentation.example)
        guard !answer.isEmpty else { return SharedComponents.reference("schemas", "Acknowledgement") }
        let action = plan.entry.action
        let base = OperationNames.capitalized(name)
        var element: JSONValue?
        if let collection = plan.collection, let schema = answer.element(of: collection) {
            element = builder.schema(schema, named: base + "Item", owner: action)
        }
        if plan.route.isSingle, let element { return element }
        let object = answer.object(
            collection: plan.isList ? plan.collection : nil, element: plan.isList ? element : nil,
            isPaged: plan.isList && !plan.entry.paging.isEmpty)
        return builder.schema(object, named: base + "Answer", owner: action)
    }

    private static func meaning(of status: Int) -> String {
        switch status {
        case 201: "Created."
        case 202: "Accepted; the cloud goes on with it."
        case 204: "Done."
        default: "The answer."
        }
    }
}
