import Glibc
import Synchronization

/// The file that says which process serves, and one beside it that says what became of its last reload: how `gateway reload`
/// finds the process and learns the outcome. The first holds the number alone, so that `kill -HUP $(cat …)` is safe.
///
///     3 failed
///     gateway.yaml:12:5: found `everythng`; allowed: …
final class ProcessFile: Sendable {
    enum Outcome: Hashable, Sendable {
        /// What was done, in words.
        case done(String)
        /// Every fault.
        case failed([String])
    }

    /// What the files say.
    struct Contents: Hashable, Sendable {
        var process: Int32
        /// How often the process was told to reload.
        var count = 0
        var outcome = Outcome.done("started")
    }

    let path: String
    private let contents: Mutex<Contents>

    /// Writes the files for this process.
    init(_ path: String) throws(FileText.Failure) {
        self.path = path
        contents = Mutex(Contents(process: getpid()))
        try writeOutcome()
        try Self.write("\(getpid())\n", to: path)
    }

    /// Takes note of a reload.
    func note(_ outcome: Outcome) {
        contents.withLock { contents in
            contents.count += 1
            contents.outcome = outcome
        }
        try? writeOutcome()
    }

    func remove() {
        unlink(path)
        unlink(Self.outcomePath(path))
    }

    private static func outcomePath(_ path: String) -> String { "\(path).reload" }

    /// What the file at `path` and the one beside it say; nil when they are none of ours.
    static func read(_ path: String) throws(FileText.Failure) -> Contents? {
        guard let process = try lines(path).first.flatMap({ Int32($0) }), process > 0 else { return nil }
        let lines = try lines(outcomePath(path))
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, let count = Int(words[0]) else { return nil }
        let rest = Array(lines.dropFirst())
        return Contents(
            process: process, count: count,
            outcome: words[1] == "failed" ? .failed(rest) : .done(rest.first ?? ""))
    }

    private static func lines(_ path: String) throws(FileText.Failure) -> [String] {
        String(decoding: try FileText.contents(of: path, limit: 1 << 20), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func writeOutcome() throws(FileText.Failure) {
        let text = contents.withLock { contents in
            let (word, lines) =
                switch contents.outcome {
                case .done(let note): ("ok", [note])
                case .failed(let reasons): ("failed", reasons.map { $0.replacing("\n", with: " ") })
                }
            return "\(contents.count) \(word)\n\(lines.joined(separator: "\n"))\n"
        }
        try Self.write(text, to: Self.outcomePath(path))
    }

    private static func write(_ text: String, to path: String) throws(FileText.Failure) {
        // In one step, so that nobody reads half of it.
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileText.Failure(path: path, reason: FileText.systemReason()) }
        let bytes = Array(text.utf8)
        let isWhole = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        guard isWhole, rename(draft, path) == 0 else {
            let failure = FileText.Failure(path: path, reason: FileText.systemReason())
            unlink(draft)
            throw failure
        }
    }
}
