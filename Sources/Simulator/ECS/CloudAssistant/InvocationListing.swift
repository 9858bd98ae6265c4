import Bytes

/// Finding orders to run commands, and what came of them.
enum InvocationListing {
    static let handlers: [String: ActionHandler] = [
        "DescribeInvocations": list,
        "DescribeInvocationResults": listResults,
    ]

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let found = world.invocations.newestFirst.filter { invocation in
            let texts = [
                ("InvokeId", invocation.id), ("CommandId", invocation.commandId), ("CommandName", invocation.commandName),
                ("Type", invocation.commandKind.rawValue), ("InvokeStatus", invocation.state(at: context.now).rawValue),
            ]
            if let isTimed = parameters.flag("Timed"), isTimed != (invocation.frequency != nil) { return false }
            if let instance = parameters.text("InstanceId"),
                !invocation.targets.contains(where: { $0.instanceId == instance })
            {
                return false
            }
            return invocation.regionId == region
                && texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
        }
        let page = try Page(found, context)
        return .object(
            page.members("Invocations", "Invocation") { invocation in
                let targets: [JSONValue] = invocation.targets.map {
                    [
                        "InstanceId": .string($0.instanceId),
                        "InstanceInvokeStatus": .string(invocation.state(of: $0, at: context.now).rawValue),
                    ]
                }
                return [
                    "InvokeId": .string(invocation.id), "CommandId": .string(invocation.commandId),
                    "CommandName": .string(invocation.commandName), "CommandType": .string(invocation.commandKind.rawValue),
                    "InvokeStatus": .string(invocation.state(at: context.now).rawValue),
                    "Timed": .bool(invocation.frequency != nil), "Frequency": .string(invocation.frequency?.text ?? ""),
                    "InvokeInstances": .list("InvokeInstance", targets),
                ]
            })
    }

    @Sendable
    private static func listResults(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let orders = world.invocations.newestFirst.filter { invocation in
            let texts = [("InvokeId", invocation.id), ("CommandId", invocation.commandId)]
            return invocation.regionId == region
                && texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
        }
        let found = orders.flatMap { order in
            order.runs(at: context.now).map { (order: order, run: $0) }
        }.filter { _, run in
            let texts = [("InstanceId", run.instanceId), ("InvokeRecordStatus", run.state.rawValue)]
            return texts.allSatisfy { name, value in parameters.text(name).map { $0 == value } ?? true }
        }
        let page = try Page(found, context)
        return [
            "Invocation": .object(
                page.members("InvocationResults", "InvocationResult") { order, run in
                    var result: JSONValue = [
                        "InvokeId": .string(order.id), "CommandId": .string(order.commandId),
                        "InstanceId": .string(run.instanceId),
                        "InvokeRecordStatus": .string(run.state.rawValue),
                        "FinishedTime": .string(run.finishedTime.map(clockText) ?? ""),
                        "Output": .string(run.finishedTime == nil ? "" : base64(run.outcome.output)),
                    ]
                    if run.finishedTime != nil, run.state != .stopped {
                        result = result.with("ExitCode", .integer(run.outcome.exitCode))
                    }
                    return result
                })
        ]
    }

    private static func base64(_ text: String) -> String {
        var output: [UInt8] = []
        Array(text.utf8).withView { output.append(base64: $0) }
        return String(decoding: output, as: UTF8.self)
    }

    /// `2018-01-05 15:45:02` by the clock of China, as in the document's examples.
    private static func clockText(_ instant: SimulatedTime) -> String {
        let text = instant.adding(seconds: 8 * 3600).text
        return text.prefix(10) + " " + text.dropFirst(11).dropLast()
    }
}
