import Bytes

/// The outcome of reading one policy. A faulty one stays in the set it belongs to and makes that set unusable, so that a
/// Deny never vanishes by a typing error.
public enum LoadedPolicy: Sendable {
    case valid(PolicyDocument)
    case invalid(name: String, faults: [PolicyFault])

    /// Reads one document, as ``PolicyDocument/init(parsing:name:file:)`` does.
    public init(parsing text: ByteView, name: String, file: String? = nil) {
        do throws(PolicyFaults) {
            self = .valid(try PolicyDocument(parsing: text, name: name, file: file))
        } catch {
            self = .invalid(name: name, faults: error.faults)
        }
    }

    public var name: String {
        switch self {
        case .valid(let document): document.name
        case .invalid(let name, _): name
        }
    }
}
