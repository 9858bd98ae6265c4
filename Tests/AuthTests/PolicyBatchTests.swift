import Bytes
import Testing

@testable import Auth

struct PolicyBatchTests {
    private static let allow = #"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#
    private static let deny =
        #"{"Version":"1","Statement":[{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}]}"#
    private static let mfa =
        #"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"true"}}}]}"#
    private static let tagged =
        #"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"acs:ResourceTag/env":"dev"}}}]}"#

    @Test(
        "the decision of a line",
        arguments: [
            ("Allow", #"{"policies":[\#(allow)],"request":{"action":"ecs:StopInstance"}}"#),
            ("Allow", #"{"policies":[\#(allow)],"request":{"action":"ecs:StopInstance","resources":null,"context":null}}"#),
            (
                "Allow",
                #"{"id":7,"policies":[\#(allow)],"request":{"action":"ecs:StopInstance","resources":["acs:ecs:a:1:instance/*"]}}"#
            ),
            ("ImplicitDeny", #"{"policies":[\#(allow)],"request":{"action":"vpc:CreateVpc","resources":[]}}"#),
            ("ImplicitDeny", #"{"policies":[],"request":{"action":"vpc:CreateVpc","resources":["*"]}}"#),
            (
                "ExplicitDeny",
                #"{"policies":[\#(allow),\#(deny)],"request":{"action":"ecs:X","context":{"acs:SourceIp":"10.1.1.1"}}}"#
            ),
            (
                "ExplicitDeny",
                #"{"policies":[\#(allow),\#(deny)],"request":{"action":"ecs:X","context":{"ACS:sourceip":"10.1.1.1"}}}"#
            ),
            ("Allow", #"{"policies":[\#(allow),\#(deny)],"request":{"action":"ecs:X","context":{"acs:SourceIp":"11.1.1.1"}}}"#),
            ("Allow", #"{"policies":[\#(allow),\#(deny)],"request":{"action":"ecs:X","context":{"acs:SourceIp":null}}}"#),
            ("Allow", #"{"policies":[\#(mfa)],"request":{"action":"ecs:X","context":{"acs:MFAPresent":true}}}"#),
            ("Allow", #"{"policies":[\#(mfa)],"request":{"action":"ecs:X","context":{"acs:MFAPresent":["false","true"]}}}"#),
            ("ImplicitDeny", #"{"policies":[\#(mfa)],"request":{"action":"ecs:X","context":{"acs:MFAPresent":[]}}}"#),
            ("ImplicitDeny", #"{"policies":[\#(mfa)],"request":{"action":"ecs:X","context":{"nonsense":"true"}}}"#),
            (
                "Allow",
                #"{"policies":[\#(tagged)],"request":{"action":"ecs:X","resources":["a","b"],"context":{"acs:ResourceTag/env":"dev"}}}"#
            ),
            (
                "Allow",
                #"{"policies":[\#(tagged)],"request":{"action":"ecs:X","resources":[{"arn":"a","context":{"acs:ResourceTag/env":"dev"}}]}}"#
            ),
            (
                "ImplicitDeny",
                #"{"policies":[\#(tagged)],"request":{"action":"ecs:X","resources":[{"arn":"a","context":{"acs:ResourceTag/env":"dev"}},"b"]}}"#
            ),
            ("InvalidPolicy", #"{"policies":[\#(allow),{}],"request":{"action":"ecs:X"}}"#),
            ("InvalidPolicy", #"{"policies":[\#(allow),"{"],"request":{"action":"ecs:X"}}"#),
            ("InvalidPolicy", #"{"policies":[\#(allow),5],"request":{"action":"ecs:X"}}"#),
            ("InvalidPolicy", #"{"policies":[{"Version":"1","Version":"1","Statement":[]}],"request":{"action":"ecs:X"}}"#),
        ])
    func decision(_ expected: String, _ line: String) {
        let answer = answer(line)
        #expect(answer.hasPrefix("{\"decision\":\"\(expected)\",\"reason\":\""), "\(answer)")
        #expect((try? Array(answer.utf8).withView { bytes throws(JSONError) in try JSONNode(parsing: bytes) }) != nil)
    }

    @Test("a policy may stand as its text")
    func rawText() {
        var line: [UInt8] = []
        line.append("{\"policies\":[")
        line.append(jsonString: Self.allow)
        line.append("],\"request\":{\"action\":\"ecs:X\"}}")
        #expect(answer(String(decoding: line, as: UTF8.self)).hasPrefix("{\"decision\":\"Allow\""))
    }

    @Test("every fault of an invalid policy is in the reason")
    func faults() {
        let answer = answer(
            #"{"policies":[{"Version":"2","Statement":[{"Effect":"x","Action":"a","Resource":"*"}]}],"request":{"action":"ecs:X"}}"#
        )
        for part in ["policies[0]", "Version", "Statement[0].Effect", "Statement[0].Action"] {
            #expect(answer.contains(part), "\(answer)")
        }
    }

    @Test(
        "a line that cannot be answered says why",
        arguments: [
            ("", "not JSON"), ("[]", "an object"), ("{}", "policies"), (#"{"policies":{}}"#, "policies"),
            (#"{"policies":[]}"#, "request"), (#"{"policies":[],"request":{}}"#, "request.action"),
            (#"{"policies":[],"request":{"action":"a:b","resorces":[]}}"#, "resorces"),
            (#"{"policies":[],"request":{"action":"a:b","resources":"x"}}"#, "request.resources"),
            (#"{"policies":[],"request":{"action":"a:b","resources":[5]}}"#, "request.resources[0]"),
            (#"{"policies":[],"request":{"action":"a:b","context":{"a:b":{}}}}"#, "request.context.a:b"),
            (#"{"policies":[],"request":{"action":"a:b","context":{"a:b":[["x"]]}}}"#, "request.context.a:b"),
            (#"{"policies":[],"request":{"action":"a:b","context":{"a:b":"1","A:B":"2"}}}"#, "twice"),
            (#"{"policies":[],"policies":[],"request":{"action":"a:b"}}"#, "twice"),
        ])
    func unanswerable(_ line: String, _ part: String) {
        let answer = answer(line)
        #expect(answer.hasPrefix("{\"error\":\"") && answer.contains(part), "\(answer)")
    }

    private func answer(_ line: String) -> String {
        String(decoding: Array(line.utf8).withView { PolicyBatch.answer($0) }, as: UTF8.self)
    }
}
