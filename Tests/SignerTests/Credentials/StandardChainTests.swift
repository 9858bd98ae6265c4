import Bytes
import Testing

@testable import Signer

@Suite struct StandardChainTests {
    private static let ini = "[default]\ntype=access_key\naccess_key_id=ini\naccess_key_secret=s"
    private static let tool = #"{"profiles":[{"name":"default","access_key_id":"tool","access_key_secret":"s"}]}"#

    private func id(_ source: any CredentialSource) async throws -> String {
        String(decoding: try await source.load().key.id, as: UTF8.self)
    }

    @Test func looksInTheVendorsOrder() async throws {
        let (ini, tool, token) = (ScratchFile(Self.ini), ScratchFile(Self.tool), ScratchFile("a.b.c"))
        var world = FakeWorld()
        world.transport.answer { [world] asked in
            if asked.line.contains("AssumeRoleWithOIDC") { return (200, "{\"Credentials\":\(world.key("oidc"))}") }
            if asked.line.contains("meta-data") { return (200, world.key("metadata")) }
            return asked.line.contains("/uri") ? (200, world.key("uri")) : (404, "")
        }
        world.variables = [
            "ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:role/a", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "p",
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE": token.path, "ALIBABA_CLOUD_CONFIG_FILE": tool.path,
            "ALIBABA_CLOUD_CREDENTIALS_FILE": ini.path, "ALIBABA_CLOUD_ECS_METADATA": "web",
            "ALIBABA_CLOUD_CREDENTIALS_URI": "http://localhost/uri",
        ]
        for (expected, gone) in [
            ("oidc", ("ALIBABA_CLOUD_ROLE_ARN", "")), ("tool", ("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "TRUE")),
            ("ini", ("ALIBABA_CLOUD_CREDENTIALS_FILE", "/nonexistent")),
            ("metadata", ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")), ("uri", ("ALIBABA_CLOUD_CREDENTIALS_URI", "")),
        ] {
            #expect(try await id(StandardChain(world.context)) == expected)
            world.variables[gone.0] = gone.1
        }
        let fault = await world.fault(.standardChain)
        #expect(fault.hasPrefix("standard chain: no source has a key: environment: ALIBABA_CLOUD_ACCESS_KEY_ID"))
        #expect(fault.contains("; /nonexistent: cannot be read"))
    }

    @Test func keepsWhatGaveAKeyAndNothingElse() async throws {
        let ini = ScratchFile(Self.ini)
        var world = FakeWorld()
        world.variables = ["ALIBABA_CLOUD_CREDENTIALS_FILE": ini.path, "ALIBABA_CLOUD_CLI_PROFILE_DISABLED": "true"]
        let chain = StandardChain(world.context)
        ini.write(Self.ini, mode: 0o644)
        await #expect(throws: CredentialError.self) { try await chain.load() }
        // A complete failure must not leave the last source as the only one that is asked.
        #expect(chain.name == "standard chain")
        ini.write(Self.ini)
        #expect(try await id(chain) == "ini")
        #expect(chain.name == ini.path && chain.isLocal && !chain.isOutdated)
        world.transport.answer { [world] _ in (200, world.key("metadata")) }
        ini.write("broken")
        #expect(chain.isOutdated)
        await #expect(throws: CredentialError(ini.path, line: 1, "neither a section nor `key = value`")) {
            try await chain.load()
        }
    }
}
