import Bytes
import Testing

@testable import Signer

@Suite struct SecurityTokenServiceTests {
    let world = FakeWorld()

    private func plan(_ change: (inout RoleSession) -> Void = { _ in }, with base: CredentialPlan? = nil) -> CredentialPlan {
        var session = RoleSession(role: "acs:ram::1234567890123456:role/gateway", name: "gw-1", duration: 900)
        change(&session)
        return .assumedRole(session, with: base ?? .key(Credentials(key: AccessKey())))
    }

    private func answer(_ status: Int = 200, _ body: String? = nil) {
        world.transport.answer { [world] _ in (status, body ?? "{\"RequestId\":\"R\",\"Credentials\":\(world.key())}") }
    }

    /// The call is signed as the vendor's SDK signs it: the whole of query and form together.
    @Test func assumesARole() async throws {
        answer()
        let credentials = try await world.load(plan())
        #expect(credentials.key.id == Array("STS.id".utf8) && signsLike(credentials.key, "sts-secret"))
        #expect(credentials.key.withSecurityToken { $0?.text } == "sts-token")
        #expect(credentials.expiration == world.clock.after(3600))

        let asked = try #require(world.transport.asked.first)
        #expect(asked.route == .configured)
        #expect(asked.headers == ["Content-Type: application/x-www-form-urlencoded"])
        #expect(asked.form == "DurationSeconds=900&RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fgateway&RoleSessionName=gw-1")
        let call = received(asked)
        #expect(call.action == "AssumeRole" && call.version == "2015-04-01" && call[.timestamp] == "2026-01-02T03:04:05Z")
        let verifier = SignatureVerifier(nonces: NonceStore())
        #expect(throws: Never.self) { try verifier.verify(call, at: world.clock.timestamp) { _ in AccessKey() } }
    }

    /// The call as a server reads it.
    private func received(_ asked: FakeTransport.Asked) -> ReceivedCall {
        let target = Array(asked.line.replacing("post https://sts.aliyuncs.com", with: "").utf8)
        let form = Array(asked.form.utf8)
        return target.withView { target in
            form.withView { form in
                let type = ReceivedRequest.Header(
                    name: ("Content-Type" as StaticString).view, value: SignedRequest.formType.view)
                return ReceivedCall(
                    reading: ReceivedRequest(
                        method: ("POST" as StaticString).view, target: target, headers: [type], body: form))
            }
        }
    }

    @Test func sendsPolicyAndExternalID() async throws {
        answer()
        _ = try await world.load(
            plan {
                $0.policy = "{\"Version\":\"1\"}"
                $0.externalID = "x-1"
            })
        let form = try #require(world.transport.asked.first).form
        #expect(form.contains("&Policy=%7B%22Version%22%3A%221%22%7D&") && form.contains("&ExternalId=x-1&"))
    }

    /// Each role is assumed with the key of the one before.
    @Test func chainsRoles() async throws {
        world.transport.answer { [world] asked in
            let isFirst = asked.form.contains("RoleSessionName=gw-0")
            return (200, "{\"Credentials\":\(world.key(isFirst ? "STS.first" : "STS.second", token: isFirst ? "t/1" : "t2"))}")
        }
        let credentials = try await world.load(plan(with: plan { $0.name = "gw-0" }))
        #expect(credentials.key.id == Array("STS.second".utf8))
        let asked = world.transport.asked
        #expect(asked.count == 2)
        #expect(asked[0].line.contains("AccessKeyId=testid&") && !asked[0].line.contains("SecurityToken"))
        #expect(asked[1].line.contains("AccessKeyId=STS.first&") && asked[1].line.contains("&SecurityToken=t%2F1&"))
    }

    @Test func repeatsNothingOfARefusal() async {
        let name = "STS, role `acs:ram::1234567890123456:role/gateway`"
        answer(403, #"{"Code":"NoPermission","Message":"hunter2 string to sign is GET&SecurityToken=hunter2"}"#)
        #expect(await world.fault(plan()) == "\(name): refused with status 403 and code `NoPermission`")
        answer(500, "<html>hunter2</html>")
        #expect(await world.fault(plan()) == "\(name): refused with status 500")
        answer(400, #"{"Code":"hunter2 \u0007","Message":""}"#)
        #expect(await world.fault(plan()) == "\(name): refused with status 400")
        world.transport.answer { _ in nil }
        #expect(await world.fault(plan()) == "\(name): no connection")
        var nowhere = world.context
        nowhere.securityTokenService = nil
        await #expect(throws: CredentialError(name, "the address of STS is not known; add `sts` to the account's `endpoints`")) {
            _ = try await plan().source(nowhere).load()
        }
    }

    /// The cloud's clock decides: the next call is stamped by it, and ends are told in it.
    @Test func followsTheCloudsClock() async throws {
        world.transport.setDate("Fri, 02 Jan 2026 04:04:05 GMT")
        let source = try plan().source(world.context)
        answer(400, #"{"Code":"InvalidTimeStamp.Expired"}"#)
        _ = try? await source.load()
        answer(200, "{\"Credentials\":\(world.key(in: 7200))}")
        let credentials = try await source.load()
        #expect(world.transport.asked.map { received($0)[.timestamp] } == ["2026-01-02T03:04:05Z", "2026-01-02T04:04:05Z"])
        #expect(credentials.expiration == world.clock.after(3600))
    }

    @Test func aTokenOfAnIdentityProviderNeedsNoKey() async throws {
        let token = ScratchFile("aaaa.bb/bb.cc==\n", mode: 0o644)
        var world = world
        world.variables = [
            "ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:role/pod", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "acs:ram::1:oidc-provider/ack",
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE": token.path,
        ]
        answer()
        let source = try CredentialPlan.oidcRole(OIDCRole()).source(world.context)
        #expect(try await source.load().expiration == world.clock.after(3600))
        let asked = try #require(world.transport.asked.first)
        #expect(
            asked.form == "DurationSeconds=3600&OIDCProviderArn=acs%3Aram%3A%3A1%3Aoidc-provider%2Fack"
                + "&RoleArn=acs%3Aram%3A%3A1%3Arole%2Fpod&RoleSessionName=acs-gateway&OIDCToken=aaaa.bb%2Fbb.cc%3D%3D")
        #expect(asked.line.hasPrefix("post https://sts.aliyuncs.com/?Action=AssumeRoleWithOIDC&Format=JSON&SignatureNonce="))
        #expect(asked.line.hasSuffix("&Timestamp=2026-01-02T03%3A04%3A05Z&Version=2015-04-01"))
        // Read anew each time: the token is replaced before it expires.
        token.write("another.token.here")
        _ = try await source.load()
        #expect(world.transport.asked.last?.form.hasSuffix("&OIDCToken=another.token.here") == true)
        token.write("a")
        await #expect(throws: CredentialError(token.path, "holds no token of 4 to 20000 bytes")) { try await source.load() }
    }

    @Test func saysWhatTheEnvironmentLacksForAnOIDCRole() async {
        var world = world
        #expect(await world.fault(.oidcRole(OIDCRole())) == "OIDC role: ALIBABA_CLOUD_ROLE_ARN is not set")
        world.variables = ["ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:user/a"]
        #expect(await world.fault(.oidcRole(OIDCRole())) == "OIDC role: `acs:ram::1:user/a` is no ARN of a role")
        let role = OIDCRole(role: "acs:ram::1:role/a", provider: "p")
        #expect(await world.fault(.oidcRole(role)) == "OIDC role: ALIBABA_CLOUD_OIDC_TOKEN_FILE is not set")
    }

    @Test(
        arguments: [
            ([:], "https://sts.aliyuncs.com/"),
            (["ALIBABA_CLOUD_STS_REGION": "cn-hangzhou"], "https://sts.cn-hangzhou.aliyuncs.com/"),
            (
                ["ALIBABA_CLOUD_STS_REGION": "cn-hangzhou", "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED": "True"],
                "https://sts-vpc.cn-hangzhou.aliyuncs.com/"
            ),
        ] as [([String: String], String)])
    func findsThePublicService(_ variables: [String: String], _ expected: String) {
        #expect(CredentialContext.publicSecurityTokenService { variables[$0] }?.description == expected)
    }
}
