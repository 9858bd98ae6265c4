import Testing

@testable import Routes

@Suite struct EmbeddedCatalogueTests {
    @Test func `the built-in catalogue has no faults`() throws {
        do {
            let catalogue = try Catalogue()
            #expect(catalogue.operations.count >= 95)
            #expect(catalogue.documentationFaults() == [])
        } catch {
            Issue.record("\(error)")
        }
    }
}
