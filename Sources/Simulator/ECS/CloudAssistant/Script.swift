import Bytes

/// A script as far as the simulated cloud runs it: a few commands that tell of the machine, `echo`, `sleep` and `exit`.
/// Whatever else a line says, it succeeds and prints nothing.
struct Script: Sendable {
    /// What came of running it once.
    struct Outcome: Hashable, Sendable {
        var output: String
        var exitCode: Int
        /// Milliseconds from start to end.
        var lasting: Int64
        /// The time allowed was over before the end.
        var timesOut: Bool

        /// Of a run that never began.
        static let none = Outcome(output: "", exitCode: 0, lasting: 0, timesOut: false)
    }

    /// Greatest number of bytes of output that are kept.
    private static let outputLimit = 12 * 1024

    private let lines: [Substring]

    init(_ text: String) {
        lines = text.split { $0.isNewline || $0 == ";" }
    }

    /// What a run on `instance` does, which may last `timeout` seconds. The machine's clock shows `start`.
    func run(
        _ kind: Command.Kind, on instance: Instance, in directory: String, timeout: Int, at start: SimulatedTime
    ) -> Outcome {
        let isWindows = kind != .shell
        var machine = Machine(instance: instance, directory: directory, isWindows: isWindows, start: start)
        for line in lines {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            machine.carryOut(String(first).lowercased(), words.dropFirst(), line)
            if machine.hasExited { break }
        }
        // Starting the interpreter takes a moment too.
        let lasting = 1_000 + machine.milliseconds
        let limit = Int64(clamping: timeout) * 1_000
        guard lasting <= limit else {
            return Outcome(output: "", exitCode: 143, lasting: limit, timesOut: true)
        }
        let output = String(decoding: machine.output.utf8.prefix(Self.outputLimit), as: UTF8.self)
        return Outcome(output: output, exitCode: machine.exitCode, lasting: lasting, timesOut: false)
    }
}

/// The state of a machine that runs a script.
private struct Machine {
    let instance: Instance
    let directory: String
    let isWindows: Bool
    let start: SimulatedTime
    var output = ""
    var exitCode = 0
    var hasExited = false
    var milliseconds: Int64 = 0

    mutating func carryOut(_ command: String, _ arguments: ArraySlice<Substring>, _ line: Substring) {
        exitCode = 0
        switch command {
        case "echo", "write-output", "write-host": print(Self.unquoted(arguments.joined(separator: " ")))
        case "hostname": print(instance.hostName)
        case "whoami": print(isWindows ? "nt authority\\system" : "root")
        case "pwd": print(directory)
        case "date": print(start.adding(milliseconds: milliseconds).text)
        case "nproc": print(String(instance.type.cpu))
        case "uname":
            print(arguments.isEmpty ? "Linux" : "Linux \(instance.hostName) 5.10.134-16.1.al8.x86_64 x86_64 GNU/Linux")
        case "uptime":
            let seconds = (start.milliseconds - (instance.startTime ?? start).milliseconds) / 1_000
            print(" up \(max(0, seconds) / 60) min,  0 users,  load average: 0.02, 0.03, 0.00")
        case "sleep", "start-sleep":
            let seconds = arguments.compactMap { Double($0) }.first ?? 0
            milliseconds += Int64(min(max(0, seconds), 1e6) * 1_000)
        case "false": exitCode = 1
        case "exit":
            exitCode = arguments.first.flatMap { Int($0) } ?? 0
            hasExited = true
        default: break
        }
    }

    private mutating func print(_ text: String) {
        output += text + (isWindows ? "\r\n" : "\n")
    }

    private static func unquoted(_ text: String) -> String {
        guard let first = text.first, first == "\"" || first == "'", text.count > 1, text.last == first else { return text }
        return String(text.dropFirst().dropLast())
    }
}
