import Auth
import Bytes
import Routes

/// The tags that a call sets or filters by, as its parameters have them.
enum RequestTags {
    static func of(_ bound: BoundRequest) -> [RequestContext.Tag] {
        guard let operation = bound.operation else { return [] }
        var tags: [RequestContext.Tag] = []
        let names = operation.parameters.map(\.name)
        if let key = names.firstIndex(of: "Tag.n.Key") {
            let value = names.firstIndex(of: "Tag.n.Value")
            for entry in bound.entries where entry.parameter == key {
                let partner = bound.entries.first { $0.parameter == value && $0.first == entry.first }
                tags.append(
                    RequestContext.Tag(
                        key: bound.withValue(of: entry) { Array($0) },
                        value: partner.map { bound.withValue(of: $0) { Array($0) } } ?? []))
            }
        }
        // A list in JSON, of objects with `tagKey` and `tagValue`.
        if let list = names.firstIndex(of: "Tags") {
            for entry in bound.entries where entry.parameter == list {
                tags += bound.withValue(of: entry) { read($0) }
            }
        }
        return tags
    }

    private static func read(_ list: ByteView) -> [RequestContext.Tag] {
        guard let document = try? JSONValue(parsing: list), case .array(let items) = document else { return [] }
        return items.compactMap { item in
            guard case .string(let key)? = item["tagKey"] ?? item["TagKey"] else { return nil }
            let value = if case .string(let text)? = item["tagValue"] ?? item["TagValue"] { text } else { "" }
            return RequestContext.Tag(key: Array(key.utf8), value: Array(value.utf8))
        }
    }
}
