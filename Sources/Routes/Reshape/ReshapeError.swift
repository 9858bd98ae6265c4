import Bytes

/// Why an answer of the cloud cannot be reshaped. Nothing of it is then of use.
public enum ReshapeError: Error, Hashable, Sendable {
    case malformed(JSONError)
    /// The answer is no JSON object.
    case noObject
    /// What the list should be is neither a list nor an object around one; the offset is its place in the answer.
    case noList(at: Int)
    /// The list stands in the answer more than once.
    case repeatedList(at: Int)
}

extension ReshapeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let error): error.description
        case .noObject: "no JSON object"
        case .noList(let offset): "no list where one is documented, at byte \(offset)"
        case .repeatedList(let offset): "the list given twice, at byte \(offset)"
        }
    }
}
