import Bytes
import Testing

@testable import Routes

@Suite struct RouteTableTests {
    let table: RouteTable

    init() throws {
        table = RouteTable(try SampleCatalogue.load())
    }

    /// What a request leads to, in words.
    func outcome(_ request: String, dialect: Dialect = .publicCloud, from offset: Int = 0) -> String {
        let parts = request.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map { Array($0.utf8) }
        return parts[0].withView { method in
            parts[1].withView { path in
                switch table.match(.init(method), path, from: offset, dialect: dialect) {
                case .found(let match):
                    let actions = match.group.candidates.map(\.operation.entry.action).joined(separator: "|")
                    let variables = (0..<match.variables.count).map { path.slice(match.variables[$0]).text }
                    return ([actions + (match.isHead ? " head" : "")] + variables).joined(separator: " ")
                case .uncatalogued(let product, let action):
                    return "uncatalogued \(path.slice(product).text) \(path.slice(action).text)"
                case .methodNotAllowed(let methods): return "allow \(methods.allow)"
                case .notInDialect: return "not in dialect"
                case .notFound: return "not found"
                }
            }
        }
    }

    @Test(
        arguments: [
            ("GET /things", "DescribeThings"), ("HEAD /things", "DescribeThings head"), ("GET /ecs/things", "DescribeThings"),
            ("POST /things", "CreateThing|RunThings"), ("GET /things/t-1", "DescribeThings t-1"),
            ("GET /things/%2F", "DescribeThings %2F"), ("DELETE /things/stop", "DeleteThing stop"),
            ("POST /things/t-1/stop", "StopThing t-1"), ("POST /ecs/things/t-1/tags", "TagThing t-1"),
            ("POST /rpc/ecs/RunThings", "RunThings"), ("POST /rpc/ecs/runthings", "uncatalogued ecs runthings"),
            ("GET /rpc/ecs/RunThings", "allow POST, OPTIONS"), ("POST /rpc/ecs/", "not found"),
            ("POST /rpc/ecs/A/b", "not found"),
            ("POST /rpc//A", "not found"), ("PUT /things", "allow GET, HEAD, POST, OPTIONS"),
            ("OPTIONS /things", "not in dialect"), ("BREW /things/t-1/stop", "not in dialect"),
            ("get /things", "not in dialect"),
            ("GET /things/", "not found"), ("GET /things//stop", "not found"), ("GET //things", "not found"),
            ("GET /Things", "not found"), ("GET /vpc/things", "not found"), ("GET /", "not found"), ("GET things", "not found"),
            ("GET ", "not found"), ("GET /things/t-1/stop/now", "not found"),
            ("POST /things/t-1/migrate", "not in dialect"), ("POST /rpc/ecs/migrate_thing", "not in dialect"),
        ].map { ($0.0, $0.1.replacing("not in dialect", with: $0.0.hasPrefix("POST") ? "not in dialect" : "methods")) })
    func `method and path lead to operations`(_ request: String, _ expected: String) {
        let found = outcome(request)
        if expected == "methods" { #expect(found.hasPrefix("allow ")) } else { #expect(found == expected) }
    }

    @Test func `dialects have their own operations on the same paths`() {
        #expect(outcome("POST /things/t-1/migrate", dialect: .apsara) == "migrate_thing t-1")
        #expect(outcome("POST /things", dialect: .apsara) == "not in dialect")
        #expect(outcome("PUT /things", dialect: .apsara) == "allow GET, HEAD, OPTIONS")
        #expect(outcome("GET /things/t-1", dialect: .apsara) == "not in dialect")
    }

    @Test func `a path can be matched from an offset on`() {
        #expect(outcome("GET /accounts/prod/things/t-1", from: 14) == "DescribeThings t-1")
        #expect(outcome("GET /accounts/prod", from: 14) == "not found")
        #expect(outcome("GET /things", from: 99) == "not found")
    }

    @Test(arguments: [
        ("/thnigs", "did you mean `/things`?"), ("/ecs/thing", "did you mean `/ecs/things`?"),
        ("/things/t-1/stpo", "did you mean `/things/t-1/stop`?"), ("/things/", "the path must not end with a slash"),
        ("/rpc/ecs/RunThing", "did you mean `/rpc/ecs/RunThings`?"), ("/elephants", nil), ("/", nil), ("", nil),
        ("/things/t-1/stop/x", nil),
    ])
    func `unknown paths get a hint`(_ path: String, _ hint: String?) {
        #expect(Array(path.utf8).withView { table.hint(for: $0) } == hint)
    }

    @Test func `every route of the built-in catalogue leads to its action, with and without its product`() throws {
        let catalogue = try WholeCatalogue.get()
        let table = RouteTable(catalogue)
        for operation in catalogue.operations {
            for route in operation.entry.routes {
                let product = "/" + operation.entry.product
                // Where the product is in front already, it is not put there twice.
                for prefix in Set(["", route.path.hasPrefix(product + "/") ? "" : product]) {
                    let path = prefix + route.path.replacing("{", with: "").replacing("}", with: "")
                    let actions = Array(path.utf8).withView { path -> [String] in
                        guard case .found(let match) = table.match(.route(route.method), path, dialect: operation.entry.dialect)
                        else {
                            return []
                        }
                        #expect(match.variables.count == route.variables.count)
                        return match.group.candidates.map(\.operation.entry.action)
                    }
                    #expect(actions.contains(operation.entry.action), "\(route.method.rawValue) \(path)")
                }
            }
        }
    }

    @Test func `random paths never trap`() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("/things%ecsrpc{}-._~?&\u{0}\u{7f}é".utf8)
        for _ in 0..<4_000 {
            let path = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            path.withView { path in
                for method in [RouteTable.Method.route(.get), .route(.post), .head, .other] {
                    _ = table.match(method, path, from: Int.random(in: 0...3, using: &random), dialect: .publicCloud)
                }
                _ = table.hint(for: path)
            }
        }
    }
}
