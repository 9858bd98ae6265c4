import Bytes

@testable import Auth

/// A policy as tests write it, apart from the product's own types: rendered to JSON for the engine, and read directly by
/// the reference engine.
struct ModelStatement: Hashable {
    struct Condition: Hashable {
        var test: String
        var key: String
        var values: [String]
    }

    var isDeny = false
    var isNotAction = false
    var actions: [String] = []
    var resources: [String] = ["*"]
    var conditions: [Condition] = []

    init() {}

    /// Reads `Allow|Deny [!]action … [on resource …] [if Operator key value … [& Operator key value …]]`.
    /// `!` in front of the actions makes them NotAction; `""` is an empty value.
    init(_ text: String) {
        var words = text.split(separator: " ").map(String.init)[...]
        isDeny = words.removeFirst() == "Deny"
        actions = Self.take(&words)
        if let first = actions.first, first.hasPrefix("!") {
            isNotAction = true
            actions[0] = String(first.dropFirst())
        }
        if words.first == "on" {
            words.removeFirst()
            resources = Self.take(&words)
        }
        while !words.isEmpty {
            words.removeFirst()
            var condition = Self.take(&words)
            let test = condition.removeFirst()
            let key = condition.removeFirst()
            conditions.append(Condition(test: test, key: key, values: condition.map { $0 == "\"\"" ? "" : $0 }))
        }
    }

    private static func take(_ words: inout ArraySlice<String>) -> [String] {
        let taken = words.prefix { !["on", "if", "&"].contains($0) }
        words = words.dropFirst(taken.count)
        return Array(taken)
    }

    var json: String {
        var byTest: [(test: String, keys: [String])] = []
        for condition in conditions {
            let entry = "\(Self.quote(condition.key)):\(Self.list(condition.values))"
            if let index = byTest.firstIndex(where: { $0.test == condition.test }) {
                byTest[index].keys.append(entry)
            } else {
                byTest.append((condition.test, [entry]))
            }
        }
        let block = byTest.map { "\(Self.quote($0.test)):{\($0.keys.joined(separator: ","))}" }.joined(separator: ",")
        return "{\"Effect\":\"\(isDeny ? "Deny" : "Allow")\",\"\(isNotAction ? "NotAction" : "Action")\":"
            + "\(Self.list(actions)),\"Resource\":\(Self.list(resources))"
            + (conditions.isEmpty ? "" : ",\"Condition\":{\(block)}") + "}"
    }

    private static func list(_ texts: [String]) -> String {
        texts.count == 1 ? quote(texts[0]) : "[\(texts.map(quote).joined(separator: ","))]"
    }

    private static func quote(_ text: String) -> String {
        var output: [UInt8] = []
        output.append(jsonString: text)
        return String(decoding: output, as: UTF8.self)
    }
}

/// A request as tests write it.
struct ModelRequest {
    var action = "ecs:StopInstance"
    var resources = ["acs:ecs:cn-hangzhou:123:instance/i-1"]
    /// Values by key as the request gives them.
    var context: [String: String] = [:]
    /// The same for single resources, by index.
    var resourceContext: [Int: [String: String]] = [:]

    var contextMap: ContextMap {
        var map = ContextMap()
        for (key, value) in context { _ = map.set(key, to: value) }
        for (index, values) in resourceContext {
            for (key, value) in values { _ = map.set(key, to: value, resource: index) }
        }
        return map
    }
}

func document(_ json: String, name: String = "policy") throws(PolicyFaults) -> PolicyDocument {
    try Array(json.utf8).withView { bytes throws(PolicyFaults) in try PolicyDocument(parsing: bytes, name: name) }
}

func document(_ statements: [ModelStatement], name: String = "policy") throws(PolicyFaults) -> PolicyDocument {
    try document(
        "{\"Version\":\"1\",\"Statement\":[\(statements.map(\.json).joined(separator: ","))]}", name: name)
}

extension PolicySet {
    /// One document for each element.
    convenience init(model policies: [[ModelStatement]]) throws {
        self.init(try policies.enumerated().map { try document($0.element, name: "policy\($0.offset)") })
    }

    func decide(_ request: ModelRequest) -> Decision {
        let context = request.contextMap
        return Self.withViews(of: request.resources) {
            decide(PreparedAction(request.action), resources: $0, context: context)
        }
    }
}
