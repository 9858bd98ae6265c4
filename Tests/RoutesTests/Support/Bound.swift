import Bytes

@testable import Routes

/// Matches and binds requests against one catalogue, for tests.
struct Bench {
    let catalogue: Catalogue
    let table: RouteTable

    init() throws {
        self.init(try SampleCatalogue.load())
    }

    /// Against another catalogue than the sample.
    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        table = RouteTable(catalogue)
    }

    enum Failure: Error {
        case unmatched(String)
    }

    /// Binds `METHOD /path?query`.
    func bind(_ request: String, _ body: String = "", region: String = "cn-hangzhou", maxDepth: Int = 32) throws -> BoundRequest {
        var binder = Binder(maxDepth: maxDepth)
        var bound = BoundRequest()
        let space = request.firstIndex(of: " ") ?? request.startIndex
        let target = request[space...].dropFirst()
        let path = Array(target.prefix { $0 != "?" }.utf8)
        let query = Array(target.drop { $0 != "?" }.dropFirst().utf8)
        try Array(request[..<space].utf8).withView { method in
            try path.withView { path in
                guard case .found(let match) = table.match(.init(method), path, dialect: .publicCloud) else {
                    throw Failure.unmatched(request)
                }
                try query.withView { query in
                    try Array(body.utf8).withView { body in
                        try Array(region.utf8).withView { region in
                            try binder.bind(
                                match, .init(path: path, query: query, body: body, region: region), into: &bound)
                        }
                    }
                }
            }
        }
        return bound
    }

    /// The bound parameters as `Name=value`, in canonical order.
    func wire(_ request: String, _ body: String = "", region: String = "cn-hangzhou") throws -> [String] {
        try bind(request, body, region: region).wireTexts
    }

    /// The faults as `location: reason [allowed]`; empty when there are none.
    func faults(_ request: String, _ body: String = "", region: String = "cn-hangzhou", maxDepth: Int = 32) throws -> [String] {
        do {
            _ = try bind(request, body, region: region, maxDepth: maxDepth)
            return []
        } catch let error as BindFaults {
            return error.faults.map { "\($0.location): \($0.reason)" + ($0.allowed.map { " [\($0)]" } ?? "") }
        }
    }
}

extension BoundRequest {
    var wireTexts: [String] {
        var wire = WireParameters()
        append(to: &wire)
        return (0..<wire.count).map { "\(wire[$0].name)=\(wire[$0].value)" }
    }
}
