import Bytes

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where commands read and write; tests put their own in its place.
public struct Console: Sendable {
    public var output: @Sendable ([UInt8]) -> Void
    public var errors: @Sendable ([UInt8]) -> Void
    /// The next piece of the input; empty at its end.
    public var input: @Sendable () throws -> [UInt8]
    /// A secret, from the terminal after this text, or the whole input where that is none; in memory that is cleared.
    public var secret: @Sendable (String) throws -> LockedBytes

    public init(
        output: @escaping @Sendable ([UInt8]) -> Void, errors: @escaping @Sendable ([UInt8]) -> Void,
        input: @escaping @Sendable () throws -> [UInt8],
        secret: (@Sendable (String) throws -> LockedBytes)? = nil
    ) {
        self.output = output
        self.errors = errors
        self.input = input
        self.secret = secret ?? { try Terminal.secret($0) }
    }

    /// The console of the command that runs.
    @TaskLocal public static var current = Console.standard

    /// The standard streams of the process.
    public static let standard = Console(
        output: { write($0, to: STDOUT_FILENO) }, errors: { write($0, to: STDERR_FILENO) },
        input: { try FileText.piece(of: STDIN_FILENO, path: "standard input") }
    )

    /// Prints bytes as they are.
    static func put(_ bytes: [UInt8]) {
        current.output(bytes)
    }

    /// Prints a line.
    static func say(_ line: String) {
        current.output(Array("\(line)\n".utf8))
    }

    /// Prints a line to the error stream.
    static func complain(_ line: String) {
        current.errors(Array("\(line)\n".utf8))
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        _ = LogOutput(descriptor: descriptor).write(bytes)
    }
}
