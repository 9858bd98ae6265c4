import Bytes
import Routes
import Testing

@testable import Simulator

/// Holds an answer against the documented rows of its action: every member documented, every type as documented.
enum AnswerSchemaCheck {
    static func check(
        _ answer: JSONValue, of action: String, _ product: String, _ dialect: Dialect, _ sourceLocation: SourceLocation
    ) {
        guard let catalogue = try? TestCloud.catalogue.get(),
            let operation = catalogue.operation(product: product, action: action, dialect: dialect)
        else {
            Issue.record("\(action) is not in the catalogue", sourceLocation: sourceLocation)
            return
        }
        var types: [String: String] = ["RequestId": "String"]
        for field in catalogue.answer(of: operation.entry) { types[field.path] = field.type }
        var faults: [String] = []
        walk(answer, "", types, &faults)
        #expect(faults.isEmpty, "\(action): \(faults.joined(separator: "; "))", sourceLocation: sourceLocation)
    }

    /// Codes that the prose of the reference gives to every action, or in the rules of one, without a row anywhere; and one
    /// for an error that it describes without a code, that of a rule which is there already.
    private static let prose: Set<String> = [
        "UnsupportedParameter", "InvalidTagKey.Malformed", "InvalidTag.Mismatch", "InvalidParam.SecurityGroupRuleId",
        "InvalidSecurityGroupRule.RuleNotExist", "InvalidSecurityGroupRule.AlreadyExist", "InvalidDeploymentSetId.NotFound",
    ]

    /// Holds an error against the documented rows of its action and the common ones.
    static func checkError(
        _ reply: Reply, of action: String, _ product: String, _ dialect: Dialect, _ sourceLocation: SourceLocation
    ) {
        guard let catalogue = try? TestCloud.catalogue.get(), let code = reply.code,
            let operation = catalogue.operation(product: product, action: action, dialect: dialect)
        else { return }
        let book = ErrorBook(catalogue.documentation(of: operation.entry), version: operation.entry.version, dialect: dialect)
        let isDocumented = (book.rows + book.common).contains {
            ($0.code == code || $0.filledTemplate(for: code) != nil) && $0.status == reply.status
        }
        #expect(isDocumented || prose.contains(code), "\(action) does not document \(code)", sourceLocation: sourceLocation)
    }

    private static func walk(_ value: JSONValue, _ path: String, _ types: [String: String], _ faults: inout [String]) {
        switch value {
        case .object(let members):
            if !path.isEmpty, types[path] != "Struct" { faults.append("\(path) is no Struct") }
            for member in members {
                walk(member.value, path.isEmpty ? member.name : "\(path).\(member.name)", types, &faults)
            }
        case .array(let elements):
            if types["\(path)[]"] == nil { faults.append("\(path)[] is not documented") }
            for element in elements { walk(element, "\(path)[]", types, &faults) }
        case .string: expect(["String"], path, types, &faults)
        case .bool: expect(["Boolean"], path, types, &faults)
        case .number(let text):
            expect(Int64(text) == nil ? ["Float"] : ["Integer", "Long", "Float"], path, types, &faults)
        case .null: faults.append("\(path) is null")
        }
    }

    private static func expect(_ allowed: [String], _ path: String, _ types: [String: String], _ faults: inout [String]) {
        guard let type = types[path] else { return faults.append("\(path) is not documented") }
        if !allowed.contains(type) { faults.append("\(path) is \(allowed[0]), documented as \(type)") }
    }
}
