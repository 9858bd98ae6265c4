import Bytes
import Signer
import Testing

@testable import Simulator

@Suite struct WireTests {
    /// Answers a call as it is.
    private func answer(_ test: TestCloud, _ call: SignedCall) -> Reply {
        let response = test.cloud.handle(call.request(at: test.clock.now))
        let body = (try? response.body.withView { try JSONValue(parsing: $0) }) ?? .null
        return Reply(status: response.status, body: body, response: response)
    }

    @Test(arguments: [
        SignedCall.Style.rpc(.sha1, .automatic), .rpc(.sha1, .form), .rpc(.sha256, .automatic), .rpc(.sha256, .form),
        .acs3(.automatic), .acs3(.form),
    ])
    func everyStyleIsUnderstood(style: SignedCall.Style) throws {
        let test = try TestCloud()
        var call = test.signed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceName": "*€ & + ="])
        call.style = style
        let reply = answer(test, call)
        #expect(reply.status == 200 && reply.text("TotalCount") == "0")
        #expect(reply.response.headers.contains { $0.name == "x-acs-request-id" && $0.value == reply.text("RequestId") })
        call.nonce += "x"
        call.secret = "wrong"
        let refused = answer(test, call)
        let isNewer = if case .acs3 = style { true } else { false }
        #expect(refused.status == 400 && refused.code == (isNewer ? "SignatureDoesNotMatch" : "IncompleteSignature"))
    }

    @Test func theDocumentedExampleIsAccepted() throws {
        let target =
            "/?SignatureVersion=1.0&Action=DescribeInstances&RegionId=cn-hangzhou&Format=XML"
            + "&SignatureNonce=n&Version=2014-05-26&AccessKeyId=nobody&Signature=x&SignatureMethod=HMAC-SHA1"
            + "&Timestamp=2016-02-23T12%3A46%3A24Z"
        let test = try TestCloud()
        let time = SimulatedTime(milliseconds: 1_456_231_584_000)
        let response = test.cloud.handle(SimulatedRequest(method: "GET", target: Array(target.utf8), receivedAt: time))
        #expect(String(decoding: response.body, as: UTF8.self).contains("<Code>InvalidAccessKeyId.NotFound</Code>"))
    }

    @Test func aNonceCountsOnce() throws {
        let test = try TestCloud()
        let call = test.signed("DescribeInstances", TestCloud.region)
        #expect(answer(test, call).status == 200)
        let second = answer(test, call)
        #expect(second.status == 400 && second.code == "SignatureNonceUsed")
    }

    @Test(arguments: [(-32, false), (-30, true), (30, true), (32, false)])
    func timestampsHaveAWindow(minutes: Int, isAccepted: Bool) throws {
        let test = try TestCloud()
        var call = test.signed("DescribeInstances", TestCloud.region)
        call.time = test.clock.now.adding(seconds: Int64(minutes) * 60)
        let reply = answer(test, call)
        #expect((reply.status == 200) == isAccepted)
        if !isAccepted { #expect(reply.code == "InvalidTimeStamp.Expired") }
    }

    @Test func keys() throws {
        let test = try TestCloud {
            $0.accessKeys.append(.init(id: "off", secret: "testsecret", isEnabled: false))
            $0.accessKeys.append(.init(id: "STS.1", secret: "testsecret", securityToken: "token"))
        }
        var call = test.signed("DescribeInstances", TestCloud.region)
        call.keyId = "nobody"
        #expect(answer(test, call).code == "InvalidAccessKeyId.NotFound")
        call.keyId = "off"
        let disabled = answer(test, call)
        #expect(disabled.code == "Forbidden.AccessKeyDisabled" && disabled.status == 403)
        call.keyId = "STS.1"
        #expect(answer(test, call).code == "InvalidSecurityToken")
        call.token = "token"
        #expect(answer(test, call).status == 200)
    }

    @Test func actionsAndVersions() throws {
        let test = try TestCloud()
        var call = test.signed("DescribeNothing")
        let unknown = answer(test, call)
        #expect(unknown.status == 403 && unknown.code == "InvalidAction")
        call.version = "2014-05-27"
        let version = answer(test, call)
        #expect(version.status == 400 && version.code == "InvalidParameter")
        #expect(version.text("Message").contains("Action or Version"))
    }

    @Test(arguments: ["PUT", "DELETE", "HEAD"])
    func otherMethods(method: String) throws {
        let test = try TestCloud()
        var request = test.signed("DescribeInstances", TestCloud.region).request(at: test.clock.now)
        request.method = method
        #expect(test.cloud.handle(request).status == 403)
    }

    @Test(arguments: ["Action", "Version", "AccessKeyId", "Signature", "Timestamp", "SignatureNonce", "SignatureMethod"])
    func missingCommonParameters(name: String) throws {
        let test = try TestCloud()
        var request = test.signed("DescribeInstances", TestCloud.region).request(at: test.clock.now)
        let target = String(decoding: request.target, as: UTF8.self)
        let pairs = target.dropFirst(2).split(separator: "&").filter { !$0.hasPrefix(name + "=") }
        request.target = Array(("/?" + pairs.joined(separator: "&")).utf8)
        let response = test.cloud.handle(request)
        let body = try response.body.withView { try JSONValue(parsing: $0) }
        #expect(response.status == 400 && body["Code"].text == "MissingParameter")
        #expect(body["Message"].text?.lowercased().contains(name.lowercased()) == true)
    }

    @Test func tamperedParametersBreakTheSignature() throws {
        let test = try TestCloud()
        var request = test.signed("StopInstance", ["InstanceId": "i-1"]).request(at: test.clock.now)
        request.target += Array("&ForceStop=true".utf8)
        #expect(String(decoding: test.cloud.handle(request).body, as: UTF8.self).contains("IncompleteSignature"))
    }

    @Test func repeatedAndMalformedParameters() throws {
        let test = try TestCloud()
        for suffix in ["&RegionId=cn-beijing", "&X=%zz", "&X=%ff"] {
            var request = test.signed("DescribeInstances", TestCloud.region).request(at: test.clock.now)
            request.target += Array(suffix.utf8)
            let response = test.cloud.handle(request)
            #expect(response.status == 400)
            #expect(String(decoding: response.body, as: UTF8.self).contains("InvalidParameter"))
        }
    }

    @Test func strictnessAboutUnknownParameters() throws {
        let parameters = ["RegionId": "cn-hangzhou", "Unheard": "of"]
        try TestCloud().fail("DescribeInstances", parameters, 400, "UnsupportedParameter")
        try TestCloud { $0.isStrict = false }.succeed("DescribeInstances", parameters)
        try TestCloud().fail("StopInstance", ["InstanceId": "i-1", "InstanceId.1": "i-2"], 400, "UnsupportedParameter")
        try TestCloud().fail("DescribeInstances", ["RegionId": "cn-hangzhou", "Tag.0.Key": "x"], 400, "UnsupportedParameter")
        try TestCloud().fail("DescribeInstances", ["RegionId": "cn-hangzhou", "Tag.21.Key": "x"], 400, "InvalidTagCount")
    }

    @Test func xmlSaysWhatJSONSays() throws {
        let test = try TestCloud()
        test.cloud.withWorld { $0.instances.update(where: { $0.name == "web-1" }) { $0.description = "a<b>&\"c\" 'd' é" } }
        for action in ["DescribeInstances", "DescribeDisks", "DescribeImages", "DescribeSnapshots"] {
            let json = test.succeed(action, TestCloud.region)
            var call = test.signed(action, TestCloud.region)
            call.format = .xml
            let response = test.cloud.handle(call.request(at: test.clock.now))
            #expect(response.contentType == "text/xml;charset=utf-8")
            let element = try #require(SmallXML.parse(String(decoding: response.body, as: UTF8.self)))
            #expect(element.name == "\(action)Response")
            #expect(element.leaves("").filter { $0 != "/RequestId" }.sorted() == Self.leaves(json.body).sorted())
        }
    }

    @Test func xmlErrors() throws {
        let test = try TestCloud()
        var call = test.signed("StopInstance", ["InstanceId": "i-none"])
        call.format = .xml
        let response = test.cloud.handle(call.request(at: test.clock.now))
        let element = try #require(SmallXML.parse(String(decoding: response.body, as: UTF8.self)))
        #expect(element.name == "Error" && response.status == 404)
        #expect(element.children.map(\.name) == ["RequestId", "HostId", "Code", "Message"])
        #expect(element.children.map(\.text)[1...2] == ["ecs.test", "InvalidInstanceId.NotFound"])
    }

    /// `/Path/To=value` for each leaf, the request id left out.
    static func leaves(_ value: JSONValue, _ path: String = "") -> [String] {
        switch value {
        case .object(let members): members.filter { $0.name != "RequestId" }.flatMap { leaves($0.value, "\(path)/\($0.name)") }
        case .array(let elements): elements.flatMap { leaves($0, path) }
        case .string(let text), .number(let text): text.isEmpty ? [] : ["\(path)=\(text)"]
        case .bool(let value): ["\(path)=\(value)"]
        case .null: []
        }
    }
}

/// As much of XML as the cloud writes.
struct SmallXML {
    var name: String
    var children: [SmallXML] = []
    var text = ""

    static func parse(_ document: String) -> SmallXML? {
        guard document.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") else { return nil }
        var stack: [SmallXML] = []
        for piece in document.split(separator: "<").dropFirst() {
            guard let close = piece.firstIndex(of: ">") else { return nil }
            let tag = piece[..<close]
            if tag.hasPrefix("/") {
                guard let element = stack.popLast(), element.name == tag.dropFirst() else { return nil }
                guard !stack.isEmpty else { return element }
                stack[stack.count - 1].children.append(element)
            } else {
                stack.append(SmallXML(name: String(tag), text: unescaped(piece[piece.index(after: close)...])))
            }
        }
        return nil
    }

    /// `/Path/To=value` for each leaf that is not empty, the request id by its path alone.
    func leaves(_ path: String) -> [String] {
        children.flatMap { child -> [String] in
            if path.isEmpty, child.name == "RequestId" { return ["/RequestId"] }
            let own = "\(path)/\(child.name)"
            if !child.children.isEmpty { return child.leaves(own) }
            return child.text.isEmpty ? [] : ["\(own)=\(child.text)"]
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = String(text)
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
            result = result.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return result
    }
}
