import Bytes
import Foundation
import Testing

@testable import Gateway

/// Conditions of policies on a running gateway, and questions about policies.
@Suite struct PolicyTests {
    private static let policies = [
        "policies/not-prod.json": """
        {"Version": "1", "Statement": [
          {"Effect": "Allow", "Action": "ecs:*", "Resource": "*"},
          {"Effect": "Deny", "Action": ["ecs:StopInstance", "ecs:RebootInstance"], "Resource": "*",
           "Condition": {"StringEquals": {"acs:ResourceTag/env": "prod"}}}]}
        """,
        "policies/only-dev.json": """
        {"Version": "1", "Statement": [
          {"Effect": "Allow", "Action": "ecs:*", "Resource": "*",
           "Condition": {"StringEquals": {"ecs:tag/env": "dev"}}}]}
        """,
        "policies/tagged.json": """
        {"Version": "1", "Statement": [
          {"Effect": "Allow", "Action": "ecs:CreateSnapshot", "Resource": "*",
           "Condition": {"StringEquals": {"acs:RequestTag/team": "web"}}}]}
        """,
        "policies/helpdesk.json": """
        {"Version": "1", "Statement": [
          {"Effect": "Allow", "Action": "gateway:ExplainPolicies", "Resource": "acs:ram::*:user/*"}]}
        """,
    ]

    private static let configuration = """
        listen: [{address: "127.0.0.1:0"}]
        groups:
          watchers: {policies: [ReadOnlyAccess]}
        principals:
          admin: {tokens: ["\(AccessTests.hash("admin"))"], policies: [AdministratorAccess]}
          ops: {tokens: ["\(AccessTests.hash("ops"))"], policies: [not-prod]}
          dev: {tokens: ["\(AccessTests.hash("dev"))"], policies: [only-dev]}
          web: {tokens: ["\(AccessTests.hash("web"))"], policies: [tagged]}
          help: {tokens: ["\(AccessTests.hash("help"))"], policies: [helpdesk]}
        policies: policies/
        simulator: {speed: 100000}
        """

    private static func send(
        _ gateway: TestGateway, _ token: String, _ method: String, _ path: String, _ body: String? = nil
    ) async throws -> TestGateway.Answer {
        var options = ["--request", method, "--header", "Authorization: Bearer \(token)"]
        if let body { options += ["--header", "Content-Type: application/json", "--data", body] }
        return try await gateway.call(path, options: options)
    }

    @Test func tagsOfResources() async throws {
        try await TestGateway.run(Self.configuration, Self.policies) { (gateway: TestGateway) async throws in
            let id = try #require(gateway.serving.ready.introduction?.runningInstance)
            let other = "i-bp1000000000000000000"
            func send(_ token: String, _ method: String, _ path: String, _ body: String? = nil) async throws -> Int {
                try await Self.send(gateway, token, method, path, body).status
            }
            _ = try await send("admin", "DELETE", "/instances/\(id)/tags?tag.1.key=env")
            #expect(try await send("ops", "POST", "/instances/\(id)/reboot") / 100 == 2)
            #expect(try await send("admin", "POST", "/instances/\(id)/tags", #"{"tag":[{"key":"env","value":"prod"}]}"#) == 204)
            let denied = try await Self.send(gateway, "ops", "POST", "/instances/\(id)/reboot")
            #expect(denied.status == 403)
            #expect(denied.body.contains("is denied by statement 2 of policy `not-prod`"), "\(denied.body)")
            // Where the condition has no say, nothing is looked up.
            #expect(try await send("ops", "GET", "/instances/\(id)") == 200)
            let checks =
                #"{"checks":[{"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1234567890123456:instance/\#(id)"},{"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1234567890123456:instance/\#(other)"}]}"#
            let answers = try await Self.send(gateway, "ops", "POST", "/access-checks", checks)
            #expect(answers.body.contains("\"allowed\":false") && answers.body.contains("\"allowed\":true"), "\(answers.body)")
            let verbs = try await Self.send(gateway, "ops", "GET", "/instances/\(id)/actions")
            #expect(verbs.body.contains("is denied by statement 2 of policy `not-prod`"), "\(verbs.body)")
            #expect(try await send("dev", "GET", "/instances/\(id)") == 403)
            #expect(try await send("dev", "GET", "/instances") == 403)
            #expect(try await send("admin", "POST", "/instances/\(id)/tags", #"{"tag":[{"key":"env","value":"dev"}]}"#) == 204)
            #expect(try await send("dev", "GET", "/instances/\(id)") == 200)
            #expect(try await send("ops", "POST", "/instances/\(id)/reboot") / 100 == 2)
            // Of another account nothing is found out, so nothing is allowed.
            let foreign = #"{"checks":[{"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1:instance/i-1"}]}"#
            for token in ["ops", "dev"] {
                let answer = try await Self.send(gateway, token, "POST", "/access-checks", foreign)
                #expect(answer.body.contains("\"allowed\":false"), "\(answer.body)")
            }
        }
    }

    @Test func tagsOfAnotherProduct() async throws {
        let policies = [
            "policies/not-prod.json": Self.policies["policies/not-prod.json"]?.replacing("ecs:*", with: "slb:*")
                .replacing("[\"ecs:StopInstance\", \"ecs:RebootInstance\"]", with: "\"slb:Delete*\"") ?? ""
        ]
        let configuration = """
            listen: [{address: "127.0.0.1:0"}]
            principals:
              ops: {tokens: ["\(AccessTests.hash("ops"))"], policies: [not-prod]}
            policies: policies/
            simulator: {speed: 100000}
            """
        try await TestGateway.run(configuration, policies) { (gateway: TestGateway) async throws in
            let made = try await Self.send(
                gateway, "ops", "POST", "/load-balancers", #"{"loadBalancerName":"a","loadBalancerSpec":"slb.s1.small"}"#)
            let id = try #require(made.headers["location"]?.split(separator: "/").last)
            let tag = #"{"tag":[{"key":"env","value":"prod"}]}"#
            #expect(try await Self.send(gateway, "ops", "POST", "/load-balancers/\(id)/tags", tag).status == 204)
            let denied = try await Self.send(gateway, "ops", "DELETE", "/load-balancers/\(id)")
            #expect(denied.status == 403 && denied.body.contains("is denied by statement 2"), "\(denied.body)")
            #expect(try await Self.send(gateway, "ops", "DELETE", "/load-balancers/\(id)/tags?tagKey=env").status == 204)
            #expect(try await Self.send(gateway, "ops", "DELETE", "/load-balancers/\(id)").status == 204)
        }
    }

    /// Keys of the service itself.
    @Test func keysOfVPC() async throws {
        let policy = """
            {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "vpc:Describe*", "Resource": "*",
              "Condition": {"StringLike": {"vpc:Vpc": "acs:vpc:*:*:vpc/vpc-1"}}}]}
            """
        let configuration = """
            listen: [{address: "127.0.0.1:0"}]
            principals:
              net: {tokens: ["\(AccessTests.hash("net"))"], policies: [one-vpc]}
            policies: policies/
            """
        try await TestGateway.run(configuration, ["policies/one-vpc.json": policy]) { (gateway: TestGateway) async throws in
            func status(_ path: String) async throws -> Int { try await gateway.call(path, token: "net").status }
            #expect(try await status("/vswitches?vpcId=vpc-1") == 200)
            #expect(try await status("/vswitches?vpcId=vpc-2") == 403)
            #expect(try await status("/vswitches") == 403)
            #expect(try await status("/vrouters?vRouterId=vrt-1") == 403)
        }
    }

    @Test func tagsOfRequests() async throws {
        try await TestGateway.run(Self.configuration, Self.policies) { (gateway: TestGateway) async throws in
            let disks = try await gateway.call("/disks?status=In_use", token: "admin").body
            let disk = try #require(disks.firstMatch(of: /"diskId":"(d-[a-z0-9]+)"/)?.output.1)
            func create(_ tags: String) async throws -> Int {
                try await Self.send(gateway, "web", "POST", "/snapshots", #"{"diskId":"\#(disk)"\#(tags)}"#).status
            }
            #expect(try await create(#","tag":[{"key":"team","value":"web"}]"#) == 201)
            #expect(try await create(#","tag":[{"key":"team","value":"db"}]"#) == 403)
            #expect(try await create("") == 403)
            #expect(try await create(#","tag":[{"key":"team","value":"web"},{"key":"team","value":"db"}]"#) == 403)
        }
    }

    @Test func questionsAboutPolicies() async throws {
        try await TestGateway.run(Self.configuration, Self.policies) { (gateway: TestGateway) async throws in
            func ask(_ token: String, _ body: String) async throws -> TestGateway.Answer {
                try await Self.send(gateway, token, "POST", "/policies/explain", body)
            }
            let arn = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"
            let question =
                #"{"principal":"ops","action":"ecs:StopInstance","resources":["\#(arn)"],"context":{"acs:ResourceTag/env":"prod"}}"#
            for token in ["admin", "help"] {
                let answer = try await ask(token, question)
                #expect(answer.status == 200, "\(answer.body)")
                #expect(answer.body.contains("\"decision\":\"ExplicitDeny\""))
                #expect(answer.body.contains("\"principal\":\"ops\",\"groups\":[],\"policies\":[\"not-prod\"]"), "\(answer.body)")
                #expect(answer.body.contains("\"statement\":2,\"effect\":\"Deny\",\"resource\":\"\(arn)\",\"applies\":true"))
            }
            let group = try await ask("help", #"{"principal":"eve","groups":["watchers"],"action":"ecs:DescribeDisks"}"#)
            #expect(group.body.contains("\"decision\":\"Allow\""), "\(group.body)")
            #expect(try await ask("help", #"{"principal":"eve","action":"ecs:DescribeDisks"}"#).status == 404)
            let given =
                #"{"policies":[{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}],"action":"ecs:X"}"#
            #expect(try await ask("admin", given).body.contains("\"decision\":\"Allow\""))
            let invalid = try await ask("admin", #"{"policies":[{"Version":"2"}],"action":"ecs:X"}"#)
            #expect(invalid.body.contains("\"decision\":\"InvalidPolicy\""), "\(invalid.body)")
            let refused = try await ask("help", given)
            #expect(refused.status == 403)
            #expect(refused.body.contains("`gateway:ExplainPolicies` on `*`"))
            #expect(try await ask("ops", question).status == 403)
            let fault = try await ask("admin", #"{"principal":"ops","resources":[1]}"#)
            #expect(fault.status == 400)
            #expect(try await gateway.call("/policies/explain", token: "admin").status == 405)
            #expect(
                try await gateway.call(
                    "/policies/explain", options: ["--data", "{}", "--header", "Content-Type: application/json"]
                ).status == 401)
        }
    }
}
