import Bytes
import Testing

@testable import Signer

/// The metadata service, and services at a URL.
@Suite struct MetadataTests {
    let world = FakeWorld()
    static let base = "http://100.100.100.200/latest"
    static let rolePath = base + "/meta-data/ram/security-credentials/"

    /// A metadata service with a role `web`. `token`: the session token that it gives and wants; nil: it is of the older kind.
    private func serve(token: String?, role: String = "web\n", key: String? = nil) {
        world.transport.answer { [world] asked in
            if asked.line == "put \(Self.base)/api/token" {
                #expect(asked.headers == ["X-aliyun-ecs-metadata-token-ttl-seconds: 300"])
                return token.map { (200, $0) } ?? (405, "")
            }
            guard asked.headers == (token.map { ["X-aliyun-ecs-metadata-token: \($0)"] } ?? []) else { return (403, "") }
            switch asked.line {
            case "get " + Self.rolePath: return (200, role)
            case "get " + Self.rolePath + "web": return (200, key ?? world.key())
            default: return (404, "")
            }
        }
    }

    @Test(arguments: ["token-1", nil])
    func findsTheRoleAndItsKey(_ token: String?) async throws {
        serve(token: token)
        let credentials = try await world.load(.instanceRole(InstanceRole()))
        #expect(credentials.key.id == Array("STS.id".utf8) && signsLike(credentials.key, "sts-secret"))
        #expect(credentials.expiration == world.clock.after(3600))
        #expect(world.transport.asked.count == 3 && world.transport.asked.allSatisfy { $0.route == .direct })
        _ = try await world.load(.instanceRole(InstanceRole(name: "web")))
        #expect(world.transport.asked.count == 5)
    }

    @Test func asksWithATokenOnlyWhenHardened() async {
        serve(token: nil)
        let plan = CredentialPlan.instanceRole(InstanceRole(isHardened: true))
        #expect(await world.fault(plan) == "metadata service: gives no session token: status 405")
        #expect(world.transport.asked.count == 1)
        world.transport.answer { _ in nil }
        #expect(await world.fault(plan) == "metadata service: gives no session token: no connection")
        serve(token: "token-1")
        #expect(await world.fault(plan) == "none")
        serve(token: "to ken")
        #expect(await world.fault(plan) == "metadata service: gives no session token: status 200")
    }

    @Test func saysWhatIsMissing() async {
        serve(token: nil, role: "../../etc\n")
        #expect(await world.fault(.instanceRole(InstanceRole())) == "metadata service: does not name a role")
        world.transport.answer { _ in (404, "") }
        #expect(await world.fault(.instanceRole(InstanceRole())) == "metadata service: the instance has no RAM role")
        #expect(
            await world.fault(.instanceRole(InstanceRole(name: "web")))
                == "metadata service: has no key of a role `web` (status 404)")
    }

    @Test(arguments: [
        ("{}", "the answer has no AccessKeyId and no AccessKeySecret and no SecurityToken and no Expiration"),
        (#"{"Code":"Failed","AccessKeySecret":"hunter2"}"#, "answered `Failed`"),
        (
            #"{"AccessKeyId":"a","AccessKeySecret":"hunter2","SecurityToken":"t","Expiration":"hunter2"}"#,
            "the answer's Expiration is no instant such as `2027-01-31T00:00:00Z`"
        ),
        (
            #"{"AccessKeyId":"a","AccessKeySecret":"hunter2","SecurityToken":"","Expiration":"2027-01-31T00:00:00Z"}"#,
            "the answer has no SecurityToken"
        ),
        (#"{"AccessKeySecret":"hunter2""#, "the answer is no valid JSON: the text ends too early at byte 28"),
        (#"["hunter2"]"#, "the answer is no valid JSON: unexpected character at byte 0"),
        ("", "the answer is no valid JSON: the text ends too early at byte 0"),
        (#"{"AccessKeyId":"a"} hunter2"#, "the answer is no valid JSON: text after the end of the document at byte 20"),
    ])
    func namesTheFaultOfAnAnswerAndNotItsContent(_ key: String, _ expected: String) async {
        serve(token: nil, key: key)
        #expect(await world.fault(.instanceRole(InstanceRole(name: "web"))) == "metadata service: \(expected)")
    }

    /// Secrets go from where they lie into locked memory, escapes and all.
    @Test func undoesEscapes() async throws {
        serve(
            token: nil,
            key:
                #"{"Code":"Success","AccessKeyId":"a","AccessKeySecret":"\u0041\/b\\\"c\ud83d\ude00","SecurityToken":"t\/t","Expiration":"2027-01-31T00:00:00Z"}"#
        )
        let key = try await world.load(.instanceRole(InstanceRole(name: "web"))).key
        #expect(signsLike(key, "A/b\\\"c😀"))
        #expect(key.withSecurityToken { $0?.text } == "t/t")
    }

    @Test func asksAURL() async throws {
        world.transport.answer { [world] _ in (200, world.key()) }
        let plan = CredentialPlan.uri("http://127.0.0.1:7070/keys?auth=hunter2")
        #expect(try await world.load(plan).expiration == world.clock.after(3600))
        #expect(world.transport.asked.map(\.line) == ["get http://127.0.0.1:7070/keys?auth=hunter2"])
        world.transport.answer { _ in (302, "") }
        #expect(await world.fault(plan) == "credentials URI at `127.0.0.1:7070`: refused with status 302")
    }

    @Test(arguments: [
        ("http://h/p?q", true), ("https://h", true), ("HTTPS://h/", true), ("ftp://h/", false), ("h/p", false),
        ("http://", false),
        ("http:///p", false), ("http://u:p@h/", false), ("http://h/a b", false), ("http://h/#f", false), ("", false),
    ])
    func knowsURLs(_ text: String, _ isURL: Bool) {
        #expect(CredentialPlan.isURL(text) == isURL)
    }
}
