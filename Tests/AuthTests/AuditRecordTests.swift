import Bytes
import Testing

@testable import Auth

struct AuditRecordTests {
    private func line(_ change: (inout AuditRecord) -> Void = { _ in }, resources: [String] = []) -> String {
        var output: [UInt8] = []
        PolicySet.withViews(of: ["req-1", "10.0.0.1", "ecs:StopInstance", "prod"] + resources) { views in
            var record = AuditRecord(
                time: 1_767_614_400_007_000_000, requestID: views[0], caller: nil, source: views[1], action: views[2],
                account: views[3], outcome: .refused, status: 403)
            record.resources = UnsafeBufferPointer(rebasing: views[4...])
            change(&record)
            record.append(to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    @Test("a record of a caller that was not authenticated")
    func anonymous() {
        #expect(
            line() == """
                {"time":"2026-01-05T12:00:00.007Z","requestId":"req-1","source":"10.0.0.1","action":"ecs:StopInstance",\
                "resources":[],"account":"prod","outcome":"refused","status":403}

                """)
    }

    @Test("a full record names principal, policy and statement, and masks secrets")
    func full() throws {
        let set = PolicySet([try document([ModelStatement("Allow vpc:*"), ModelStatement("Allow ecs:*")], name: "ops")])
        let principal = Principal(name: "ann", accountID: "1", policies: PrincipalPolicies(identity: set))
        let decision = set.decide(ModelRequest())
        let cloud = "C-1" as StaticString
        let text = line(
            {
                $0.caller = Caller(principal: principal, kind: .token, credential: "laptop")
                $0.decision = decision
                $0.cloudRequestID = cloud.view
                $0.outcome = .succeeded
                $0.status = 202
                $0.parameters = [
                    .init(name: ("InstanceId" as StaticString).view, value: ("i-\"1" as StaticString).view),
                    .init(name: ("Password" as StaticString).view, value: nil),
                ]
            }, resources: ["acs:ecs:cn-x:1:instance/i-1", "a\nb"])
        #expect(
            text == """
                {"time":"2026-01-05T12:00:00.007Z","requestId":"req-1","principal":"ann","authentication":"token",\
                "credential":"laptop","source":"10.0.0.1","action":"ecs:StopInstance",\
                "resources":["acs:ecs:cn-x:1:instance/i-1","a\\nb"],\
                "parameters":{"InstanceId":"i-\\"1","Password":"•••"},\
                "decision":"Allow","policy":"ops","statement":2,"account":"prod","cloudRequestId":"C-1",\
                "outcome":"succeeded","status":202}

                """)
    }

    @Test("a faulty policy is named, a statement is not")
    func invalidPolicy() {
        let set = PolicySet([LoadedPolicy.invalid(name: "broken", faults: [])])
        let principal = Principal(name: "ann", accountID: "1", policies: PrincipalPolicies(identity: set))
        let text = line {
            $0.caller = Caller(principal: principal, kind: .unixPeer, credential: nil)
            $0.decision = set.decide(ModelRequest())
        }
        #expect(text.contains("\"decision\":\"InvalidPolicy\",\"policy\":\"broken\",\"account\""))
    }

    @Test("one line each, whatever a caller puts into it")
    func oneLine() {
        let text = line(resources: ["\r\n{}\u{2028}", "\u{0}\"\\"])
        #expect(text.utf8.filter { $0 == 10 }.count == 1 && text.utf8.last == 10)
        #expect((try? Array(text.utf8).withView { bytes throws(JSONError) in try JSONNode(parsing: bytes) }) != nil)
    }
}
