/// Why there is no key. Never holds anything of a source's content.
public struct CredentialError: Error, Hashable, Sendable {
    /// `environment`, or a file's path.
    public var source: String
    /// Line in a file, counted from 1.
    public var line: Int?
    public var reason: String

    public init(_ source: String, line: Int? = nil, _ reason: String) {
        self.source = source
        self.line = line
        self.reason = reason
    }
}

extension CredentialError: CustomStringConvertible {
    public var description: String {
        guard let line else { return "\(source): \(reason)" }
        return "\(source):\(line): \(reason)"
    }
}
