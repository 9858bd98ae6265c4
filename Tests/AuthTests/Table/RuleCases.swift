/// How statements and policies come to one decision: rules D1 to D4, G8 to G10.
enum RuleCases {
    private static let disk = "acs:ecs:cn-hangzhou:123:disk/d-1"
    private static let balancer = "acs:slb:cn-hangzhou:123:loadbalancer/lb-1"

    static let all: [DecisionCase] = [
        DecisionCase("D1 no policy", .implicitDeny, [], to: [DecisionCase.instance]),
        DecisionCase("D1 allow", .allow, "Allow ecs:StopInstance"),
        DecisionCase("D1 nothing applies", .implicitDeny, "Allow ecs:StartInstance"),
        DecisionCase("D1 deny only", .explicitDeny, "Deny ecs:*"),
        DecisionCase("D1 deny of something else", .implicitDeny, "Deny ecs:Start*"),
        DecisionCase("D1 deny wins", .explicitDeny, "Allow *", "Deny ecs:StopInstance"),
        DecisionCase("D1 deny wins, first", .explicitDeny, "Deny ecs:StopInstance", "Allow *"),
        DecisionCase(
            "D1 deny wins over the exact", .explicitDeny, "Allow ecs:StopInstance on \(DecisionCase.instance)", "Deny *"),
        DecisionCase("D1 deny of another resource", .allow, "Allow *", "Deny * on \(disk)"),
        DecisionCase("D1 deny of the resource", .explicitDeny, "Allow *", "Deny * on \(DecisionCase.instance)"),
        DecisionCase(
            "D1 deny in another policy", .explicitDeny, [["Allow *"], ["Deny ecs:Stop*"]], to: [DecisionCase.instance]),
        DecisionCase(
            "D1 allow in another policy", .allow, [["Allow vpc:*"], ["Allow ecs:*"]], to: [DecisionCase.instance]),
        DecisionCase(
            "D1 one of many denies", .explicitDeny,
            [["Allow *"], ["Deny vpc:*"], ["Deny slb:*", "Deny ecs:* on \(DecisionCase.instance)"]],
            to: [DecisionCase.instance]),
        DecisionCase("D1 case of a denied action", .explicitDeny, "Allow *", "Deny ECS:STOPINSTANCE"),
        DecisionCase(
            "D2 action of one, resource of another", .implicitDeny, "Allow ecs:StopInstance on \(disk)",
            "Allow ecs:StartInstance on \(DecisionCase.instance)"),
        DecisionCase(
            "D2 the same for Deny", .allow, "Allow *", "Deny ecs:StopInstance on \(disk)",
            "Deny ecs:StartInstance on \(DecisionCase.instance)"),
        DecisionCase(
            "D2 lists combine within a statement", .allow,
            "Allow ecs:StartInstance ecs:StopInstance on \(disk) \(DecisionCase.instance)"),
        DecisionCase("D2 condition of another statement", .allow, "Allow * if StringEquals a:X 1", "Allow ecs:*"),
        DecisionCase(
            "D2 conditions count for their statement", .implicitDeny, "Allow ecs:* if StringEquals a:X 1", "Allow vpc:*"),
        DecisionCase(
            "D3 both by one statement", .allow, [["Allow ecs:AttachDisk"]], does: "ecs:AttachDisk",
            to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 by different statements", .allow,
            [["Allow ecs:AttachDisk on acs:ecs:*:*:disk/*", "Allow ecs:AttachDisk on acs:ecs:*:*:instance/*"]],
            does: "ecs:AttachDisk", to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 by different policies", .allow,
            [["Allow ecs:AttachDisk on acs:ecs:*:*:disk/*"], ["Allow ecs:AttachDisk on acs:ecs:*:*:instance/*"]],
            does: "ecs:AttachDisk", to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 one missing", .implicitDeny, [["Allow ecs:AttachDisk on acs:ecs:*:*:disk/*"]], does: "ecs:AttachDisk",
            to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 the first missing", .implicitDeny, [["Allow ecs:AttachDisk on acs:ecs:*:*:instance/*"]],
            does: "ecs:AttachDisk", to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 under the action of the call", .implicitDeny,
            [["Allow ecs:AttachDisk on acs:ecs:*:*:disk/*", "Allow ecs:Describe* on acs:ecs:*:*:instance/*"]],
            does: "ecs:AttachDisk", to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 one denied", .explicitDeny, [["Allow *", "Deny ecs:AttachDisk on acs:ecs:*:*:instance/*"]],
            does: "ecs:AttachDisk", to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 denied beats not allowed", .explicitDeny,
            [["Deny ecs:AttachDisk on acs:ecs:*:*:instance/*"]], does: "ecs:AttachDisk", to: [disk, DecisionCase.instance]),
        DecisionCase(
            "D3 across products", .allow,
            [["Allow slb:AddBackendServers on acs:slb:*:*:loadbalancer/lb-1 acs:ecs:*:*:instance/*"]],
            does: "slb:AddBackendServers", to: [balancer, DecisionCase.instance]),
        DecisionCase(
            "D3 across products", .implicitDeny,
            [["Allow slb:* on acs:slb:*:*:*", "Allow ecs:* on acs:ecs:*:*:*"]],
            does: "slb:AddBackendServers", to: [balancer, DecisionCase.instance]),
        DecisionCase(
            "D3 three of three", .allow, [["Allow ecs:* on acs:ecs:*:*:instance/*"]], does: "ecs:StopInstances",
            to: (1...3).map { "acs:ecs:cn-x:1:instance/i-\($0)" }),
        DecisionCase(
            "D3 two of three", .implicitDeny,
            [["Allow ecs:* on acs:ecs:*:*:instance/i-1 acs:ecs:*:*:instance/i-2"]], does: "ecs:StopInstances",
            to: (1...3).map { "acs:ecs:cn-x:1:instance/i-\($0)" }),
        DecisionCase(
            "D4 an optional resource named", .implicitDeny, [["Allow ecs:CreateDisk on acs:ecs:*:*:disk/*"]],
            does: "ecs:CreateDisk", to: ["acs:ecs:cn-x:1:disk/*", "acs:ecs:cn-x:1:snapshot/s-1"]),
        DecisionCase(
            "D4 an optional resource not named", .allow, [["Allow ecs:CreateDisk on acs:ecs:*:*:disk/*"]],
            does: "ecs:CreateDisk", to: ["acs:ecs:cn-x:1:disk/*"]),
        DecisionCase(
            "LIB read only", .allow, "Allow *:Describe* *:List* *:Get*", "Deny bss:* efc:*", does: "ecs:DescribeInstances"),
        DecisionCase("LIB read only", .implicitDeny, "Allow *:Describe* *:List* *:Get*", "Deny bss:* efc:*"),
        DecisionCase(
            "LIB read only", .explicitDeny, "Allow *:Describe* *:List* *:Get*", "Deny bss:* efc:*", does: "bss:DescribeBills"),
    ]
}
