/// The outcome of reading one policy. A faulty one stays in the set it belongs to and makes that set unusable, so that a
/// Deny never vanishes by a typing error.
public enum LoadedPolicy: Sendable {
    case valid(PolicyDocument)
    case invalid(name: String, faults: [PolicyFault])

    public var name: String {
        switch self {
        case .valid(let document): document.name
        case .invalid(let name, _): name
        }
    }
}
