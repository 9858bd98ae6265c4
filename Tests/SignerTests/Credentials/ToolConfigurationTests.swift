import Bytes
import Testing

@testable import Signer

/// The command line tool's `config.json`.
@Suite struct ToolConfigurationTests {
    let world = FakeWorld()

    static let file = """
        {
          "current": "main",
          "profiles": [
            {"name": "main", "mode": "AK", "access_key_id": "id-1", "access_key_secret": "se\\u0063ret-1", "sts_token": "",
             "ram_role_name": "", "expired_seconds": 900, "region_id": "cn-hangzhou", "retry_count": 3, "extra": {"a": [1]}},
            {"name": "old", "access_key_id": "id-0", "access_key_secret": "secret-0"},
            {"name": "temporary", "mode": "StsToken", "access_key_id": "STS.1", "access_key_secret": "secret-2",
             "sts_token": "token-2", "sts_expiration": 1767326645},
            {"name": "role", "mode": "RamRoleArn", "access_key_id": "id-3", "access_key_secret": "secret-3",
             "ram_role_arn": "acs:ram::1:role/ops", "ram_session_name": "gw", "expired_seconds": 1800, "external_id": "x1",
             "policy": "{}"},
            {"name": "instance", "mode": "EcsRamRole", "ram_role_name": "web"},
            {"name": "instance-role", "mode": "RamRoleArnWithRoleName", "ram_role_name": "web",
             "ram_role_arn": "acs:ram::1:role/ops", "ram_session_name": "gw"},
            {"name": "chain", "mode": "ChainableRamRoleArn", "source_profile": "role", "ram_role_arn": "acs:ram::1:role/far",
             "ram_session_name": "gw-far"},
            {"name": "loop", "mode": "ChainableRamRoleArn", "source_profile": "loop-2", "ram_role_arn": "acs:ram::1:role/far"},
            {"name": "loop-2", "mode": "ChainableRamRoleArn", "source_profile": "loop", "ram_role_arn": "acs:ram::1:role/far"},
            {"name": "pod", "mode": "OIDC", "oidc_provider_arn": "acs:ram::1:oidc-provider/ack", "oidc_token_file": "/t",
             "ram_role_arn": "acs:ram::1:role/pod", "ram_session_name": "pod"},
            {"name": "uri", "mode": "CredentialsURI", "credentials_uri": "http://127.0.0.1/k"},
            {"name": "command", "mode": "External", "process_command": "/bin/echo  one two"},
            {"name": "sso", "mode": "CloudSSO", "access_token": "hunter2"}
          ],
          "meta_path": ""
        }
        """

    private func plan(_ content: String, _ profile: String?, runsCommands: Bool = false) throws -> CredentialPlan {
        let bytes = Array(content.utf8)
        return try bytes.withView { bytes throws(CredentialError) in
            try ToolConfiguration(bytes, path: "FILE", runsCommands: runsCommands).plan(of: profile)
        }
    }

    private func fault(_ content: String, _ profile: String? = nil) -> String {
        do {
            _ = try plan(content, profile)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func readsKeys() throws {
        for (profile, id, secret) in [(nil, "id-1", "secret-1"), ("old", "id-0", "secret-0"), ("temporary", "STS.1", "secret-2")]
        {
            guard case .key(let credentials) = try plan(Self.file, profile) else {
                Issue.record("no key")
                return
            }
            #expect(credentials.key.id == Array(id.utf8) && signsLike(credentials.key, secret))
            #expect(credentials.key.hasSecurityToken == (profile == "temporary"))
            #expect(credentials.expiration?.description == (profile == "temporary" ? "2026-01-02T04:04:05Z" : nil))
        }
    }

    @Test func readsRoles() throws {
        guard case .assumedRole(let session, .key(let own)) = try plan(Self.file, "role") else {
            Issue.record("no role")
            return
        }
        #expect(
            session == RoleSession(role: "acs:ram::1:role/ops", name: "gw", duration: 1800, policy: "{}", externalID: "x1"))
        #expect(signsLike(own.key, "secret-3"))
        guard case .assumedRole(let far, .assumedRole(session, .key)) = try plan(Self.file, "chain") else {
            Issue.record("no chain")
            return
        }
        #expect(far.name == "gw-far" && far.duration == 3600)
        #expect(try plan(Self.file, "instance") == .instanceRole(InstanceRole(name: "web")))
        #expect(
            try plan(Self.file, "instance-role")
                == .assumedRole(
                    RoleSession(role: "acs:ram::1:role/ops", name: "gw"), with: .instanceRole(InstanceRole(name: "web"))))
        #expect(try plan(Self.file, "uri") == .uri("http://127.0.0.1/k"))
        let pod = OIDCRole(
            role: "acs:ram::1:role/pod", provider: "acs:ram::1:oidc-provider/ack", tokenFile: "/t", sessionName: "pod")
        #expect(try plan(Self.file, "pod") == .oidcRole(pod))
    }

    @Test func runsCommandsOnlyWhereThatIsSaid() throws {
        #expect(
            fault(Self.file, "command")
                == "FILE:22: profile `command` names a command, which is run only where the gateway's configuration says `run-commands: true`"
        )
        #expect(
            try plan(Self.file, "command", runsCommands: true)
                == .process(ExternalCommand(arguments: ["/bin/echo", "one", "two"])))
    }

    @Test(arguments: [
        (
            "sso",
            "FILE:23: profile `sso` has mode `CloudSSO`, which is not supported; supported: AK, StsToken, RamRoleArn, EcsRamRole, RamRoleArnWithRoleName, ChainableRamRoleArn, OIDC, CredentialsURI, External"
        ),
        ("loop", "FILE:17: profile `loop` is its own source, by way of others"), ("nobody", "FILE: has no profile `nobody`"),
    ])
    func refusesProfiles(_ profile: String, _ expected: String) {
        #expect(fault(Self.file, profile) == expected)
    }

    @Test(arguments: [
        (
            #"{"profiles": [{"name": "default", "mode": "hunter2"}]}"#,
            "FILE:1: profile `default` has a mode that is not known; supported: AK, StsToken, RamRoleArn, EcsRamRole, RamRoleArnWithRoleName, ChainableRamRoleArn, OIDC, CredentialsURI, External"
        ),
        (
            #"{"profiles": [{"name": "default", "access_key_secret": "hunter2"}]}"#,
            "FILE:1: profile `default` has no access_key_id"
        ),
        (
            #"{"profiles": [{"name": "default", "access_key_id": "a", "access_key_secret": 7}]}"#,
            "FILE:1: profile `default` has no access_key_secret"
        ),
        (
            #"{"profiles": [{"name": "default", "mode": "StsToken", "access_key_id": "a", "access_key_secret": "b"}]}"#,
            "FILE:1: profile `default` has no sts_token"
        ),
        (
            #"{"profiles": [{"name": "default", "mode": "CredentialsURI", "credentials_uri": "hunter2"}]}"#,
            "FILE:1: profile `default` has a credentials_uri that is no URL"
        ),
        (
            #"{"profiles": [{"name": "default", "mode": "RamRoleArn", "access_key_id": "a", "access_key_secret": "b", "ram_role_arn": "acs:ram::1:role/r", "expired_seconds": 5}]}"#,
            "FILE:1: profile `default` has expired_seconds outside of 900 to 43200"
        ),
        ("{\"access_key_secret\":\n \"hunter2", "FILE:2: is no valid JSON: the text ends too early at byte 31"),
        ("", "FILE:1: is no valid JSON: the text ends too early at byte 0"),
        ("[]", "FILE:1: is no valid JSON: unexpected character at byte 0"),
        (#"{"current": "x", "profiles": ["hunter2", null, []]}"#, "FILE: has no profile `x`"),
    ])
    func namesTheFaultAndNotTheContent(_ content: String, _ expected: String) {
        #expect(fault(content) == expected)
    }

    @Test func findsFileAndProfileByTheEnvironment() async throws {
        let file = ScratchFile(Self.file)
        var world = world
        world.variables = ["ALIBABA_CLOUD_CONFIG_FILE": file.path]
        #expect(try await world.load(.profile(ProfileFile(.tool))).key.id == Array("id-1".utf8))
        world.variables["ALIBABA_CLOUD_PROFILE"] = "old"
        #expect(try await world.load(.profile(ProfileFile(.tool))).key.id == Array("id-0".utf8))
        file.write(Self.file, mode: 0o644)
        #expect(await world.fault(.profile(ProfileFile(.tool))).contains("accessible to others"))
    }
}
