import Yams

/// A YAML text as Yams composes it, with keys that occur twice made visible.
///
/// Yams stops at the first mapping with a repeated key. To tell all of them at once, the first letter of the earlier key
/// is replaced by a character of the private use area, one for each, and the text is composed again: positions stay, and
/// the reader of a mapping recognises the mark.
struct YAMLDocument {
    /// Nil when the text is empty or could not be composed; the latter is among the faults.
    let root: Node?
    private static let firstMark: UInt32 = 0xE000
    private static let markLimit = 200

    init(_ text: String, faults: FaultCollector) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var marked: UInt32 = 0
        while true {
            do {
                root = try Parser(yaml: lines.joined(separator: "\n"), encoding: .utf8).singleRoot()
                return
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) where marked < Self.markLimit {
                guard let mark = Unicode.Scalar(Self.firstMark + marked),
                    let line = context.mark.line > 0 && context.mark.line <= lines.count ? context.mark.line - 1 : nil,
                    let repaired = Self.replace(in: lines[line], at: context.mark.column - 1, with: mark)
                else {
                    faults.report(
                        at: Position(context.mark), path: "", found: "\(keys.alternatives) more than once",
                        allowed: "each key once"
                    )
                    break
                }
                lines[line] = repaired
                marked += 1
            } catch {
                Self.report(error, to: faults)
                break
            }
        }
        root = nil
    }

    /// Whether `key` carries the mark of a key that occurs again further on.
    static func isRepeated(_ key: String) -> Bool {
        guard let first = key.unicodeScalars.first else { return false }
        return (firstMark..<firstMark + UInt32(markLimit)).contains(first.value)
    }

    /// `line` with the first letter of the key at `column` replaced, or nil when the key has none.
    private static func replace(in line: String, at column: Int, with mark: Unicode.Scalar) -> String? {
        var scalars = Array(line.unicodeScalars)
        guard column >= 0, column < scalars.count else { return nil }
        let quote = scalars[column]
        let offset = quote == "\"" || quote == "'" ? column + 1 : column
        guard offset < scalars.count, offset == column || scalars[offset] != quote else { return nil }
        scalars[offset] = mark
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private static func report(_ error: any Error, to faults: FaultCollector) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let whole = context.map { "\($0.text) \(problem)" } ?? problem
            faults.report(at: Position(mark), path: "", found: "no YAML: \(whole)", allowed: "YAML 1.1")
        case YamlError.reader(let problem, let offset, _, let yaml):
            let before = yaml.utf8.prefix(offset ?? 0)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            faults.report(
                at: Position(line: line, column: 1), path: "", found: "no YAML: \(problem)", allowed: "YAML 1.1 in UTF-8"
            )
        default:
            // Descriptions of other errors may quote the text.
            faults.report(at: nil, path: "", found: "text that cannot be read as YAML", allowed: "YAML 1.1")
        }
    }
}

extension Position {
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}

extension Node {
    /// Where the node begins.
    var position: Position? { mark.map(Position.init) }
}
