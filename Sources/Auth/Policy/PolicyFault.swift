/// One thing that makes a policy document invalid: where it stands, what was found there, and what would be accepted.
public struct PolicyFault: Error, Hashable, Sendable {
    /// The classes of RAM's own policy check, and those of ours where RAM names none.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case jsonSyntax = "Json syntax error"
        case duplicateMember = "Duplicate member"
        case invalidVersion = "Invalid version"
        case invalidElement = "Invalid policy element"
        case dataType = "Data type mismatch"
        case invalidEffect = "Invalid effect"
        case missingAction = "Missing action"
        case invalidAction = "Invalid action format"
        case missingResource = "Missing resource"
        case invalidARNPrefix = "Invalid ARN prefix"
        case missingARNField = "Missing ARN field"
        case invalidOperator = "Invalid condition operator"
        case invalidConditionKey = "Invalid condition key format"
        case multipleBoolean = "Invalid condition multiple Boolean"
        case invalidValue = "Invalid condition value"
        case tooLarge = "Document too large"
    }

    public var kind: Kind
    /// The document as its reader named it, normally a file name.
    public var file: String
    /// Line and column in bytes, both counted from 1.
    public var line: Int
    public var column: Int
    /// The place in the document, `Statement[2].Action[0]`, counted from 0; empty for the document itself.
    public var path: String
    /// What stands there; a value of the document is in backticks.
    public var found: String
    /// What would be accepted there.
    public var allowed: String
}

extension PolicyFault: CustomStringConvertible {
    public var description: String {
        let place = path.isEmpty ? "" : "\(path): "
        return "\(file):\(line):\(column): \(place)\(kind.rawValue.lowercasedFirst): found \(found); allowed: \(allowed)"
    }
}

extension String {
    /// The text with its first letter in lower case, for the middle of a sentence.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

/// Every fault of one document, in the order of their places.
public struct PolicyFaults: Error, Sendable {
    /// Never empty.
    public let faults: [PolicyFault]
}

extension PolicyFaults: CustomStringConvertible {
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
