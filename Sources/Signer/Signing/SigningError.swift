/// Why a call cannot be signed: its parameters are not what they must be.
public enum SigningError: Error, Hashable, Sendable {
    /// A parameter has the name of a common one, in whatever letter case; those are set by the signer alone.
    case reservedName(String)
    case repeatedName(String)
    case emptyName
    /// The action or version holds other bytes than letters, digits, `-`, `.`, `_` and `~`.
    case malformedAction(String)
    /// The key's id or SecurityToken holds bytes that cannot stand in a header.
    case unprintableKey
}

extension SigningError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reservedName(let name): "parameter `\(name)` is set by the gateway alone"
        case .repeatedName(let name): "parameter `\(name)` given twice"
        case .emptyName: "parameter without a name"
        case .malformedAction(let text): "`\(text)` is no action or version"
        case .unprintableKey: "the access key cannot stand in a header"
        }
    }
}
