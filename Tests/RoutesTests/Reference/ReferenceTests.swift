import Foundation
import Testing

@testable import Routes

/// The catalogue against the vendor's references: every action, parameter, limit, member of an answer and resource is as
/// documented, or is listed with the reason why not.
@Suite struct ReferenceTests {
    private static let references = Result { try ReferenceFacts.names.map(ReferenceFacts.init) }

    @Test(arguments: ReferenceFacts.names)
    func `the catalogue says what the reference says, but for the differences that are meant`(name: String) throws {
        let references = try Self.references.get()
        let facts = try #require(references.first { $0.name == name })
        let kin = references.filter { $0.product == facts.product && $0.dialect == facts.dialect }
        let described = Set(kin.flatMap(\.actions).filter { $0.kind != nil }.map(\.name))
        var comparison = ReferenceComparison(try WholeCatalogue.get(), facts, described: described)
        let meant = try DeliberateDifferences(named: name).entries
        var unused = Set(meant.indices)
        var unexplained: [ReferenceDifference] = []
        for difference in comparison.differences() {
            let reasons = meant.indices.filter { meant[$0].explains(difference) }
            unused.subtract(reasons)
            if reasons.isEmpty { unexplained.append(difference) }
        }
        #expect(unexplained.isEmpty, "\n\(unexplained.map(\.description).joined(separator: "\n"))")
        let idle = unused.sorted().map { "\(meant[$0].actions): \(meant[$0].what)" }
        #expect(idle.isEmpty, "these explain nothing: \(idle.joined(separator: "; "))")
        for entry in meant { #expect(entry.reason.count > 20, "\(entry.actions) \(entry.what)") }
    }

    @Test func `the facts are those of every action`() throws {
        let counts = try Self.references.get().map { $0.actions.count { $0.kind != nil } }
        #expect(counts == [35, 99, 92, 98, 83, 86])
    }
}
