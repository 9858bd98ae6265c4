import Routes
import Testing

@testable import Simulator

@Suite struct CoverageTests {
    @Test(arguments: Dialect.allCases) func everyActionHasItsHandler(_ dialect: Dialect) throws {
        let catalogue = try TestCloud.catalogue.get()
        let missing = catalogue.operations.map(\.entry).filter {
            $0.dialect == dialect
                && ActionTable.handler(version: $0.version, action: $0.action, dialect: dialect) == nil
        }.map(\.action)
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test func everyHandlerHasItsAction() throws {
        let catalogue = try TestCloud.catalogue.get()
        let known = Set(catalogue.operations.map { "\($0.entry.dialect)/\($0.entry.version)/\($0.entry.action)" })
        var seen: Set<String> = []
        for product in ActionTable.products {
            for action in product.families.flatMap(\.keys) {
                let name = "\(product.dialect)/\(product.version)/\(action)"
                #expect(known.contains(name), "\(name) is not in the catalogue")
                #expect(seen.insert(name).inserted, "\(name) has two handlers")
            }
        }
    }

    /// Every action refuses a call without its first required parameter, by that parameter's name.
    @Test(arguments: Dialect.allCases) func requiredParametersAreRequired(_ dialect: Dialect) throws {
        let test = try TestCloud(dialect: dialect)
        for operation in try TestCloud.catalogue.get().operations where operation.entry.dialect == dialect {
            guard let first = operation.entry.parameters.first(where: { $0.requirement == .required }) else { continue }
            let reply = test.calling(operation.entry.product).call(operation.entry.action)
            guard operation.entry.outcome == nil else {
                #expect(reply.status == 200 && reply.text("code") == "-14000401", "\(operation.entry.action)")
                continue
            }
            let isNamed = [reply.code ?? "", reply.text("Message")].contains {
                $0.lowercased().contains(first.name.split(separator: ".")[0].lowercased())
            }
            #expect(reply.status >= 400 && reply.status < 500, "\(operation.entry.action)")
            #expect(isNamed, "\(operation.entry.action): \(reply.code ?? "") does not name \(first.name)")
        }
    }
}
