import Bytes

/// The web terminal of instances.
enum InstanceConsole {
    static let handlers: [String: ActionHandler] = [
        "DescribeInstanceVncUrl": url,
        "DescribeInstanceVncPasswd": password,
        "ModifyInstanceVncPasswd": modifyPassword,
    ]

    @Sendable
    private static func url(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let instance = try world.instance(try context.required("InstanceId"))
        guard instance.regionId == region else { throw CloudError("InvalidRegionInstance") }
        guard instance.state.state(at: context.now) == .running else { throw CloudError("IncorrectInstanceStatus") }
        let ticket = world.identifiers.serialNumber()
        return ["VncUrl": .string("wss%3A%2F%2F\(region)-vnc.aliyuncs.com%2Fws%2F\(ticket)%3Fexpires%3D15")]
    }

    @Sendable
    private static func password(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let instance = try world.instance(try context.required("InstanceId"))
        return ["VncPasswd": .string(instance.vncPassword)]
    }

    @Sendable
    private static func modifyPassword(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        _ = try context.requiredRegion()
        let instance = try world.instance(try context.required("InstanceId"))
        let password = try context.required("VncPassword")
        let kinds: [(Character) -> Bool] = [{ $0.isUppercase }, { $0.isLowercase }, { $0.isNumber }]
        guard password.count == 6, password.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit }),
            kinds.allSatisfy({ password.contains(where: $0) })
        else { throw CloudError("IncorrectVncPassword.Malformed") }
        world.instances[instance.id]?.vncPassword = password
        return .empty
    }
}
