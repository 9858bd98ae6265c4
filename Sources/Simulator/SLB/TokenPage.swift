import Bytes

extension SLB {
    /// One page of a list that is cut by tokens: where the next page begins, and a check of the filters that it belongs to.
    struct TokenPage<Element> {
        let items: [Element]
        /// Empty on the last page.
        let nextToken: String

        /// The page that the call's NextToken names, or the first one; nil when the token is none of this list's.
        init?(_ all: [Element], _ context: ActionContext, size: Int) {
            let filters = Self.hash(context)
            var start = 0
            if let token = context.parameters.text("NextToken") {
                let bytes = Array(token.utf8).withView { Base64.decode($0, .url) } ?? []
                let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".")
                guard parts.count == 2, let offset = Int(parts[0]), offset > 0, UInt64(parts[1]) == filters else { return nil }
                start = offset
            }
            items = Array(all.dropFirst(start).prefix(max(1, size)))
            guard all.count - items.count > start else {
                nextToken = ""
                return
            }
            var token: [UInt8] = []
            Array("\(start + items.count).\(filters)".utf8).withView { token.append(base64: $0, .url) }
            nextToken = String(decoding: token, as: UTF8.self)
        }

        /// FNV-1a over the action and its filters.
        private static func hash(_ context: ActionContext) -> UInt64 {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            let sizes = ["NextToken", "MaxResults", "MaxItems"]
            let filters = context.parameters.values.filter { !sizes.contains($0.key) }.sorted { $0.key < $1.key }
            for text in [context.action] + filters.flatMap({ [$0.key, $0.value] }) {
                for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
                hash = (hash ^ 0xFF) &* 0x100_0000_01B3
            }
            return hash
        }
    }
}
