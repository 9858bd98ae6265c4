import Bytes

/// Components that many operations refer to: parameters, headers, problem responses, security.
enum SharedComponents {
    static func reference(_ kind: String, _ name: String) -> JSONValue {
        ["$ref": .string("#/components/\(kind)/\(name)")]
    }

    /// Parameters of requests that are the gateway's own.
    static let parameters: [JSONValue.Member] = [
        .init("Account", header("X-Account", "Name of the configured cloud account; without it, the default one.")),
        .init(
            "IdempotencyKey",
            header(
                "Idempotency-Key",
                """
                Makes the request safe to repeat: the same key with the same request has one effect. With another request it is \
                refused with 422, and with 409 while the first still runs.
                """)),
        .init(
            "Prefer",
            header(
                "Prefer",
                """
                `wait=N` holds the answer until the resource has reached its target state, or N seconds have passed (RFC 7240).
                """, example: "wait=30")),
        .init("IfNoneMatch", header("If-None-Match", "An `ETag` of an earlier answer: 304 when it still holds.")),
        .init(
            "CacheControl", header("Cache-Control", "`no-cache` asks the cloud; `max-age=N` takes an answer up to N seconds old.")
        ),
        .init(
            "Region",
            query(
                "regionId", "Region of the call; `region` for short. Default: the account's region.", ["type": "string"],
                example: "cn-hangzhou")),
        .init("PageToken", query("pageToken", "`nextPageToken` of the previous page of the same query.", ["type": "string"])),
        .init(
            "PageNumber",
            query(
                "pageNumber", "Page to return, counted from 1; instead of `pageToken`.",
                [
                    "type": "integer", "format": "int32", "minimum": 1,
                ])),
        .init(
            "All",
            query(
                "all",
                """
                Gathers every page, up to the configured limit; `nextPageToken` in the answer says that it stopped there.
                """, ["type": "boolean", "default": false])),
    ]

    /// `pageSize` with the largest page of the action; nil when it documents none.
    static func pageSize(maximum: Int?) -> JSONValue.Member {
        var schema: [JSONValue.Member] = [.init("type", "integer"), .init("format", "int32"), .init("minimum", 1)]
        if let maximum { schema.append(.init("maximum", .integer(maximum))) }
        return .init(
            maximum.map { "PageSizeUpTo\($0)" } ?? "PageSize", query("pageSize", "Most elements of one page.", .object(schema))
        )
    }

    static let headers: [JSONValue.Member] = [
        .init("RequestId", text("Id of the request: the caller's own, if it gave a usable one.")),
        .init("CloudRequestId", text("The cloud's id of the request, when it was asked.")),
        .init("CacheStatus", text("Whether the answer came from the cache (RFC 9211).")),
        .init("Age", ["description": "Seconds since the cloud gave the answer.", "schema": ["type": "integer"]]),
        .init("ETag", text("Changes with the answer; for `If-None-Match`.")),
        .init("Link", text("The next page, with `rel=\"next\"`.")),
        .init("Location", text("Path of the created resource, when it is one.")),
        .init("RetryAfter", ["description": "Seconds to wait before the next try.", "schema": ["type": "integer"]]),
        .init("WWWAuthenticate", text("How to authenticate.")),
    ]

    static let securitySchemes: JSONValue = [
        "bearer": ["type": "http", "scheme": "bearer", "description": "An API token of the gateway."]
    ]

    /// The problem responses, by status; the name of each component.
    static let problems: [(status: Int, name: String, description: String)] = [
        (304, "NotModified", "The answer is still that of the given `ETag`."),
        (400, "BadRequest", "The request is at fault; `errors` lists every fault at once."),
        (401, "Unauthorized", "No token, or one that is unknown."),
        (403, "Forbidden", "The caller's policies do not allow it; `detail` names action, resource and statement."),
        (404, "NotFound", "There is no such resource or account."),
        (409, "Conflict", "The resource's state, a quota, or a running request with the same key forbids it."),
        (422, "Unprocessable", "The `Idempotency-Key` was used for another request."),
        (429, "TooManyRequests", "Too many calls; try again after `Retry-After` seconds."),
        (501, "NotImplemented", "The account's cloud has no such operation, or the account no endpoint for it."),
        (502, "BadGateway", "The cloud failed, gave no sensible answer, or refused the gateway's own keys."),
        (504, "GatewayTimeout", "The cloud gave no answer in time."),
    ]

    static let responses: [JSONValue.Member] =
        [dryRun, refused]
        + problems.map { problem in
            var members: [JSONValue.Member] = [.init("description", .string(problem.description))]
            var headers: [JSONValue.Member] = [.init("X-Request-Id", reference("headers", "RequestId"))]
            switch problem.status {
            case 304: headers.append(.init("ETag", reference("headers", "ETag")))
            case 401: headers.append(.init("WWW-Authenticate", reference("headers", "WWWAuthenticate")))
            case 409, 429: headers.append(.init("Retry-After", reference("headers", "RetryAfter")))
            default: break
            }
            members.append(.init("headers", .object(headers)))
            if problem.status != 304 {
                members.append(.init("content", ["application/problem+json": ["schema": reference("schemas", "Problem")]]))
            }
            return .init(problem.name, .object(members))
        }

    /// What any request may come to, whatever it asks for: a URL or body that is too long, a media type that is not JSON.
    private static let refused = JSONValue.Member(
        "Refused",
        [
            "description":
                "Any other refusal: a URL, a header or a body that is too long, another media type than JSON, a gateway that shuts down.",
            "headers": ["X-Request-Id": reference("headers", "RequestId")],
            "content": ["application/problem+json": ["schema": reference("schemas", "Problem")]],
        ])

    private static let dryRun = JSONValue.Member(
        "DryRun",
        [
            "description": "Nothing was done: a dry run found nothing wrong.",
            "headers": [
                "X-Request-Id": reference("headers", "RequestId"), "X-Acs-Request-Id": reference("headers", "CloudRequestId"),
            ],
            "content": ["application/json": ["schema": reference("schemas", "DryRunPassed")]],
        ])

    static let schemas: [JSONValue.Member] = [
        .init(
            "Problem",
            [
                "description": "What went wrong (RFC 9457).", "type": "object",
                "properties": [
                    "type": ["type": "string", "description": "A URN of the kind of problem."],
                    "title": ["type": "string"],
                    "status": ["type": "integer", "description": "The HTTP status."],
                    "detail": ["type": "string", "description": "What happened, in words."],
                    "code": [
                        "type": "string", "description": "The cloud's own code, or the gateway's; for programs to branch on.",
                    ],
                    "origin": [
                        "type": "string", "enum": ["client", "gateway", "credentials", "cloud"], "description": "Who has to act.",
                    ],
                    "retryable": ["type": "boolean", "description": "Whether the same request may succeed later."],
                    "requestId": ["type": "string"],
                    "upstream": [
                        "description": "The call to the cloud that the problem came from.", "type": "object",
                        "properties": [
                            "action": ["type": "string"], "code": ["type": "string"], "requestId": ["type": "string"],
                            "status": ["type": "integer"],
                        ],
                        "required": ["action"],
                    ],
                    "errors": ["type": "array", "items": reference("schemas", "Fault")],
                ],
                "required": ["type", "title", "status", "detail", "code", "origin", "retryable", "requestId"],
            ]),
        .init(
            "Fault",
            [
                "description": "One thing that is wrong with a request.", "type": "object",
                "properties": [
                    "parameter": ["type": "string", "description": "A parameter, `dataDisk[2].size`."],
                    "pointer": ["type": "string", "description": "A JSON pointer into the body."],
                    "reason": ["type": "string"],
                    "allowed": ["type": "string", "description": "What would be accepted."],
                ],
                "required": ["reason"],
            ]),
        .init(
            "DryRunPassed",
            [
                "description": "A dry run found nothing wrong.", "type": "object",
                "properties": [
                    "dryRun": ["type": "boolean", "const": true],
                    "detail": ["type": "string", "description": "What the cloud said."],
                    "requestId": ["description": "The cloud's id of the request.", "type": "string"],
                ],
                "required": ["dryRun", "detail"],
            ]),
        .init(
            "Acknowledgement",
            [
                "description": "The request was accepted; there is nothing more to say.", "type": "object",
                "properties": ["requestId": ["description": "The cloud's id of the request.", "type": "string"]],
            ]),
    ]

    private static func header(_ name: String, _ description: String, example: String? = nil) -> JSONValue {
        parameter(name, in: "header", description, ["type": "string"], example)
    }

    private static func query(_ name: String, _ description: String, _ schema: JSONValue, example: String? = nil) -> JSONValue {
        parameter(name, in: "query", description, schema, example)
    }

    private static func parameter(
        _ name: String, in place: String, _ description: String, _ schema: JSONValue, _ example: String?
    ) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("in", .string(place)), .init("description", .string(description)),
            .init("schema", schema),
        ]
        if let example { members.append(.init("example", .string(example))) }
        return .object(members)
    }

    private static func text(_ description: String) -> JSONValue {
        ["description": .string(description), "schema": ["type": "string"]]
    }
}
