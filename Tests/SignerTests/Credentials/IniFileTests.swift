import Bytes
import Glibc
import Testing

@testable import Signer

@Suite struct IniFileTests {
    private let world = FakeWorld()

    private func plan(_ file: ScratchFile, _ profile: String? = "default") -> CredentialPlan {
        .profile(ProfileFile(.ini, path: file.path, profile: profile))
    }

    private func fault(_ content: String, profile: String = "default", mode: mode_t = 0o600) async -> String {
        let file = ScratchFile(content, mode: mode)
        return await world.fault(plan(file, profile)).replacing(file.path, with: "FILE")
    }

    static let file = """
        # the vendor's example
        ; and another comment
        [default]
        type = access_key # a comment
        access_key_id = id-1
        access_key_secret=se#cret=1  # not part of it

        [ ops ]
        TYPE = access_key\r
        access_key_id = id-2\r
        access_key_secret = secret-2\r
        policy = {"Version":"1"}

        [role]
        type = ram_role_arn
        access_key_id = id-3
        access_key_secret = secret-3
        role_arn = acs:ram::1:role/ops
        policy = {"Version":"1"}
        """

    @Test(arguments: [("default", "id-1", "se#cret=1"), ("ops", "id-2", "secret-2")])
    func readsProfiles(_ profile: String, _ id: String, _ secret: String) async throws {
        let file = ScratchFile(Self.file)
        let credentials = try await world.load(plan(file, profile))
        #expect(credentials.key.id == Array(id.utf8))
        #expect(signsLike(credentials.key, secret))
        #expect(credentials.expiration == nil)
    }

    /// A profile with a role is the role's key, by the key beside it.
    @Test func assumesTheRoleOfAProfile() async throws {
        let file = ScratchFile(Self.file)
        world.transport.answer { [world] _ in (200, "{\"Credentials\": \(world.key())}") }
        let credentials = try await world.load(plan(file, "role"))
        #expect(signsLike(credentials.key, "sts-secret"))
        let asked = try #require(world.transport.asked.first)
        #expect(asked.line.contains("AccessKeyId=id-3&Action=AssumeRole&"))
        #expect(
            asked.form == "DurationSeconds=3600&Policy=%7B%22Version%22%3A%221%22%7D"
                + "&RoleArn=acs%3Aram%3A%3A1%3Arole%2Fops&RoleSessionName=acs-gateway")
    }

    @Test func asksTheMetadataServiceForAProfile() async throws {
        let file = ScratchFile("[default]\ntype = ecs_ram_role\nrole_name = web")
        world.transport.answer { [world] asked in asked.line.hasPrefix("put") ? (404, "") : (200, world.key()) }
        #expect(try await world.load(plan(file)).expiration == world.clock.after(3600))
        #expect(world.transport.asked.last?.line == "get http://100.100.100.200/latest/meta-data/ram/security-credentials/web")
    }

    @Test func findsFileAndProfileByTheEnvironment() async throws {
        let file = ScratchFile(Self.file)
        var world = world
        world.variables = ["ALIBABA_CLOUD_CREDENTIALS_FILE": file.path, "ALIBABA_CLOUD_PROFILE": "ops"]
        #expect(try await world.load(.profile(ProfileFile(.ini))).key.id == Array("id-2".utf8))
        world.variables = ["HOME": "/nonexistent"]
        #expect(
            await world.fault(.profile(ProfileFile(.ini)))
                == "/nonexistent/.alibabacloud/credentials: cannot be read: No such file or directory")
        world.variables = [:]
        #expect(await world.fault(.profile(ProfileFile(.ini))) == "~/.alibabacloud/credentials: cannot be found: HOME is not set")
    }

    /// The file is looked at again when it has changed, and only then.
    @Test func seesThatTheFileHasChanged() async throws {
        let file = ScratchFile("[default]\ntype=access_key\naccess_key_id=a\naccess_key_secret=first")
        let source = try plan(file).source(world.context)
        #expect(!source.isOutdated && source.isLocal)
        #expect(signsLike(try await source.load().key, "first"))
        #expect(!source.isOutdated)
        file.write("[default]\ntype=access_key\naccess_key_id=a\naccess_key_secret=another")
        #expect(source.isOutdated)
        #expect(signsLike(try await source.load().key, "another"))
        #expect(!source.isOutdated)
    }

    @Test(arguments: [
        ("[default]\ntype=access_key\naccess_key_id=a", "FILE:1: profile `default` has no access_key_secret"),
        ("[default]\ntype=access_key\naccess_key_secret=a", "FILE:1: profile `default` has no access_key_id"),
        (
            "[default]\ntype=access_key\naccess_key_id=\naccess_key_secret=a",
            "FILE:1: profile `default` has no access_key_id"
        ),
        (
            "\n[default]\naccess_key_id=a",
            "FILE:2: profile `default` has no type (supported: access_key, ecs_ram_role, ram_role_arn, oidc_role_arn)"
        ),
        (
            "[default]\ntype=rsa_key_pair",
            "FILE:1: profile `default` has type `rsa_key_pair`, which is not supported; supported: access_key, ecs_ram_role, ram_role_arn, oidc_role_arn"
        ),
        (
            "[default]\ntype=hunter2",
            "FILE:1: profile `default` has a type that is not known; supported: access_key, ecs_ram_role, ram_role_arn, oidc_role_arn"
        ),
        (
            "[default]\ntype=ram_role_arn\naccess_key_id=a\naccess_key_secret=b",
            "FILE:1: profile `default` has no role_arn"
        ),
        (
            "[default]\ntype=ram_role_arn\naccess_key_id=a\naccess_key_secret=b\nrole_arn=hunter2",
            "FILE:1: profile `default` has a role_arn that is none"
        ),
        ("[default]\ntype=ecs_ram_role\nrole_name=../hunter2", "FILE:1: profile `default` has a role_name that no role can have"),
        (
            "[default]\ntype=oidc_role_arn\nrole_arn=acs:ram::1:role/a",
            "FILE:1: profile `default` has no oidc_provider_arn"
        ),
        ("[other]\n", "FILE: has no profile `default`"), ("", "FILE: has no profile `default`"),
        ("[default]\nhunter2", "FILE:2: neither a section nor `key = value`"),
        ("[default]\n=hunter2", "FILE:2: neither a section nor `key = value`"),
        ("a=hunter2\n[default]", "FILE:1: entry before the first section"),
        ("[default\n", "FILE:1: section without `]`"),
        ("[default]\na=1\na=2", "FILE:3: key given twice in profile `default`"),
        ("[default]\n[x]\n[default]", "FILE:3: profile `default` given twice"),
    ])
    func namesTheFaultAndNotTheContent(_ content: String, _ expected: String) async {
        let fault = await fault(content)
        #expect(fault == expected)
        #expect(!fault.contains("hunter2"))
    }

    @Test(arguments: [mode_t(0o640), 0o604, 0o660, 0o644, 0o620])
    func refusesFilesThatOthersCanRead(_ mode: mode_t) async {
        #expect(await fault(Self.file, mode: mode) == "FILE: is accessible to others than its owner (chmod 600 mends that)")
        #expect(await fault(Self.file, mode: 0o400) == "none")
    }

    /// What Kubernetes mounts for a process that is not root.
    @Test func mayLetTheGroupRead() async {
        let file = ScratchFile(Self.file, mode: 0o440)
        let plan = CredentialPlan.profile(ProfileFile(.ini, path: file.path, profile: "default", access: .groupMayRead))
        #expect(await world.fault(plan) == "none")
        for mode: mode_t in [0o460, 0o444, 0o641] {
            file.write(Self.file, mode: mode)
            let fault = await world.fault(plan)
            #expect(fault.hasSuffix("others than its owner and group (chmod 640 mends that)"))
        }
    }

    @Test func refusesWhatIsNoSmallFile() async {
        #expect(await fault(Self.file + String(repeating: "#\n", count: 1 << 15)).contains("larger"))
        for (path, reason) in [("/tmp", "is no regular file"), ("/nonexistent/x", "cannot be read: No such file or directory")] {
            #expect(await world.fault(.profile(ProfileFile(.ini, path: path))) == "\(path): \(reason)")
        }
    }
}
