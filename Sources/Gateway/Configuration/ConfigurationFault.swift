/// One thing in the configuration that is wrong, or that works and is unwise: where it stands, what was found there, and
/// what would be accepted.
public struct ConfigurationFault: Error, Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        /// The gateway does not start with it.
        case error
        /// The gateway starts, and says so.
        case warning
    }

    public var severity: Severity
    /// The file as the caller named it.
    public var file: String
    /// Line and column, both counted from 1; 0 when the file as a whole is meant.
    public var line: Int
    public var column: Int
    /// The place in the document, `accounts.prod.dialect` or `listen[1].tls`; empty for the document itself.
    public var path: String
    /// What stands there, values in backticks. Never a secret.
    public var found: String
    /// What would be accepted there, or would be wiser.
    public var allowed: String

    public init(
        severity: Severity = .error, file: String, line: Int, column: Int, path: String, found: String, allowed: String
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.found = found
        self.allowed = allowed
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `gateway.yaml:12:14: error: accounts.prod.dialect: found …; allowed: …`, as compilers print it.
    public var description: String {
        let position = line > 0 ? ":\(line):\(column)" : ""
        let place = path.isEmpty ? "" : "\(path): "
        let remedy = severity == .error ? "allowed" : "better"
        return "\(file)\(position): \(severity.rawValue): \(place)found \(found); \(remedy): \(allowed)"
    }
}

/// Every fault of a configuration, in the order of their places.
public struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
    /// At least one of them is an error.
    public let faults: [ConfigurationFault]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
