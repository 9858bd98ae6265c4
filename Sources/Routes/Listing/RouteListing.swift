import Bytes

/// The routes of a catalogue as `gateway routes` prints them.
public enum RouteListing {
    /// One route of one action; what several dialects have in common stands once.
    struct Row {
        let entry: ActionEntry
        let route: Route
        let isCanonical: Bool
        var dialects: [Dialect]
    }

    /// A table for people: method, path, action, dialects, kind, cache and resources, one route a line.
    public static func text(of catalogue: Catalogue) -> [UInt8] {
        var lines = [["METHOD", "PATH", "ACTION", "DIALECTS", "KIND", "CACHE", "RESOURCES"]]
        for row in rows(of: catalogue) {
            lines.append([
                row.route.method.rawValue, row.route.path + condition(of: row.route), "\(row.entry.product):\(row.entry.action)",
                row.dialects.map(\.rawValue).joined(separator: ","), row.entry.kind.rawValue,
                row.entry.kind == .read ? row.entry.cache.class.rawValue : "-",
                row.entry.resources.map { $0.text + ($0.isOptional || $0.condition != nil ? "?" : "") }.joined(separator: " "),
            ])
        }
        for endpoint in GatewayEndpoints.all(in: catalogue) {
            lines.append([endpoint.method, endpoint.path, "-", "-", endpoint.isRead ? "read" : "write", "-", "-"])
        }
        return table(lines)
    }

    /// A JSON array with one object for each route, one a line.
    public static func json(of catalogue: Catalogue) -> [UInt8] {
        var output: [UInt8] = []
        for (index, row) in rows(of: catalogue).enumerated() {
            output.append(index == 0 ? "[\n" : ",\n")
            object(row).append(to: &output)
        }
        output.append(output.isEmpty ? "[]\n" : "\n]\n")
        return output
    }

    static func rows(of catalogue: Catalogue) -> [Row] {
        struct Key: Hashable {
            let name: String
            let method: Route.Method
            let shape: String
        }
        var rows: [Row] = []
        var places: [Key: Int] = [:]
        for operation in catalogue.operations {
            let entry = operation.entry
            for (index, route) in entry.routes.enumerated() {
                let key = Key(name: "\(entry.product):\(entry.action)", method: route.method, shape: route.shape)
                if let place = places[key] {
                    rows[place].dialects.append(entry.dialect)
                } else {
                    places[key] = rows.count
                    rows.append(Row(entry: entry, route: route, isCanonical: index == 0, dialects: [entry.dialect]))
                }
            }
        }
        return rows
    }

    private static func object(_ row: Row) -> JSONValue {
        let entry = row.entry
        var members: [JSONValue.Member] = [
            .init("product", .string(entry.product)), .init("version", .string(entry.version)),
            .init("dialects", .array(row.dialects.map { .string($0.rawValue) })),
            .init("action", .string(entry.action)), .init("kind", .string(entry.kind.rawValue)),
            .init("method", .string(row.route.method.rawValue)), .init("path", .string(row.route.path)),
            .init("canonical", .bool(row.isCanonical)),
        ]
        if !row.route.conditions.isEmpty {
            members.append(.init("when", .object(row.route.conditions.map { .init($0.name, .string($0.value)) })))
        }
        members += [
            .init("success", .integer(row.route.success)),
            .init("resource", .string(entry.resource)),
            .init("resources", .array(entry.resources.map { .string($0.text) })),
            .init("cache", ["class": .string(entry.cache.class.rawValue), "tags": .array(entry.cache.tags.map { .string($0) })]),
            .init("invalidates", .array(entry.invalidates.map { .string($0) })),
            .init("deprecated", .bool(entry.isDeprecated)),
        ]
        return .object(members)
    }

    private static func condition(of route: Route) -> String {
        route.conditions.isEmpty ? "" : " (" + route.conditions.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
    }

    /// Columns as wide as their widest cell; the last one is not filled up.
    private static func table(_ lines: [[String]]) -> [UInt8] {
        var widths: [Int] = []
        for line in lines {
            for (column, cell) in line.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.utf8.count)
            }
        }
        var output: [UInt8] = []
        for line in lines {
            for (column, cell) in line.enumerated() {
                output.append(text: cell)
                if column + 1 < line.count {
                    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: widths[column] - cell.utf8.count + 2))
                }
            }
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }
}
