import Bytes

extension SLB {
    /// The older way to say who may reach a listener: a switch and a list of addresses. Switched on and empty, nobody may.
    enum ListenerWhiteLists {
        static let handlers: [String: ActionHandler] = [
            "DescribeListenerAccessControlAttribute": describe,
            "SetListenerAccessControlStatus": setStatus,
            "AddListenerWhiteListItem": add,
            "RemoveListenerWhiteListItem": remove,
        ]

        private static let quota = 300

        @Sendable
        private static func describe(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let list = try listener(world, context).whiteList
            return [
                "AccessControlStatus": .string(list.isOpen ? "open_white_list" : "close"),
                "SourceItems": .string(list.items.joined(separator: ",")),
            ]
        }

        @Sendable
        private static func setStatus(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let loadBalancer = try world.slb.loadBalancer(context)
            guard loadBalancer.ipVersion == "ipv4" else { throw CloudError("OperationFailed.ActionNotSupport") }
            let listener = try world.slb.listener(of: loadBalancer, context)
            world.slb.listeners[listener.key.text]?.whiteList.isOpen =
                try context.required("AccessControlStatus") == "open_white_list"
            return .empty
        }

        @Sendable
        private static func add(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var listener = try listener(world, context)
            guard !listener.isOn("AclStatus") else { throw CloudError("Operation.NotAllowed") }
            for item in try items(context) where !listener.whiteList.items.contains(item) {
                guard !["0.0.0.0", "0.0.0.0/0"].contains(item) else {
                    throw CloudError("InvalidParameter.SourceItems", about: item)
                }
                guard IPv4Network(item) != nil else { throw CloudError("InvalidAddress", about: item) }
                listener.whiteList.items.append(item)
            }
            guard listener.whiteList.items.count <= quota else { throw CloudError("SourceItemsQuotaOverLimit") }
            world.slb.listeners[listener.key.text] = listener
            return .empty
        }

        @Sendable
        private static func remove(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let listener = try listener(world, context)
            let items = try items(context)
            world.slb.listeners[listener.key.text]?.whiteList.items.removeAll { items.contains($0) }
            return .empty
        }

        private static func items(_ context: ActionContext) throws(CloudError) -> [String] {
            guard let items = context.parameters.commaList("SourceItems") else { throw .missing("SourceItems") }
            return items
        }

        private static func listener(_ world: World, _ context: ActionContext) throws(CloudError) -> Listener {
            try world.slb.listener(of: try world.slb.loadBalancer(context), context)
        }
    }
}
