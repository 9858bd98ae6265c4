import Glibc

/// A system call that failed, with what was attempted and its `errno`.
public struct SystemError: Error, Hashable, Sendable {
    /// What was attempted, as in `bind 127.0.0.1:8080`.
    public var operation: String
    /// The value of `errno`.
    public var code: Int32

    public init(_ operation: String, code: Int32 = errno) {
        self.operation = operation
        self.code = code
    }
}

extension SystemError: CustomStringConvertible {
    public var description: String { "\(operation): \(String(cString: strerror(code)))" }
}
