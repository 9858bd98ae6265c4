import Bytes
import Testing

@testable import Routes

/// The documented examples of the built-in catalogue, reshaped as their routes want it.
@Suite struct ReshapeCatalogueTests {
    @Test func reshapesEveryDocumentedExample() throws {
        let catalogue = try Catalogue()
        var lists = 0
        for operation in catalogue.operations {
            guard let example = catalogue.documentation(of: operation.entry).example else { continue }
            var body: [UInt8] = []
            example.append(to: &body)
            for route in operation.entry.routes {
                var output: [UInt8] = []
                let summary = try ReshapePlan(catalogue, operation, route: route).reshape(body, into: &output)
                let action = Comment(rawValue: operation.entry.action)
                if route.collection ?? operation.entry.collection != nil {
                    lists += 1
                    #expect(summary.itemCount > 0, action)
                }
                if let id = route.creates?.id,
                    let requested = example[id.split(separator: ".").first.map(String.init) ?? ""]
                {
                    #expect(!summary.createdIDs.isEmpty, "\(operation.entry.action): \(requested)")
                }
                let shaped = try output.withView { try JSONValue(parsing: $0) }
                #expect(Self.wireNames(in: shaped).isEmpty, action)
            }
        }
        #expect(lists > 20)
    }

    /// Names that still begin with a capital letter.
    private static func wireNames(in value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { member in
                (member.name.first?.isUppercase == true ? [member.name] : []) + wireNames(in: member.value)
            }
        case .array(let elements): elements.flatMap(wireNames)
        default: []
        }
    }
}
