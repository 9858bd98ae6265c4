import Bytes
import Foundation
import HTTP
import TestKeys
import Testing

@testable import Gateway

/// Callers with different rights who ask for the same cached list at the same time: no answer ever crosses.
@Suite struct CrossCallerTests {
    @Test func noAnswerCrosses() async throws {
        let key = TestKey("k", .ed25519)
        let policies = [
            "policies/no-disks.json": """
            {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"},
              {"Effect": "Deny", "Action": "ecs:DescribeDisks", "Resource": "*"}]}
            """,
            "policies/from-elsewhere.json": """
            {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*",
              "Condition": {"NotIpAddress": {"acs:SourceIp": "127.0.0.0/8"}}}]}
            """,
            "keys.json": keySetText([key.jwk()]),
        ]
        let configuration = """
            listen: [{address: "127.0.0.1:0"}]
            groups: {watchers: {policies: [ReadOnlyAccess]}}
            principals:
              reader: {tokens: ["\(AccessTests.hash("reader"))"], policies: [ReadOnlyAccess]}
              denied: {tokens: ["\(AccessTests.hash("denied"))"], policies: [no-disks]}
              remote: {tokens: ["\(AccessTests.hash("remote"))"], policies: [from-elsewhere]}
              nobody: {tokens: ["\(AccessTests.hash("nobody"))"]}
            jwt: [{issuer: "https://login", audience: gateway, keys: {file: keys.json}, groups: {claim: groups}}]
            policies: policies/
            cache: {ttl: {list: 20ms}}
            """
        let callers: [(token: String, status: UInt16)] = [
            ("reader", 200), ("denied", 403), ("remote", 403), ("nobody", 403), ("unknown", 401),
            (key.token(AccessTests.payload(",\"groups\":[\"watchers\"]")), 200),
            (key.token(AccessTests.payload(",\"groups\":[]", subject: "eve")), 403),
        ]
        try await TestGateway.run(
            configuration, policies,
            changing: {
                $0.failedAuthentications.failures = 1_000_000
                $0.failedAuthentications.delay = 0
            }
        ) { gateway in
            let url = Array("http://127.0.0.1:\(gateway.port)/disks".utf8)
            let loop = try EventLoop(name: "callers")
            var settings = ClientConfiguration()
            settings.proxy = .none
            let client = try Client(loop: loop, configuration: settings)
            try loop.start()
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    for caller in callers {
                        group.addTask(executorPreference: loop) {
                            var wrong = 0
                            for _ in 0..<100 {
                                var request = UpstreamRequest(.get, url: url, isRead: true)
                                Array("Authorization".utf8).withView { name in
                                    Array("Bearer \(caller.token)".utf8).withView { request.headers.append(name, $0) }
                                }
                                let response = try await client.send(request)
                                let text = String(decoding: response.body, as: UTF8.self)
                                let hasDisks = text.contains("\"diskId\"")
                                if response.status != caller.status || hasDisks != (caller.status == 200) { wrong += 1 }
                            }
                            return wrong
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            loop.stop()
            loop.join()
            #expect(wrong == 0)
        }
    }
}
