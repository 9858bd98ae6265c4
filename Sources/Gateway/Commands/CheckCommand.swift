import ArgumentParser

/// `gateway check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a configuration with everything that it names.",
        discussion: """
            Every fault is printed with file, line and column, with what was found there and what is allowed. The exit \
            code is 78 when there is one. Warnings alone are no fault. Without --config it checks what `gateway serve` would \
            serve without one.

              gateway check --config /etc/acs-gateway/gateway.yaml
            """
    )

    @OptionGroup var option: ConfigurationOption

    func run() throws {
        let loaded = try option.path.map(ConfigurationOption.load) ?? Self.embedded()
        for warning in loaded.warnings { Console.complain(warning.description) }
        let configuration = loaded.configuration
        Console.say(
            "\(option.path ?? "embedded default"): valid: "
                + [
                    Self.count(configuration.listeners.count, "listener"),
                    Self.count(configuration.accounts.count, "account"),
                    Self.count(configuration.principals.count, "principal"),
                    Self.count(loaded.warnings.count, "warning"),
                ].joined(separator: ", ")
        )
    }

    private static func embedded() -> Configuration.Loaded {
        Configuration.Loaded(configuration: EmbeddedConfiguration().configuration, warnings: [])
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
