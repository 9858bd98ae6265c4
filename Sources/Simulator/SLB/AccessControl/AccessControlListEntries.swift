import Bytes

extension SLB {
    /// The entries of access control lists.
    enum AccessControlListEntries {
        static let handlers: [String: ActionHandler] = [
            "AddAccessControlListEntry": add,
            "RemoveAccessControlListEntry": remove,
        ]

        private static let quotaPerList = 300

        /// What is there already is passed over.
        @Sendable
        private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var list = try world.slb.accessControlList(context)
            for entry in context.parameters.objects("AclEntrys") ?? [] {
                let block = entry.text("entry") ?? ""
                guard isBlock(block, list.ipVersion) else { throw CloudError("IpListItemFormatError") }
                if list.entries.contains(where: { $0.block == block }) { continue }
                list.entries.append(.init(block: block, comment: entry.text("comment") ?? ""))
            }
            guard list.entries.count <= quotaPerList else { throw CloudError("OverQuota", about: "Total is over") }
            world.slb.accessControlLists[list.id] = list
            return .empty
        }

        /// A list that listeners are bound to keeps at least one entry.
        @Sendable
        private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var list = try world.slb.accessControlList(context)
            let gone = Set((context.parameters.objects("AclEntrys") ?? []).compactMap { $0.text("entry") })
            let before = list.entries.count
            list.entries.removeAll {
                gone.contains($0.block) || $0.block.hasSuffix("/32") && gone.contains(String($0.block.dropLast(3)))
            }
            guard !list.entries.isEmpty || before == 0 || world.slb.listeners(boundTo: list).isEmpty else {
                throw CloudError("UnsupportedOperation", about: "action is not supported")
            }
            world.slb.accessControlLists[list.id] = list
            return .empty
        }

        /// Whether a text is an address with a prefix length, of the list's version.
        private static func isBlock(_ text: String, _ ipVersion: String) -> Bool {
            guard text.contains("/") else { return false }
            return ipVersion == "ipv4" ? IPv4Network(text) != nil : IPv6Network(text) != nil
        }
    }
}
