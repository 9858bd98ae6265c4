import Bytes
import Signer
import Testing

@testable import Simulator

@Suite struct STSTests {
    private static let account = "1234567890123456"
    private static let base: [String: String] = ["RoleArn": "acs:ram::\(account):role/gateway", "RoleSessionName": "gw-1"]

    private func test(_ change: (inout CloudConfiguration) -> Void = { _ in }) throws -> TestCloud {
        try TestCloud {
            $0.journalCapacity = 100
            change(&$0)
        }
    }

    /// A call of STS, or with a key of it.
    private func call(
        _ test: TestCloud, _ action: String, _ parameters: [String: String] = [:], version: String = STS.version,
        with key: Reply? = nil
    ) -> Reply {
        var call = test.signed(action, parameters)
        call.version = version
        if let key {
            call.keyId = key.text("Credentials.AccessKeyId")
            call.secret = key.text("Credentials.AccessKeySecret")
            call.token = key.text("Credentials.SecurityToken")
        }
        call.style = .rpc(.sha1, .form)
        let response = test.cloud.handle(call.request(at: test.clock.now))
        let body = (try? response.body.withView { try JSONValue(parsing: $0) }) ?? .null
        return Reply(status: response.status, body: body, response: response)
    }

    @Test func givesAKeyOfARole() throws {
        let test = try test()
        let reply = call(test, "AssumeRole", Self.base)
        #expect(reply.status == 200)
        #expect(reply.text("AssumedRoleUser.Arn") == "acs:ram::\(Self.account):role/gateway/gw-1")
        #expect(reply.text("AssumedRoleUser.AssumedRoleId").hasSuffix(":gw-1"))
        #expect(reply.text("Credentials.AccessKeyId").hasPrefix("STS."))
        #expect(reply.text("Credentials.Expiration") == "2026-01-02T04:04:05Z")
        #expect(!reply.text("RequestId").isEmpty)
        // The cloud takes the key, and knows whose it is.
        let regions = call(test, "DescribeRegions", version: "2014-05-26", with: reply)
        #expect(regions.status == 200)
        #expect(
            test.cloud.journal.map(\.caller) == [
                "acs:ram::\(Self.account):user/testid", "acs:ram::\(Self.account):role/gateway/gw-1",
            ])
        let identity = call(test, "GetCallerIdentity", with: reply)
        #expect(identity.text("IdentityType") == "AssumedRoleUser" && identity.text("AccountId") == Self.account)
        #expect(call(test, "GetCallerIdentity").text("Arn") == "acs:ram::\(Self.account):user/testid")
        // Roles chain.
        let chained = call(test, "AssumeRole", Self.base.merging(["RoleSessionName": "gw-2"]) { $1 }, with: reply)
        #expect(chained.text("AssumedRoleUser.Arn").hasSuffix("/gw-2"))
        #expect(chained.text("Credentials.AccessKeyId") != reply.text("Credentials.AccessKeyId"))
    }

    @Test func takesAKeyUntilItsEndAndOnlyWithItsToken() throws {
        let test = try test()
        let reply = call(test, "AssumeRole", Self.base.merging(["DurationSeconds": "900"]) { $1 })
        var stolen = test.signed("DescribeRegions")
        stolen.keyId = reply.text("Credentials.AccessKeyId")
        stolen.secret = reply.text("Credentials.AccessKeySecret")
        for token in [nil, "wrong"] {
            stolen.token = token
            stolen.nonce += "x"
            #expect(
                String(decoding: test.cloud.handle(stolen.request(at: test.clock.now)).body, as: UTF8.self).contains(
                    "InvalidSecurityToken"))
        }
        test.clock.advance(seconds: 899)
        #expect(call(test, "DescribeRegions", version: "2014-05-26", with: reply).status == 200)
        test.clock.advance(seconds: 1)
        #expect(call(test, "DescribeRegions", version: "2014-05-26", with: reply).code == "InvalidSecurityToken.Expired")
        // The older key serves on when a newer one was given.
        let first = call(test, "AssumeRole", Self.base)
        _ = call(test, "AssumeRole", Self.base)
        #expect(call(test, "DescribeRegions", version: "2014-05-26", with: first).status == 200)
    }

    @Test(
        arguments: [
            (["RoleArn": ""], 400, "MissingParameter.RoleArn"),
            (["RoleSessionName": ""], 400, "MissingParameter.RoleSessionName"),
            (["RoleArn": "gateway"], 400, "InvalidParameter.RoleArn"),
            (["RoleArn": "acs:ram::1234567890123456:role/nobody"], 404, "EntityNotExist.Role"),
            (["RoleArn": "acs:ram::9:role/gateway"], 404, "EntityNotExist.Role"),
            (["RoleSessionName": "x"], 400, "InvalidParameter.RoleSessionName"),
            (["RoleSessionName": "a b"], 400, "InvalidParameter.RoleSessionName"),
            (["DurationSeconds": "899"], 400, "InvalidParameter.DurationSeconds"),
            (["DurationSeconds": "43201"], 400, "InvalidParameter.DurationSeconds"),
            (["DurationSeconds": "x"], 400, "InvalidParameter.DurationSeconds"),
            (["Policy": "{"], 400, "InvalidParameter.PolicyGrammar"),
            (["Policy": String(repeating: "x", count: 2049)], 400, "InvalidParameter.PolicySize"),
            (["RoleArn": "acs:ram::1234567890123456:role/guarded"], 403, "NoPermission"),
            (["RoleArn": "acs:ram::1234567890123456:role/guarded", "ExternalId": "wrong"], 403, "NoPermission"),
            (["RoleArn": "acs:ram::1234567890123456:role/private"], 403, "NoPermission"),
        ] as [([String: String], Int, String)])
    func refuses(_ change: [String: String], _ status: Int, _ code: String) throws {
        let test = try test {
            $0.roles.append(SimulatedRole(name: "guarded", externalId: "right"))
            $0.roles.append(SimulatedRole(name: "private", trusted: ["acs:ram::1234567890123456:role/gateway/gw-1"]))
        }
        let reply = call(test, "AssumeRole", Self.base.merging(change) { $1 })
        #expect(reply.code == code && reply.status == status)
        if change["ExternalId"] != nil {
            #expect(
                call(test, "AssumeRole", Self.base.merging(change) { $1 }.merging(["ExternalId": "right"]) { $1 }).status == 200)
        }
    }

    @Test func wantsASignatureAndAnAction() throws {
        let test = try test()
        var call = test.signed("AssumeRole", Self.base)
        call.version = STS.version
        call.secret = "wrong"
        let response = test.cloud.handle(call.request(at: test.clock.now))
        #expect(response.status == 400 && String(decoding: response.body, as: UTF8.self).contains("IncompleteSignature"))
        let unknown = self.call(test, "AssumeNothing")
        #expect(unknown.status == 404 && unknown.code == "InvalidAction.NotFound")
        test.cloud.setFaults(FaultPlan([.init(.unavailable, actions: ["AssumeRole"], remaining: 1)]))
        #expect(self.call(test, "AssumeRole", Self.base).code == "ServiceUnavailable")
        #expect(self.call(test, "AssumeRole", Self.base).status == 200)
    }

    /// A token of an identity provider, unsigned by a key.
    private func assumeByOIDC(_ test: TestCloud, claims: String, _ change: [String: String] = [:]) -> Reply {
        var token: [UInt8] = Array("e30.".utf8)
        Array(claims.utf8).withView { token.append(base64: $0, .url) }
        token += Array(".c2ln".utf8)
        var parameters = Self.base
        parameters["OIDCProviderArn"] = "acs:ram::\(Self.account):oidc-provider/ack"
        parameters["OIDCToken"] = String(decoding: token, as: UTF8.self)
        let form = parameters.merging(change) { $1 }.map { "\($0)=\($1.replacing(":", with: "%3A").replacing("/", with: "%2F"))" }
        let request = SimulatedRequest(
            method: "POST",
            target: Array("/?Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01&Timestamp=2026-01-02T03%3A04%3A05Z".utf8),
            headers: [.init("Content-Type", "application/x-www-form-urlencoded")], body: Array(form.joined(separator: "&").utf8),
            receivedAt: test.clock.now)
        let response = test.cloud.handle(request)
        let body = (try? response.body.withView { try JSONValue(parsing: $0) }) ?? .null
        return Reply(status: response.status, body: body, response: response)
    }

    @Test func takesATokenOfAnIdentityProvider() throws {
        let test = try test()
        let reply = assumeByOIDC(
            test, claims: #"{"iss":"https://ack","sub":"system:serviceaccount:a:b","aud":"sts","exp":1767323046}"#)
        #expect(reply.status == 200 && reply.text("OIDCTokenInfo.Subject") == "system:serviceaccount:a:b")
        #expect(call(test, "GetCallerIdentity", with: reply).text("Arn").hasSuffix(":role/gateway/gw-1"))
        #expect(assumeByOIDC(test, claims: #"{"exp":1767323045}"#).code == "AuthenticationFail.OIDCToken.Expired")
        #expect(assumeByOIDC(test, claims: "no json").code == "AuthenticationFail.OIDCToken.Invalid")
        #expect(assumeByOIDC(test, claims: "{}", ["OIDCProviderArn": "x"]).code == "EntityNotExist.OIDCProvider")
    }
}
