import Bytes

/// The endpoints that no catalogue entry stands behind: the gateway's own.
enum GatewayEndpoints {
    struct Endpoint {
        let method: String
        let path: String
        let tag: String
        /// The operation's id.
        let name: String
        let operation: JSONValue
        /// For tables: what it does, in a few words.
        let summary: String
        /// Whether it only reads.
        let isRead: Bool
    }

    /// All of them: also the verbs of each kind of resource of `catalogue` that has states.
    static func all(in catalogue: Catalogue) -> [Endpoint] {
        var endpoints = fixed
        for operation in catalogue.operations where operation.entry.stateMember != nil {
            for (index, route) in operation.entry.routes.enumerated() where route.isView(of: operation.entry) {
                guard hasVerbs(route, operation.entry, catalogue) else { continue }
                let endpoint = actions(OperationPlan(operation.entry, route: index, in: catalogue), besides: endpoints)
                if let endpoint { endpoints.insert(endpoint, at: endpoints.count - 1) }
            }
        }
        return endpoints
    }

    /// Whether any write goes on from the path of a view.
    private static func hasVerbs(_ view: Route, _ entry: ActionEntry, _ catalogue: Catalogue) -> Bool {
        catalogue.operations.contains { other in
            other.entry.product == entry.product && other.entry.dialect == entry.dialect && other.entry.resource == entry.resource
                && other.entry.routes.contains { $0.method != .get && $0.segments.starts(with: view.segments) }
        }
    }

    private static let fixed: [Endpoint] = [
        endpoint("GET", "/", "readIndex", "Describes the API in short", json(["type": "object"]), isOpen: true),
        endpoint(
            "GET", "/openapi.yaml", "readOpenAPI", "This document",
            [
                "application/yaml": ["schema": ["type": "object"]]
            ], isOpen: true),
        endpoint("GET", "/healthz", "readHealth", "Says that the process lives", text, isOpen: true),
        endpoint(
            "GET", "/readyz", "readReadiness", "Says whether requests can be served", text, isOpen: true,
            extra: [
                .init("503", ["description": "Not ready.", "content": text])
            ]),
        endpoint("GET", "/metrics", "readMetrics", "Metrics in the text format of Prometheus", text, isOpen: true),
        endpoint("GET", "/whoami", "whoAmI", "Tells the caller who it is", json(SharedComponents.reference("schemas", "Caller"))),
        endpoint(
            "POST", "/access-checks", "checkAccess", "Tells the caller what it may do",
            json(
                SharedComponents.reference("schemas", "AccessDecisions")
            ), body: SharedComponents.reference("schemas", "AccessChecks"), isRead: true),
        endpoint(
            "POST", "/policies/explain", "explainPolicies", "Tells which statement of a policy decides, and why",
            json(
                SharedComponents.reference("schemas", "PolicyExplanation")
            ), body: SharedComponents.reference("schemas", "PolicyQuestion"), isRead: true),
        endpoint(
            "POST", "/rpc/{product}/{action}", "callAction",
            "Calls any action by its name", json(["type": "object", "properties": ["requestId": ["type": "string"]]]),
            body: [
                "description": "The action's parameters, by wire names or in camel case.", "type": "object",
                "examples": [["instanceId": "i-bp67acfmxazb4pz78a"]],
            ],
            parameters: [
                path("product", "Product.", example: "ecs"),
                path("action", "Action of the cloud's API.", example: "StopInstance"),
                SharedComponents.reference("parameters", "Account"), SharedComponents.reference("parameters", "IdempotencyKey"),
            ],
            problems: [404, 409, 422, 429, 502, 504]),
    ]

    static let schemas: [JSONValue.Member] = [
        .init(
            "Caller",
            [
                "description": "Who the gateway takes the caller for.", "type": "object",
                "properties": [
                    "principal": ["type": "string"],
                    "arn": ["type": "string", "description": "What `acs:PrincipalARN` answers to policies."],
                    "authentication": [
                        "type": "string", "description": "How the caller proved who it is.",
                        "examples": ["token", "jwt", "client-certificate", "unix-peer", "access-key"],
                    ],
                    "credential": [
                        "type": "string", "description": "The name of the token, certificate or session, if it has one.",
                    ],
                    "groups": ["type": "array", "items": ["type": "string"]],
                    "policies": ["type": "array", "items": ["type": "string"]],
                    "accounts": ["type": "array", "items": ["type": "string"]],
                ],
                "required": ["principal"],
            ]),
        .init(
            "AccessChecks",
            [
                "type": "object",
                "properties": [
                    "checks": [
                        "type": "array", "minItems": 1,
                        "items": [
                            "type": "object",
                            "properties": [
                                "action": ["type": "string", "examples": ["ecs:StopInstance"]],
                                "resource": [
                                    "type": "string",
                                    "examples": ["acs:ecs:cn-hangzhou:1234567890123456:instance/i-bp67acfmxazb4pz78a"],
                                ],
                            ],
                            "required": ["action", "resource"],
                            "additionalProperties": false,
                        ],
                    ]
                ],
                "required": ["checks"],
                "additionalProperties": false,
            ]),
        .init(
            "AccessDecisions",
            [
                "type": "object",
                "properties": [
                    "items": [
                        "type": "array",
                        "items": [
                            "type": "object",
                            "properties": [
                                "action": ["type": "string"], "resource": ["type": "string"], "allowed": ["type": "boolean"],
                                "reason": ["type": "string", "description": "The statement that decided, or its absence."],
                            ],
                            "required": ["action", "resource", "allowed"],
                        ],
                    ]
                ],
                "required": ["items"],
            ]),
        .init(
            "PolicyQuestion",
            [
                "description": "A principal, optionally with groups, or policies; and the request that is to be judged.",
                "type": "object",
                "properties": [
                    "principal": ["type": "string", "examples": ["dashboard"]],
                    "groups": ["type": "array", "items": ["type": "string"], "description": "Groups besides those that it has."],
                    "policies": [
                        "type": "array", "items": ["type": ["object", "string"]],
                        "description": "Policy documents or their texts, instead of a principal.",
                    ],
                    "action": ["type": "string", "examples": ["ecs:StopInstance"]],
                    "resources": [
                        "type": "array", "description": "ARNs, or objects with `arn` and `context`; none is judged as `*`.",
                        "items": ["type": ["object", "string"]],
                        "examples": [["acs:ecs:cn-hangzhou:1234567890123456:instance/i-bp67acfmxazb4pz78a"]],
                    ],
                    "context": [
                        "type": "object", "description": "Values of condition keys.", "examples": [["acs:SourceIp": "10.0.0.7"]],
                    ],
                ],
                "required": ["action"],
                "additionalProperties": false,
            ]),
        .init(
            "PolicyExplanation",
            [
                "type": "object",
                "properties": [
                    "decision": ["type": "string", "enum": ["Allow", "ExplicitDeny", "ImplicitDeny", "InvalidPolicy"]],
                    "reason": ["type": "string"],
                    "principal": ["type": "string"],
                    "groups": ["type": "array", "items": ["type": "string"]],
                    "policies": ["type": "array", "items": ["type": "string"]],
                    "statements": [
                        "type": "array", "description": "For each resource every statement.",
                        "items": [
                            "type": "object",
                            "properties": [
                                "policy": ["type": "string"],
                                "statement": ["type": "integer", "description": "Its number in the policy, from 1."],
                                "sid": ["type": "string"],
                                "effect": ["type": "string", "enum": ["Allow", "Deny"]],
                                "resource": ["type": "string"],
                                "applies": ["type": "boolean"],
                                "reason": [
                                    "type": "string", "description": "Why it applies, or the first reason why it does not.",
                                ],
                            ],
                            "required": ["policy", "statement", "effect", "resource", "applies", "reason"],
                        ],
                    ],
                ],
                "required": ["decision", "reason", "policies", "statements"],
            ]),
        .init(
            "AvailableAction",
            [
                "description": "A verb of a resource.", "type": "object",
                "properties": [
                    "verb": ["type": "string", "description": "The last part of the path, or `delete`.", "examples": ["stop"]],
                    "method": ["type": "string"],
                    "action": ["type": "string", "examples": ["ecs:StopInstance"]],
                    "allowed": ["type": "boolean", "description": "Whether state and policy allow it now."],
                    "reason": ["type": "string", "description": "Why not."],
                ],
                "required": ["verb", "method", "action", "allowed"],
            ]),
    ]

    /// The verbs of the resources that the route of `plan` reads; nil when another endpoint has the path already, as of the
    /// same resource in another dialect.
    private static func actions(_ plan: OperationPlan, besides others: [Endpoint]) -> Endpoint? {
        let path = plan.route.path + "/actions"
        guard !others.contains(where: { $0.path == path }) else { return nil }
        let noun = OperationNames.noun(of: plan.route)
        let isTaken = others.contains { $0.name == "list\(noun)Actions" }
        let name = "list\(isTaken ? OperationNames.capitalized(plan.entry.product) : "")\(noun)Actions"
        let parameters = plan.route.variables.map { variable in
            Self.path(variable.name, "Id.", example: plan.field(variable.parameter).exampleTexts.first ?? variable.name)
        }
        return endpoint(
            "GET", path, name,
            "Lists what can be done to it, and whether each verb is possible now",
            json([
                "type": "object",
                "properties": [
                    "state": ["type": "string", "description": "The state that the verbs were judged by."],
                    "items": ["type": "array", "items": SharedComponents.reference("schemas", "AvailableAction")],
                ],
                "required": ["state", "items"],
            ]), parameters: parameters, problems: [404], tag: plan.tag)
    }

    private static let text: JSONValue = ["text/plain": ["schema": ["type": "string"]]]

    private static func json(_ schema: JSONValue) -> JSONValue {
        ["application/json": ["schema": schema]]
    }

    private static func path(_ name: String, _ description: String, example: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true, "description": .string(description),
            "schema": ["type": "string", "minLength": 1], "example": .string(example),
        ]
    }

    private static func endpoint(
        _ method: String, _ path: String, _ name: String, _ summary: String, _ content: JSONValue, isOpen: Bool = false,
        body: JSONValue? = nil, parameters: [JSONValue] = [], problems: [Int] = [], extra: [JSONValue.Member] = [],
        tag: String = "gateway", isRead: Bool? = nil
    ) -> Endpoint {
        var operation: [JSONValue.Member] = [
            .init("operationId", .string(name)), .init("summary", .string(summary)), .init("tags", [.string(tag)]),
        ]
        if isOpen { operation.append(.init("security", [])) }
        if !parameters.isEmpty { operation.append(.init("parameters", .array(parameters))) }
        if let body { operation.append(.init("requestBody", ["required": true, "content": json(body)])) }
        let statuses = (isOpen ? [] : [400, 401, 403]) + problems
        let refusals = SharedComponents.problems.filter { statuses.contains($0.status) }.map {
            JSONValue.Member(String($0.status), SharedComponents.reference("responses", $0.name))
        }
        let success = JSONValue.Member("200", ["description": "The answer.", "content": content])
        let others = isOpen ? [] : [JSONValue.Member("default", SharedComponents.reference("responses", "Refused"))]
        operation.append(.init("responses", .object([success] + extra + refusals + others)))
        return Endpoint(
            method: method, path: path, tag: tag, name: name, operation: .object(operation), summary: summary,
            isRead: isRead ?? (method == "GET"))
    }
}
