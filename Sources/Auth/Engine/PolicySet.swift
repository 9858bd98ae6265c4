import Bytes

/// All policies of one class that apply to a principal, compiled for decisions. Immutable and free of references to
/// anything that changes, so every loop reads the same one.
///
/// A decision costs a few table probes, whatever the number of statements, plus the verification of those that can match
/// and their conditions. It allocates nothing unless a condition reads a value as text that is none.
public final class PolicySet: Sendable {
    /// The policies' names, by the indexes that decisions carry.
    public let names: [String]
    /// The condition keys that the policies ask for, each once. A gateway fetches tags of resources only when one of them
    /// is a key of resources.
    public var conditionKeys: [ConditionKey] { conditions.keys }
    /// Whether any condition asks for a fact about a resource.
    public let asksForResources: Bool
    /// Whether any condition asks for a tag that the request sets.
    public let asksForRequestTags: Bool
    /// Whether any condition asks for a key of a single service, such as `vpc:Vpc`.
    public let asksForServiceKeys: Bool
    /// The first policy that is faulty; with one nothing is decided.
    public let invalidPolicy: Int?

    /// The statements as written, for explanations, in the order of ``statements``.
    let sources: [PolicyStatement]
    let arena: [UInt8]
    let actions: PatternTable<ActionPattern>
    let resources: PatternTable<ResourcePattern>
    let conditions: ConditionTable
    let statements: [CompiledStatement]
    let denials: RuleIndex
    let allowances: RuleIndex

    /// Compiles `policies`. Their order decides nothing but which statement is named when several decide alike.
    public init(_ policies: [LoadedPolicy]) {
        var compiler = PolicyCompiler()
        var sources: [PolicyStatement] = []
        for (policy, loaded) in policies.enumerated() {
            guard case .valid(let document) = loaded else { continue }
            for (index, statement) in document.statements.enumerated() {
                compiler.add(statement, policy: policy, index: index)
                sources.append(statement)
            }
        }
        names = policies.map(\.name)
        invalidPolicy = policies.firstIndex { if case .invalid = $0 { true } else { false } }
        self.sources = sources
        arena = compiler.arena
        actions = compiler.actions
        resources = compiler.resources
        conditions = compiler.conditions
        statements = compiler.statements
        denials = compiler.index(ofDeny: true)
        allowances = compiler.index(ofDeny: false)
        asksForResources = conditions.keys.contains(where: \.isOfResource)
        asksForRequestTags = conditions.keys.contains { $0.known == .requestTag }
        asksForServiceKeys = conditions.keys.contains { $0.known == nil }
    }

    public convenience init(_ documents: [PolicyDocument]) {
        self.init(documents.map { .valid($0) })
    }
}
