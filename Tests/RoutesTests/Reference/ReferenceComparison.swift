@testable import Routes

/// Holds a catalogue against the facts of one reference.
struct ReferenceComparison {
    let catalogue: Catalogue
    let facts: ReferenceFacts
    /// Every action that a reference of the same product and dialect describes.
    let described: Set<String>
    private var found: [ReferenceDifference] = []

    init(_ catalogue: Catalogue, _ facts: ReferenceFacts, described: Set<String>) {
        (self.catalogue, self.facts, self.described) = (catalogue, facts, described)
    }

    /// Every difference, in the order of the facts.
    mutating func differences() -> [ReferenceDifference] {
        found = []
        for operation in catalogue.operations {
            let entry = operation.entry
            guard entry.product == facts.product, entry.dialect == facts.dialect, !described.contains(entry.action) else {
                continue
            }
            note(entry.action, "action", nil, "present")
        }
        for action in facts.actions { compare(action) }
        return found
    }

    private mutating func note(_ action: String, _ what: String, _ reference: String?, _ catalogue: String?) {
        found.append(.init(action: action, what: what, reference: reference ?? "-", catalogue: catalogue ?? "-"))
    }

    private mutating func expect(_ action: String, _ what: String, _ reference: String?, _ catalogue: String?) {
        if reference != catalogue { note(action, what, reference, catalogue) }
    }

    private mutating func compare(_ action: ReferenceFacts.Action) {
        guard let operation = catalogue.operation(product: facts.product, action: action.name, dialect: facts.dialect) else {
            return note(action.name, "action", "present", nil)
        }
        let entry = operation.entry
        compareResources(action, entry)
        guard let kind = action.kind else { return }
        expect(action.name, "action", facts.version, entry.version)
        expect(action.name, "kind", kind.rawValue, entry.kind.rawValue)
        compareParameters(action, entry)
        let documentation = catalogue.documentation(of: entry)
        if action.hasExample, documentation.example == nil { note(action.name, "example", "present", nil) }
        var answer: [String: String] = [:]
        for row in documentation.answer where row.path != "RequestId" {
            answer[row.path] = ["Object", "Array"].contains(row.type) ? "Struct" : row.type
        }
        for path in Set(action.answer.keys).union(answer.keys).sorted() {
            expect(action.name, "response \(path)", action.answer[path], answer[path])
        }
    }

    private mutating func compareParameters(_ action: ReferenceFacts.Action, _ entry: ActionEntry) {
        var ours: [String: ParameterFacts] = [:]
        for parameter in entry.parameters {
            for name in [parameter.name] + parameter.aliases { ours[ParameterFacts.key(name)] = ParameterFacts(parameter) }
        }
        var seen: Set<String> = []
        for wanted in action.parameters {
            guard let have = ours[ParameterFacts.key(wanted.name)] else {
                note(action.name, "parameter \(wanted.name)", "present", nil)
                continue
            }
            seen.insert(have.name)
            for word in ParameterFacts.words {
                // Limits that only the catalogue has are in the reference as prose; that something is optional is a fact.
                if wanted[word] == nil, word != "required" { continue }
                expect(action.name, "parameter \(wanted.name) \(word)", wanted[word], have[word])
            }
        }
        for parameter in entry.parameters where !seen.contains(parameter.name) {
            note(action.name, "parameter \(parameter.name)", nil, "present")
        }
    }

    /// A resource counts with its alternative; one of the catalogue's own is marked as such.
    private mutating func compareResources(_ action: ReferenceFacts.Action, _ entry: ActionEntry) {
        let rows = action.resources
        for row in rows {
            let ours = entry.resources.filter { $0.spellings(entry).contains(ResourceFacts.key(row.text)) }
            if ours.isEmpty {
                note(action.name, "arn \(row.text)", "present", nil)
            } else if row.isOptional {
                let isNeeded = rows.contains { !$0.isOptional && $0.text == row.text }
                let isConditional = ours.contains { $0.isOptional || $0.otherwise != nil }
                if !isNeeded, !isConditional { note(action.name, "arn \(row.text)", "optional", "needed") }
            } else if ours.allSatisfy(\.isOptional) {
                note(action.name, "arn \(row.text)", "needed", "optional")
            }
        }
        let keys = Set(rows.map { ResourceFacts.key($0.text) })
        for resource in entry.resources where resource.isDocumented && keys.isDisjoint(with: resource.spellings(entry)) {
            note(action.name, "arn \(resource.text)", nil, "documented")
        }
    }
}

extension ResourceTemplate {
    /// What the resource can be, in the spelling of comparisons.
    fileprivate func spellings(_ entry: ActionEntry) -> [String] {
        [parts, otherwise].compactMap { parts in
            parts.map { ResourceFacts.key($0.map { text(of: $0, entry) }.joined()) }
        }
    }

    private func text(of part: Part, _ entry: ActionEntry) -> String {
        switch part {
        case .literal(let text): text
        case .region: "$RegionId"
        case .account: "$AccountId"
        case .parameter(let index): "$" + entry.parameters[index].name
        case .field(let index, let name): "$" + entry.parameters[index].name + "." + name
        }
    }
}
