import Bytes
import Routes

/// The members that the answer to one action has by its documentation.
///
/// Handlers are shared by the clouds of both dialects and tell everything that either documents; the private cloud's
/// answers are cut down to what its own reference has.
struct DocumentedAnswer: Sendable {
    private let paths: Set<String>

    init(_ fields: [ActionDocumentation.AnswerField]) {
        paths = Set(fields.map(\.path))
    }

    /// The answer without what is not documented.
    func trimmed(_ answer: JSONValue) -> JSONValue { trimmed(answer, at: "") }

    private func trimmed(_ value: JSONValue, at path: String) -> JSONValue {
        switch value {
        case .object(let members):
            return .object(
                members.compactMap { member in
                    let place = path.isEmpty ? member.name : "\(path).\(member.name)"
                    guard paths.contains(place) || paths.contains("\(place)[]") else { return nil }
                    return .init(member.name, trimmed(member.value, at: place))
                })
        case .array(let elements): return .array(elements.map { trimmed($0, at: "\(path)[]") })
        default: return value
        }
    }
}
