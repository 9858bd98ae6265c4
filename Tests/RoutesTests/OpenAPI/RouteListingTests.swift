import Bytes
import Testing

@testable import Routes

@Suite struct RouteListingTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try WholeCatalogue.get() }

    /// Routes, those that both dialects have counted once.
    private var routeCount: Int {
        Set(
            catalogue.operations.flatMap { operation in
                operation.entry.routes.map { "\(operation.entry.action) \($0.method) \($0.shape)" }
            }
        ).count
    }

    @Test func `the JSON listing has every route once, with what scripts need`() throws {
        let parsed = try RouteListing.json(of: catalogue).withView { try JSONValue(parsing: $0) }
        guard case .array(let rows) = parsed else { return #expect(Bool(false), "not a list") }
        #expect(rows.count == routeCount)
        for row in rows {
            for name in ["product", "version", "dialects", "action", "kind", "method", "path", "resources", "cache"] {
                #expect(row[name] != nil, "\(name)")
            }
        }
        let disks = rows.first { $0["method"] == "GET" && $0["path"] == "/disks" }
        #expect(disks?["action"] == "DescribeDisks")
        #expect(disks?["resources"] == ["acs:ecs:$RegionId:$AccountId:disk/$DiskIds"])
        #expect(disks?["cache"] == ["class": "list", "tags": ["disk"]])
        #expect(rows.contains { $0["action"] == "CreateInstance" && $0["when"] == ["start": "false"] })
    }

    @Test func `the table has one line a route, and the gateway's own endpoints`() {
        let lines = String(decoding: RouteListing.text(of: catalogue), as: UTF8.self).split(separator: "\n")
        #expect(lines[0].hasPrefix("METHOD"))
        #expect(
            lines.contains {
                $0.hasPrefix("POST") && $0.contains(" /instances/{instanceId}/start ") && $0.contains(" ecs:StartInstance ")
            })
        #expect(lines.contains { $0.hasPrefix("GET") && $0.contains(" /whoami ") })
        #expect(lines.contains { $0.contains(" ecs:migrate_disk ") && $0.contains(" apsara ") })
        #expect(lines.contains { $0.contains(" ecs:DescribeDisks ") && $0.contains(" public,apsara ") })
        #expect(lines.count == 1 + routeCount + GatewayEndpoints.all(in: catalogue).count)
    }

    @Test func `what dialects have in common stands once`() throws {
        func source(_ dialect: String) -> CatalogueSource {
            CatalogueSource(
                name: "\(dialect)/disk.json",
                text: """
                    {"product": "ecs", "version": "2014-05-26", "dialect": "\(dialect)", "resource": "disk", "title": "Disks", "actions": [
                     {"action": "DeleteDisk", "kind": "write", "summary": "Deletes it.", "group": "disks",
                      "routes": [{"method": "DELETE", "path": "/disks/{diskId}"}], "arns": [], "invalidates": ["disk"],
                      "parameters": [{"name": "DiskId", "type": "String", "required": true}]}]}
                    """)
        }
        let rows = RouteListing.rows(of: try Catalogue(loading: [source("public"), source("apsara")]))
        #expect(rows.map(\.dialects) == [[.publicCloud, .apsara]])
    }
}

@Suite struct APIReferenceTests {
    @Test func `every route has its line, and every link its heading`() throws {
        let catalogue = try WholeCatalogue.get()
        let text = String(decoding: APIReference.markdown(of: catalogue), as: UTF8.self)
        let lines = Set(text.split(separator: "\n").map(String.init))
        for operation in catalogue.operations {
            // Where several products have an action of that name, the heading says whose it is.
            let heading = "### \(operation.entry.action)"
            let own = heading + " \(operation.entry.product)"
            #expect(lines.contains { [heading, own].contains($0) || $0.hasPrefix(own + " ") }, "\(own)")
            #expect(lines.contains("- `POST /rpc/\(operation.entry.product)/\(operation.entry.action)`"))
            for route in operation.entry.routes {
                let start = "- `\(route.method.rawValue) \(route.path)`"
                #expect(lines.contains { $0.hasPrefix(start) && $0.contains(" \(route.success)") }, "\(start)")
            }
        }
        let headings = Set(
            lines.filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.dropFirst().lowercased().replacing(" ", with: "-") })
        for link in text.matches(of: /\]\(#([^)]*)\)/) { #expect(headings.contains(String(link.1)), "\(link.1)") }
    }
}
