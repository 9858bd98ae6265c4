import Auth
import Bytes
import Foundation
import HTTP
import Routes
import Testing

@testable import Gateway

@Suite struct CommandTests {
    static let hash = String(repeating: "ab", count: 32)

    /// A folder with a valid configuration: one principal `ops`, who may do all but delete images.
    static func configured() throws -> ScratchFolder {
        try ScratchFolder([
            "gateway.yaml": """
            listen:
              - address: 0.0.0.0:8080
            accounts: {sandbox: {account-id: "1234", region: cn-hangzhou, simulated: true}}
            principals:
              ops: {tokens: ["sha256:\(hash)"], policies: [all-but-images]}
            policies: policies/

            """,
            "policies/all-but-images.json": """
            {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": "ecs:*", "Resource": "*"},
              {"Effect": "Deny", "Action": "ecs:DeleteImage", "Resource": "*"},
              {"Effect": "Deny", "Action": "ecs:StopInstance", "Resource": "*",
               "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}}]}
            """,
        ])
    }

    @Test func checkTellsWarningsAndCounts() async throws {
        let folder = try Self.configured()
        let run = await CommandRun(["check", "--config", "\(folder.path)/gateway.yaml"])
        #expect(run.code == 0)
        #expect(run.output == "\(folder.path)/gateway.yaml: valid: 1 listener, 1 account, 1 principal, 1 warning\n")
        #expect(run.errors.contains(":2:14: warning: listen[0].address: found plain HTTP on `0.0.0.0:8080`"))
    }

    @Test func checkWithoutAFileChecksTheEmbeddedDefault() async {
        let run = await CommandRun(["check"])
        #expect(run.code == 0)
        #expect(run.output == "embedded default: valid: 1 listener, 2 accounts, 3 principals, 0 warnings\n")
    }

    @Test(arguments: [
        (["ecs:RunInstances", "acs:ecs:cn-hangzhou:1234:instance/*"], "Allow"),
        (["ecs:DeleteImage", "acs:ecs:cn-hangzhou:1234:image/m-1"], "ExplicitDeny"),
        (["vpc:DescribeVpcs", "acs:vpc:cn-hangzhou:1234:vpc/*"], "ImplicitDeny"),
        (["ecs:StopInstance", "acs:ecs:cn-hangzhou:1234:instance/i-1", "acs:SourceIp=10.1.2.3"], "ExplicitDeny"),
        (["ecs:StopInstance", "acs:ecs:cn-hangzhou:1234:instance/i-1", "acs:SourceIp=192.0.2.1"], "Allow"),
        (["ecs:StopInstance", "acs:ecs:cn-hangzhou:1234:instance/a=b", "acs:SourceIp=10.1.2.3"], "ExplicitDeny"),
    ])
    func explain(_ question: [String], _ decision: String) async throws {
        let folder = try Self.configured()
        let run = await CommandRun(["explain", "--config", "\(folder.path)/gateway.yaml", "--principal", "ops"] + question)
        #expect(run.code == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.first == "\(decision)")
        #expect(lines.dropFirst().first?.contains("`\(question[0])` on `\(question[1])`") == true, "\(run.output)")
        #expect(lines.count == 5, "one line for each statement:\n\(run.output)")
    }

    @Test func explainKnowsGroups() async throws {
        let folder = try ScratchFolder([
            "gateway.yaml": """
            accounts: {sandbox: {account-id: "1234", region: cn-hangzhou, simulated: true}}
            groups: {watchers: {policies: [ReadOnlyAccess]}, operators: {policies: [AliyunECSFullAccess]}}
            principals:
              ops: {tokens: ["sha256:\(Self.hash)"], groups: [watchers]}

            """
        ])
        let file = "\(folder.path)/gateway.yaml"
        func decision(_ arguments: String...) async -> String {
            let run = await CommandRun(["explain", "--config", file] + arguments + ["ecs:StopInstance", "*"])
            return run.code == 0 ? String(run.output.prefix { $0 != "\n" }) : run.errors
        }
        #expect(await decision("--principal", "ops") == "ImplicitDeny")
        #expect(await decision("--principal", "ops", "--group", "operators") == "Allow")
        #expect(await decision("--principal", "eve", "--group", "operators") == "Allow")
        #expect(
            await decision("--principal", "ops", "--group", "operator")
                == "gateway: no group `operator`; did you mean `operators`?\n")
        #expect(await decision("--principal", "eve").hasPrefix("gateway: no principal `eve`"))
    }

    @Test func explainKnowsItsPrincipals() async throws {
        let folder = try Self.configured()
        let file = "\(folder.path)/gateway.yaml"
        let run = await CommandRun(["explain", "--config", file, "--principal", "opps", "ecs:StopInstance", "*"])
        #expect(run.code == 1)
        #expect(run.errors == "gateway: no principal `opps`; did you mean `ops`?\n")
        let fact = await CommandRun(["explain", "--config", file, "--principal", "ops", "ecs:StopInstance", "*", "a=b"])
        #expect(fact.code == 2)
        #expect(fact.errors.contains("`a` is no condition key"))
    }

    @Test func explainAnswersABatchLineByLine() async {
        let question = """
            {"policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:*", "Resource": "*"}]}], \
            "request": {"action": "ecs:StopInstance", "resources": ["*"], "context": {}}}
            """
        let run = await CommandRun(["explain", "--batch"], input: "\(question)\n\n \r\nno JSON\n\(question)")
        #expect(run.code == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix(#"{"decision":"Allow","reason":""#) == true)
        #expect(lines.dropFirst().first?.hasPrefix(#"{"error":"#) == true)
        #expect(lines.first == lines.last)
    }

    @Test func aTokenAndItsHash() async throws {
        let first = await CommandRun(["token", "new"])
        let second = await CommandRun(["token", "new"])
        #expect(first.code == 0 && first.errors == "")
        #expect(first.output != second.output)
        let lines = first.output.split(separator: "\n").map { $0.split(separator: " ") }
        let token = try #require(lines.first { $0.first == "token" }?.last)
        let hash = try #require(lines.first { $0.first == "hash" }?.last)
        #expect(Array(token.utf8).withView { TokenHash(of: $0) }.description == hash)
    }

    @Test func routesInEveryForm() async throws {
        let table = await CommandRun(["routes"])
        #expect(table.code == 0 && table.output.hasPrefix("METHOD "))
        let markdown = await CommandRun(["routes", "--markdown"])
        #expect(markdown.output.hasPrefix("# API reference\n"))
        let json = await CommandRun(["routes", "--json"])
        let rows = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let keys = ["product", "version", "dialects", "action", "kind", "method", "path", "resources", "cache"]
        #expect(rows.count > 100)
        for row in rows { #expect(keys.allSatisfy { row[$0] != nil }) }
    }

    @Test func openapi() async throws {
        let run = await CommandRun(["openapi"])
        #expect(run.code == 0)
        #expect(run.output == String(decoding: OpenAPI.yaml(of: try Catalogue()), as: UTF8.self))
    }

    static func keyFile() throws -> ScratchFolder {
        let folder = try ScratchFolder([
            "keys.ini": "[default]\ntype = access_key\naccess_key_id = testid\naccess_key_secret = S3CRET\n"
        ])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder.path)/keys.ini")
        return folder
    }

    @Test func signedURL() async throws {
        let folder = try Self.keyFile()
        let run = await CommandRun([
            "sign", "--credentials", "\(folder.path)/keys.ini", "--product", "ecs", "--region", "cn-hangzhou",
            "--endpoint", "http://127.0.0.1:8081", "DescribeInstances", "InstanceName=a b&c",
        ])
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("http://127.0.0.1:8081/?"))
        let names = run.output.split(separator: "?")[1].split(separator: "&").map { $0.split(separator: "=")[0] }
        #expect(
            names.sorted() == [
                "AccessKeyId", "Action", "Format", "InstanceName", "RegionId", "Signature", "SignatureMethod",
                "SignatureNonce", "SignatureVersion", "Timestamp", "Version",
            ]
        )
        #expect(run.output.contains("Action=DescribeInstances&"))
        #expect(run.output.contains("InstanceName=a%20b%26c&"))
        #expect(run.output.contains("Version=2014-05-26&"))
        #expect(!run.output.contains("S3CRET"))
    }

    @Test func signatureInHeadersIsACurlCommand() async throws {
        let folder = try Self.keyFile()
        let run = await CommandRun([
            "sign", "--credentials", "\(folder.path)/keys.ini", "--product", "ecs", "--signature", "acs3",
            "DescribeInstances", "InstanceName=it's",
        ])
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("curl --header '"))
        #expect(run.output.contains("'Authorization: ACS3-HMAC-SHA256 Credential=testid,"))
        #expect(run.output.hasSuffix(" 'https://ecs.aliyuncs.com/?InstanceName=it%27s'\n"), "\(run.output)")
    }

    @Test(
        arguments: [
            (["DescribeRegions", "Action=x"], 2, "parameter `Action` is set by the gateway alone"),
            (["DescribeRegions", "A=1", "A=2"], 2, "parameter `A` given twice"),
            (["--profile", "other", "DescribeRegions"], 1, "has no profile `other`"),
        ] as [([String], Int32, String)])
    func whatCannotBeSigned(_ arguments: [String], _ code: Int32, _ message: String) async throws {
        let folder = try Self.keyFile()
        let run = await CommandRun(["sign", "--credentials", "\(folder.path)/keys.ini", "--product", "ecs"] + arguments)
        #expect(run.code == code)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(!run.errors.contains("S3CRET"))
    }
}
