import Routes
import Testing

@testable import Simulator

@Suite struct CoverageTests {
    @Test func everyActionHasItsHandler() throws {
        let catalogue = try TestCloud.catalogue.get()
        let missing = catalogue.operations.map(\.entry).filter {
            $0.dialect == .publicCloud && ActionTable.handler(version: $0.version, action: $0.action) == nil
        }.map(\.action)
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test func everyHandlerHasItsAction() throws {
        let catalogue = try TestCloud.catalogue.get()
        let known = Set(catalogue.operations.map { "\($0.entry.version)/\($0.entry.action)" })
        var seen: Set<String> = []
        for product in ActionTable.products {
            for action in product.families.flatMap(\.keys) {
                let name = "\(product.version)/\(action)"
                #expect(known.contains(name), "\(name) is not in the catalogue")
                #expect(seen.insert(name).inserted, "\(name) has two handlers")
            }
        }
    }

    /// Every action refuses a call without its first required parameter, by that parameter's name.
    @Test func requiredParametersAreRequired() throws {
        let test = try TestCloud()
        for operation in try TestCloud.catalogue.get().operations where operation.entry.dialect == .publicCloud {
            guard let first = operation.entry.parameters.first(where: { $0.requirement == .required }) else { continue }
            let reply = test.calling(operation.entry.product).call(operation.entry.action)
            let isNamed = [reply.code ?? "", reply.text("Message")].contains {
                $0.lowercased().contains(first.name.split(separator: ".")[0].lowercased())
            }
            #expect(reply.status >= 400 && reply.status < 500, "\(operation.entry.action)")
            #expect(isNamed, "\(operation.entry.action): \(reply.code ?? "") does not name \(first.name)")
        }
    }
}
