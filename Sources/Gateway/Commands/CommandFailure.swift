/// Why a command did not do what it was asked for, in words for whoever called it.
struct CommandFailure: Error, CustomStringConvertible {
    var description: String
    var exitCode: Int32

    init(_ description: String, exitCode: Int32 = ExitStatus.failed) {
        self.description = description
        self.exitCode = exitCode
    }
}

/// What the process ends with. The numbers from 64 on are those of BSD's `sysexits.h`.
enum ExitStatus {
    static let success: Int32 = 0
    static let failed: Int32 = 1
    /// The command line was wrong.
    static let usage: Int32 = 2
    /// `EX_CONFIG`: the configuration was wrong.
    static let configuration: Int32 = 78
}
