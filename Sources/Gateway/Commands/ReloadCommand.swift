import ArgumentParser

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `gateway reload`
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Let a running gateway load its configuration anew, and tell what came of it.",
        discussion: """
            Checks the file first, as `gateway check` does, and bothers nobody when it is faulty. Then it sends SIGHUP to the \
            process that the configuration's `pid-file` names, and waits for the outcome. The exit code is 0 when the new \
            configuration is in force, 78 when it is faulty, 1 otherwise.

              gateway reload --config /etc/acs-gateway/gateway.yaml
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "How many seconds to wait for the outcome.")
    var wait = 30

    func validate() throws {
        if option.path == nil { throw ValidationError("--config is missing: the file that the running gateway was started with") }
        if !(1...3600).contains(wait) { throw ValidationError("--wait takes 1 to 3600 seconds") }
    }

    func run() async throws {
        guard let path = option.path else { return }
        let loaded = try ConfigurationOption.load(path)
        for warning in loaded.warnings { Console.complain(warning.description) }
        guard let file = loaded.configuration.processFile else {
            throw CommandFailure("\(path): no `pid-file`, so the running process is not known; add one, or send it SIGHUP")
        }
        let before = try contents(file)
        guard kill(before.process, SIGHUP) == 0 else {
            throw CommandFailure("process \(before.process) of \(file): \(FileText.systemReason())")
        }
        for _ in 0..<wait * 20 {
            try await Task.sleep(for: .milliseconds(50))
            let now = try contents(file)
            guard now.count != before.count else { continue }
            switch now.outcome {
            case .done(let note): return Console.say("\(path): \(note)")
            case .failed(let reasons):
                for reason in reasons { Console.complain(reason) }
                throw CommandFailure(
                    "\(path): not reloaded; the configuration of before is in force", exitCode: ExitStatus.configuration)
            }
        }
        throw CommandFailure("process \(before.process) did not answer within \(wait) s; its log may tell why")
    }

    private func contents(_ file: String) throws -> ProcessFile.Contents {
        do {
            guard let contents = try ProcessFile.read(file) else { throw CommandFailure("\(file): not written by a gateway") }
            return contents
        } catch let error as FileText.Failure {
            throw CommandFailure("\(error); is the gateway running?")
        }
    }
}
