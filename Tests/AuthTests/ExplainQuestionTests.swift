import Bytes
import Testing

@testable import Auth

struct ExplainQuestionTests {
    private func read(_ text: String) throws(QuestionFault) -> ExplainQuestion {
        try Array(text.utf8).withView { (view) throws(QuestionFault) in try ExplainQuestion(view) }
    }

    @Test("about a principal, or about policies that are given")
    func subjects() throws {
        let about = try read(
            #"{"principal":"ann","groups":["a"],"action":"ecs:X","resources":["r"],"context":{"acs:SourceIp":"10.0.0.1"}}"#)
        guard case .principal("ann", groups: ["a"]) = about.subject else {
            Issue.record("another subject")
            return
        }
        #expect(about.action == "ecs:X")
        #expect(about.resources == ["r"])
        let given = try read(
            ##"{"policies":[{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]},"{"],"action":"ecs:X"}"##
        )
        guard case .policies(let policies) = given.subject, policies.count == 2 else {
            Issue.record("another subject")
            return
        }
        #expect(PolicySet(policies).invalidPolicy == 1)
    }

    @Test(
        "what cannot be answered",
        arguments: [
            ("", "", "no valid JSON"), ("[]", "", "an object"), (#"{"action":"ecs:X"}"#, "principal", "is required"),
            (#"{"principal":"\u212aim","action":"ecs:X"}"#, "principal", "no name"),
            (#"{"principal":1,"action":"ecs:X"}"#, "principal", "a string"), (#"{"principal":"a"}"#, "action", "a string"),
            (#"{"principal":"a","policies":[],"action":"ecs:X"}"#, "policies", "beside"),
            (#"{"policies":[],"groups":["a"],"action":"ecs:X"}"#, "groups", "beside"),
            (#"{"principal":"a","groups":[1],"action":"ecs:X"}"#, "groups[0]", "a string"),
            (#"{"principal":"a","action":"ecs:X","resources":[5]}"#, "resources[0]", "an object"),
            (#"{"principal":"a","action":"ecs:X","actions":[]}"#, "", "unknown"),
            (#"{"principal":"a","principal":"b","action":"ecs:X"}"#, "", "twice"),
        ])
    func faults(_ text: String, _ place: String, _ reason: String) throws {
        do {
            _ = try read(text)
            Issue.record("was read")
        } catch {
            #expect(error.place == place)
            #expect(error.reason.contains(reason), "\(error.reason)")
        }
    }
}
