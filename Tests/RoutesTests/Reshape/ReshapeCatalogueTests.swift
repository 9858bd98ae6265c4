import Bytes
import Testing

@testable import Routes

/// The documented example of every action, reshaped as each of its routes wants it, against what the rules say.
@Suite struct ReshapeCatalogueTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try WholeCatalogue.get() }

    @Test func `every documented example becomes what an obvious reshaper makes of it, on every route`() throws {
        var lists = 0
        for operation in catalogue.operations {
            let entry = operation.entry
            let documentation = catalogue.documentation(of: entry)
            guard let example = documentation.example else { continue }
            let obvious = ObviousReshaper(rows: documentation.answer.map { ($0.path, $0.type) })
            // The last one is the call by the action's name.
            for route in entry.routes.map(Optional.some) + [nil] {
                let name = Comment(rawValue: "\(entry.action) by \(route?.path ?? "its name")")
                let collection = route?.collection ?? entry.collection
                var output: [UInt8] = []
                let summary = try ReshapePlan(catalogue, operation, route: route).reshape(Self.bytes(example), into: &output)
                let expected = obvious.answer(example, collection: collection, isSingle: route?.isSingle ?? false)
                let given = output.isEmpty ? nil : try output.withView { try JSONValue(parsing: $0) }
                #expect(given == expected, name)
                if let id = (route ?? entry.routes.first)?.creates?.id {
                    let ids = obvious.texts(in: example, at: id.split(separator: ".").map(String.init))
                    #expect(summary.createdIDs.map { String(decoding: $0, as: UTF8.self) } == ids, name)
                }
                guard collection != nil, route?.isSingle != true else { continue }
                lists += 1
                #expect(summary.itemCount == Self.count(expected?["items"]), name)
            }
        }
        #expect(lists > 20)
    }

    /// An example from which members are missing, as the cloud leaves them out, and one in which lists are empty.
    @Test func `partial examples too`() throws {
        for operation in catalogue.operations {
            let documentation = catalogue.documentation(of: operation.entry)
            guard let example = documentation.example else { continue }
            let obvious = ObviousReshaper(rows: documentation.answer.map { ($0.path, $0.type) })
            for route in operation.entry.routes {
                let plan = ReshapePlan(catalogue, operation, route: route)
                let collection = route.collection ?? operation.entry.collection
                for partial in [Self.emptied(example), Self.halved(example, 0), Self.halved(example, 1)] {
                    var output: [UInt8] = []
                    _ = try plan.reshape(Self.bytes(partial), into: &output)
                    let expected = obvious.answer(partial, collection: collection, isSingle: route.isSingle)
                    let given = output.isEmpty ? nil : try output.withView { try JSONValue(parsing: $0) }
                    #expect(given == expected, "\(operation.entry.action) by \(route.path)")
                }
            }
        }
    }

    private static func bytes(_ value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        return bytes
    }

    private static func count(_ value: JSONValue?) -> Int {
        if case .array(let elements) = value { elements.count } else { -1 }
    }

    private static func emptied(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array: .array([])
        case .object(let members): .object(members.map { .init($0.name, emptied($0.value)) })
        default: value
        }
    }

    /// Every second member of every object.
    private static func halved(_ value: JSONValue, _ parity: Int) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { halved($0, parity) })
        case .object(let members) where members.count > 1:
            .object(
                members.enumerated().filter { $0.offset % 2 == parity }.map {
                    .init($0.element.name, halved($0.element.value, parity))
                })
        case .object(let members): .object(members.map { .init($0.name, halved($0.value, parity)) })
        default: value
        }
    }
}
