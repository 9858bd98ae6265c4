import Bytes

/// One question of `POST /access-checks`.
struct AccessCheck: Sendable {
    /// Questions that one request may ask.
    static let most = 500

    /// `ecs:StartInstance`
    var action: String
    /// An ARN, or `*`.
    var resource: String

    /// Reads the body, `{"checks": [{"action": …, "resource": …}, …]}`.
    static func read(_ body: ByteView, maxDepth: Int) throws(Problem) -> [AccessCheck] {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: body, maxDepth: maxDepth)
        } catch {
            throw Problem(faults: [.init(location: "/", reason: "is no valid JSON: \(error)")])
        }
        guard case .object(let members) = document else {
            throw Problem(faults: [.init(location: "/", reason: "is not an object", allowed: form)])
        }
        var faults: [Problem.Fault] = []
        for member in members where member.name != "checks" {
            faults.append(.init(location: "/\(member.name.prefix(64))", reason: "is not known", allowed: form))
        }
        var checks: [AccessCheck] = []
        if case .array(let elements)? = document["checks"], !elements.isEmpty, elements.count <= most {
            for (index, element) in elements.enumerated() {
                if case .string(let action)? = element["action"], case .string(let resource)? = element["resource"],
                    action.contains(":"), !resource.isEmpty
                {
                    checks.append(AccessCheck(action: action, resource: resource))
                } else {
                    faults.append(
                        .init(
                            location: "/checks/\(index)", reason: "needs `action` and `resource`",
                            allowed: "`{\"action\": \"ecs:StartInstance\", \"resource\": \"acs:ecs:…\"}`"))
                }
            }
        } else {
            faults.append(
                .init(location: "/checks", reason: "is missing or of the wrong size", allowed: "1 to \(most) questions"))
        }
        guard faults.isEmpty else { throw Problem(faults: faults) }
        return checks
    }

    private static let form = "`{\"checks\": [{\"action\": …, \"resource\": …}]}`"
}
