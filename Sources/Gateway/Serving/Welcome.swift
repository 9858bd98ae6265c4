import Bytes
import Routes

/// What `GET /` tells: the collections there are, and where the rest is described.
enum Welcome {
    static func document(of catalogue: Catalogue, accounts: [CloudAccount]) -> [UInt8] {
        var collections: [String] = []
        for operation in catalogue.operations where operation.isList {
            for route in operation.entry.routes where route.method == .get && route.variables.isEmpty {
                if !collections.contains(route.path) { collections.append(route.path) }
            }
        }
        var output: [UInt8] = []
        JSONValue.object([
            .init("name", "acs-gateway"),
            .init("version", .string(Version.current)),
            .init("description", "REST/JSON in front of an Alibaba-Cloud-style cloud"),
            .init("openapi", "/openapi.yaml"),
            .init("health", "/healthz"),
            .init("readiness", "/readyz"),
            .init("metrics", "/metrics"),
            .init("whoami", "/whoami"),
            .init("accounts", .array(accounts.map { .string($0.name) })),
            .init("collections", .array(collections.sorted().map { .string($0) })),
        ]).append(to: &output)
        return output
    }
}
