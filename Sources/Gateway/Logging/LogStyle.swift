import Bytes
import Logging

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How lines of the log look.
public enum LogStyle: Sendable, Equatable {
    /// One JSON object a line.
    case json
    /// Text for people, with colours or without.
    case text(isColoured: Bool)

    enum Colour {
        case faint, green, yellow, red

        /// What turns the colour on in a terminal (ECMA-48, SGR).
        var sequence: StaticString {
            switch self {
            case .faint: "\u{1B}[2m"
            case .green: "\u{1B}[32m"
            case .yellow: "\u{1B}[33m"
            case .red: "\u{1B}[31m"
            }
        }
    }

    /// What `format` means for lines that go to `descriptor`: colours only on a terminal that knows them, and not when
    /// `NO_COLOR` is set.
    public init(_ format: Configuration.Log.Format, descriptor: Int32) {
        let isTerminal = isatty(descriptor) == 1
        let isPlain = getenv("NO_COLOR") != nil || getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        self.init(format, isTerminal: isTerminal, isPlain: isPlain)
    }

    init(_ format: Configuration.Log.Format, isTerminal: Bool, isPlain: Bool) {
        switch format {
        case .json: self = .json
        case .auto where !isTerminal: self = .json
        case .auto, .text: self = .text(isColoured: isTerminal && !isPlain)
        }
    }

    /// Appends what `body` writes, in `colour` where there are colours.
    func append(_ colour: Colour?, to output: inout [UInt8], _ body: (inout [UInt8]) -> Void) {
        guard let colour, self == .text(isColoured: true) else { return body(&output) }
        output.append(colour.sequence)
        body(&output)
        output.append("\u{1B}[0m" as StaticString)
    }
}
