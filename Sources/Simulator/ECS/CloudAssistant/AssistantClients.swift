import Bytes

/// Cloud assistant's client on instances.
enum AssistantClients {
    static let handlers: [String: ActionHandler] = [
        "InstallCloudAssistant": install,
        "DescribeCloudAssistantStatus": list,
    ]

    /// Takes effect with the next restart.
    @Sendable
    private static func install(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        for instance in try world.assistedInstances(context) where instance.assistant == .absent {
            world.instances[instance.id]?.assistant = .awaitingRestart
        }
        return .empty
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instances = try world.assistedInstances(context)
        return [
            "InstanceCloudAssitantStatus": .list(
                "InstanceCloudAssitantStatusSet",
                instances.map { instance in
                    [
                        "InstanceId": .string(instance.id),
                        "CloudAssitantStatus": .bool(instance.assistant == .installed),
                    ]
                })
        ]
    }
}

extension Instance.AssistantClient {
    /// What new instances made of an image have: the vendor's images come with the client, but for the oldest ones, and
    /// files that somebody imported do not.
    init(of image: Image) {
        self = image.origin == .oss || image.id == VendorImages.centOS ? .absent : .installed
    }
}
