import ArgumentParser

/// The option `--config`, and what to do about a faulty file.
struct ConfigurationOption: ParsableArguments {
    @Option(name: [.customLong("config"), .customShort("c")], help: "The configuration, a YAML file.")
    var path: String?

    /// The configuration of the file.
    /// - Throws: ``ExitStatus/configuration``, after every fault was printed.
    static func load(_ path: String) throws -> Configuration.Loaded {
        do {
            return try Configuration.load(path)
        } catch {
            for fault in error.faults { Console.complain(fault.description) }
            let errors = error.faults.count { $0.severity == .error }
            throw CommandFailure(
                "\(path): \(errors == 1 ? "1 error" : "\(errors) errors")",
                exitCode: ExitStatus.configuration
            )
        }
    }
}
