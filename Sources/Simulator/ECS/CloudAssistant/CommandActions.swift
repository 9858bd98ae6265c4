import Bytes

/// The scripts that cloud assistant keeps.
enum CommandActions {
    static let handlers: [String: ActionHandler] = [
        "CreateCommand": create,
        "DescribeCommands": list,
        "ModifyCommand": modify,
        "DeleteCommand": delete,
    ]

    /// Bytes of a script before encoding.
    private static let greatestScript = 16 * 1024
    private static let standardTimeout = 3600

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        let region = try context.requiredRegion()
        let name = try context.required("Name")
        guard let kind = Command.Kind(rawValue: try context.required("Type")) else {
            throw CloudError("InvalidCmdType.NotFound")
        }
        guard let content = parameters.text("CommandContent"),
            let script = Array(content.utf8).withView({ Base64.decode($0) }), script.count <= greatestScript
        else { throw CloudError("Invalid.CommandContent") }
        let id = world.identifiers.hexadecimal("c")
        world.commands[id] = Command(
            id: id, regionId: region, kind: kind, content: content, name: name,
            description: parameters.text("Description") ?? "", workingDirectory: parameters.text("WorkingDir") ?? "",
            timeout: parameters.integer("Timeout") ?? standardTimeout)
        return ["CommandId": .string(id)]
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let found = world.commands.newestFirst.filter { command in
            let texts = [
                ("CommandId", command.id), ("Type", command.kind.rawValue), ("Name", command.name),
                ("Description", command.description),
            ]
            return command.regionId == region
                && texts.allSatisfy { name, value in context.parameters.text(name).map { $0 == value } ?? true }
        }
        let page = try Page(found, context)
        return .object(
            page.members("Commands", "Command") { command in
                [
                    "CommandId": .string(command.id), "Name": .string(command.name),
                    "Description": .string(command.description), "Type": .string(command.kind.rawValue),
                    "CommandContent": .string(command.content), "WorkingDir": .string(command.workingDirectory),
                    "Timeout": .integer(command.timeout),
                ]
            })
    }

    /// What is left out stays as it is. Runs that were ordered before keep what they were ordered with.
    @Sendable
    private static func modify(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let parameters = context.parameters
        var command = try world.command(context)
        command.name = parameters.text("Name") ?? command.name
        command.description = parameters["Description"] ?? command.description
        command.workingDirectory = parameters["WorkingDir"] ?? command.workingDirectory
        command.timeout = parameters.integer("Timeout") ?? command.timeout
        world.commands[command.id] = command
        return .empty
    }

    /// What was run before is still known.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        world.commands[try world.command(context).id] = nil
        return .empty
    }
}

extension World {
    /// The command of the call, in its region.
    func command(_ context: ActionContext) throws(CloudError) -> Command {
        let region = try context.requiredRegion()
        guard let command = commands[try context.required("CommandId")], command.regionId == region else {
            throw CloudError("InvalidCmdId.NotFound")
        }
        return command
    }
}
