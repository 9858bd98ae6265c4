/// A place in a file; line and column count from 1.
struct Position: Equatable {
    var line: Int
    var column: Int
}

/// Gathers the faults of one file while it is decoded, so that all of them are told at once.
final class FaultCollector {
    let file: String
    /// Relative paths in the file are relative to this folder.
    let folder: String
    private(set) var faults: [ConfigurationFault] = []

    init(file: String, folder: String) {
        self.file = file
        self.folder = folder
    }

    func report(
        _ severity: ConfigurationFault.Severity = .error, at position: Position?, path: String, found: String, allowed: String
    ) {
        faults.append(
            ConfigurationFault(
                severity: severity, file: file, line: position?.line ?? 0, column: position?.column ?? 0, path: path,
                found: found, allowed: allowed
            )
        )
    }

    /// Adds a fault of another file, such as a policy.
    func add(_ fault: ConfigurationFault) {
        faults.append(fault)
    }

    var hasErrors: Bool { faults.contains { $0.severity == .error } }

    /// The faults of this file in the order of their places, then those of other files in the order of their finding.
    var sorted: [ConfigurationFault] {
        let own = faults.filter { $0.file == file }
        let ordered = own.enumerated().sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }
        return ordered.map(\.element) + faults.filter { $0.file != file }
    }
}

extension String {
    /// The text in backticks, shortened and without control characters, for a message to people.
    var quoted: String {
        let shown = unicodeScalars.prefix(80).map { scalar in
            scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
        }
        return "`\(shown.joined())\(unicodeScalars.count > 80 ? "…" : "")`"
    }
}

extension Sequence<String> {
    /// `a`, `b` or `c`.
    var alternatives: String {
        let quoted = map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return "\(quoted.dropLast().joined(separator: ", ")) or \(last)"
    }
}
