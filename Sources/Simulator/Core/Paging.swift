import Bytes

/// One page of a list, cut by `PageNumber` and `PageSize` or by `NextToken` and `MaxResults`.
struct Page<Element> {
    var items: [Element]
    /// Elements on all pages.
    var total: Int
    var number: Int
    var size: Int
    /// Token of the next page when the caller pages by token; empty on the last page.
    var nextToken: String?

    /// Cuts `all` as the call asks. A page beyond the end is empty.
    init(_ all: [Element], _ context: ActionContext, defaultSize: Int = 10) throws(CloudError) {
        let parameters = context.parameters
        total = all.count
        if parameters.text("NextToken") != nil || parameters.text("MaxResults") != nil {
            let start = try Self.offset(parameters.text("NextToken"), in: context)
            size = max(1, parameters.integer("MaxResults") ?? defaultSize)
            number = 1
            items = Array(all.dropFirst(start).prefix(size))
            nextToken = start + items.count < all.count ? Self.token(start + items.count, context) : ""
            return
        }
        number = parameters.integer("PageNumber") ?? 1
        size = parameters.integer("PageSize") ?? defaultSize
        guard number >= 1 else { throw .invalid("PageNumber") }
        guard size >= 1 else { throw .invalid("PageSize") }
        let (start, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        items = overflow ? [] : Array(all.dropFirst(start).prefix(size))
    }

    /// Cuts `all` as the call asks by number. A page beyond the end is the last one.
    init(clamping all: [Element], _ context: ActionContext) throws(CloudError) {
        try self.init(all, context)
        guard items.isEmpty, total > 0 else { return }
        number = (total - 1) / size + 1
        items = Array(all.dropFirst((number - 1) * size))
    }

    /// The members that tell of the page, followed by the list `name` of `rendered` elements wrapped as `element`.
    func members(_ name: String, _ element: String, _ render: (Element) -> JSONValue) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("TotalCount", .integer(total)),
            .init("PageNumber", .integer(number)),
            .init("PageSize", .integer(size)),
            .init(name, .list(element, items.map(render))),
        ]
        if let nextToken { members.append(.init("NextToken", .string(nextToken))) }
        return members
    }

    /// A token is the offset of the next element and a check of the filters that it belongs to.
    private static func token(_ offset: Int, _ context: ActionContext) -> String {
        var text: [UInt8] = []
        text.append(decimal: offset)
        text.append(UInt8(ascii: "."))
        text.append(decimal: filterHash(context))
        var output: [UInt8] = []
        text.withView { output.append(base64: $0, .url) }
        return String(decoding: output, as: UTF8.self)
    }

    private static func offset(_ token: String?, in context: ActionContext) throws(CloudError) -> Int {
        guard let token else { return 0 }
        let bytes = Array(token.utf8).withView { Base64.decode($0, .url) } ?? []
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".")
        guard parts.count == 2, let offset = Int(parts[0]), offset >= 0, UInt64(parts[1]) == filterHash(context) else {
            throw .invalid("NextToken")
        }
        return offset
    }

    /// FNV-1a over the action and its filters.
    private static func filterHash(_ context: ActionContext) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        add(context.action)
        for (name, value) in context.parameters.values.sorted(by: { $0.key < $1.key })
        where name != "NextToken" && name != "MaxResults" {
            add(name)
            add(value)
        }
        return hash
    }
}
