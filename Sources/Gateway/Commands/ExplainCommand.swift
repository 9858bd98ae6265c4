import ArgumentParser
import Auth
import Bytes

/// `gateway explain`
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a principal may do, and which statement of its policies decides.",
        discussion: """
            The first line is the decision: Allow, ExplicitDeny, ImplicitDeny or InvalidPolicy. Then come its ground and \
            what each statement had to do with it. Facts for conditions are given as key=value, such as \
            acs:SourceIp=10.0.0.7; the time is that of now unless acs:CurrentTime is given, every other fact that is not \
            given is missing. The exit code says nothing about the decision.

              gateway explain --config gateway.yaml --principal deployer \\
                ecs:StopInstance acs:ecs:cn-hangzhou:1234567890123456:instance/i-1

            With --batch it reads questions, one JSON object a line, and answers each with one, so that policies can be \
            tested:

              gateway explain --batch < questions.jsonl

              {"policies": [{"Version": "1", "Statement": [ ... ]}], "request":
                {"action": "ecs:StopInstance", "resources": ["*"], "context": {}}}
              {"decision": "ImplicitDeny", "reason": "..."}
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "The name of a principal in the configuration.")
    var principal: String?

    @Option(help: "A group that it is in besides those of the configuration, as a token may say; may be repeated.")
    var group: [String] = []

    @Flag(help: "Read questions as JSON from the standard input, one a line.")
    var batch = false

    @Argument(help: "The action, such as ecs:StopInstance.")
    var action: String?

    @Argument(help: "ARNs of the resources, and facts as key=value.")
    var rest: [String] = []

    /// A fact about the request.
    private struct Fact {
        let key: String
        let value: String
    }

    func validate() throws {
        if batch {
            guard option.path == nil, principal == nil, group.isEmpty, action == nil, rest.isEmpty else {
                throw ValidationError("--batch reads everything from the standard input; leave the rest out")
            }
            return
        }
        guard option.path != nil else { throw ValidationError("name the configuration by --config FILE") }
        guard principal != nil else { throw ValidationError("name a principal by --principal NAME") }
        guard let action, action.contains(":") else {
            throw ValidationError("name an action with its product, such as ecs:StopInstance")
        }
        let (resources, _) = try split()
        if resources.isEmpty { throw ValidationError("name a resource, such as acs:ecs:cn-hangzhou:1234:instance/i-1") }
    }

    func run() throws {
        if batch { return try answerBatch() }
        guard let path = option.path, let action, let name = principal else { return }
        let configuration = try ConfigurationOption.load(path).configuration
        let principal = try find(name, in: configuration)
        let (resources, facts) = try split()
        let policies = principal.policies.identity
        let context = try context(facts, principal: principal)
        let explanation = policies.explain(action: action, resources: resources, context: context)
        Console.say(explanation.decision.outcome.rawValue)
        Console.say(explanation.reason)
        for finding in explanation.findings {
            let resource = resources.count > 1 ? " [\(resources[finding.resource])]" : ""
            Console.say("- \(finding)\(resource)")
        }
    }

    /// The principal with its groups. One that is not configured is known only by groups, as with a token of an issuer.
    private func find(_ name: String, in configuration: Configuration) throws -> Principal {
        let groups = configuration.groups.map(\.name)
        for group in group where !groups.contains(group) {
            let nearest = NearestName.find(group, among: groups).map { "did you mean `\($0)`?" }
            throw CommandFailure(
                "no group \(group.quoted); \(nearest ?? (groups.isEmpty ? "there is none" : "there are \(groups.alternatives)"))")
        }
        let directory: PrincipalDirectory
        do {
            directory = try Access.directory(configuration)
        } catch {
            throw CommandFailure("\(error)", exitCode: ExitStatus.configuration)
        }
        guard directory.isConfigured(name) || !group.isEmpty else {
            let names = configuration.principals.map(\.name)
            let nearest = NearestName.find(name, among: names).map { "did you mean `\($0)`?" }
            throw CommandFailure("no principal \(name.quoted); \(nearest ?? "there are \(names.alternatives)")")
        }
        return directory.principal(name, groups: group)
    }

    /// A fact is whatever has a `=`; an ARN has none unless it begins as one.
    private func split() throws -> (resources: [String], facts: [Fact]) {
        var resources: [String] = []
        var facts: [Fact] = []
        for text in rest {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex, !Self.isARN(text) else {
                resources.append(text)
                continue
            }
            facts.append(Fact(key: String(text[..<equals]), value: String(text[text.index(after: equals)...])))
        }
        return (resources, facts)
    }

    /// Whether the text has the five fields of an ARN before its first `=`; the keys of conditions have one colon.
    private static func isARN(_ text: String) -> Bool {
        text.prefix { $0 != "=" }.count { $0 == ":" } >= 4
    }

    private func context(_ facts: [Fact], principal: Principal) throws -> ContextMap {
        var context = ContextMap()
        for fact in facts where !context.set(fact.key, to: fact.value) {
            throw CommandFailure("\(fact.key.quoted) is no condition key, or given twice", exitCode: ExitStatus.usage)
        }
        let now = Timestamp(wallNanoseconds: SystemClock.wall)
        _ = context.set("acs:CurrentTime", to: now.description)
        _ = context.set("acs:PrincipalARN", to: String(decoding: principal.arn, as: UTF8.self))
        return context
    }

    private func answerBatch() throws {
        var lines = LineReader()
        while let line = try lines.next() {
            guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }) else { continue }
            Console.put(line.withView(PolicyBatch.answer) + [UInt8(ascii: "\n")])
        }
    }
}
