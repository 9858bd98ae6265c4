import Bytes

private enum FileKey: String, CatalogueKey {
    case product, version, dialect, resource, title, state, region, actions

    static let all = Array(allCases)
}

extension CatalogueReader {
    /// Reads a whole file. Actions that cannot be used are left out, with the reasons noted.
    mutating func read() throws(JSONError) -> (header: CatalogueHeader, entries: [ActionEntry]) {
        var header = CatalogueHeader()
        var entries: [ActionEntry] = []
        var given: Set<String> = []
        _ = try members(of: "the file", FileKey.self) { reader, key throws(JSONError) in
            given.insert(key.rawValue)
            switch key {
            case .product: header.product = try reader.text("`product`") ?? ""
            case .version: header.version = try reader.text("`version`") ?? ""
            case .dialect: header.dialect = try reader.choice("`dialect`", Dialect.self) ?? .publicCloud
            case .resource: header.resource = try reader.text("`resource`") ?? ""
            case .title: header.title = try reader.text("`title`") ?? ""
            case .state: header.stateMember = try reader.text("`state`")
            case .region: header.regionParameter = try reader.text("`region`")
            case .actions:
                for needed in ["product", "version", "dialect", "resource"] where !given.contains(needed) {
                    reader.fault("`\(needed)` must come before `actions`")
                }
                try reader.elements(of: "`actions`") { reader throws(JSONError) in
                    if let entry = try reader.action(header) { entries.append(entry) }
                }
            }
        }
        try end()
        if !given.contains("actions") { fault("the file has no `actions`", at: 0) }
        return (header, entries)
    }
}
