import Bytes
import Glibc
import Testing

@testable import Signer

@Suite(.serialized) struct EnvironmentTests {
    private func variables(_ name: String) -> EnvironmentCredentials.Variables {
        EnvironmentCredentials.Variables(
            id: "T_\(name)_ID", secret: "T_\(name)_SECRET", securityToken: "T_\(name)_TOKEN")
    }

    private func set(_ name: String, _ value: String) {
        ProcessEnvironment.exclusively { setenv(name, value, 1) }
    }

    @Test func takesTheKeyOutOfTheEnvironment() throws {
        let names = variables("TAKES")
        set(names.id, "env-id")
        set(names.secret, "env-secret")
        set(names.securityToken, "env-token")
        guard let memory = getenv(names.secret), let tokenMemory = getenv(names.securityToken) else {
            Issue.record("setenv failed")
            return
        }
        let credentials = try EnvironmentCredentials.capture(names).get()
        #expect(credentials.key.id == Array("env-id".utf8))
        #expect(signsLike(credentials.key, "env-secret"))
        #expect(credentials.key.withSecurityToken { $0?.text } == "env-token")
        #expect(getenv(names.secret) == nil && getenv(names.securityToken) == nil)
        #expect(memory.pointee == 0 && memory[5] == 0 && tokenMemory[4] == 0)
    }

    @Test func anEmptyVariableCountsAsAbsent() throws {
        let names = variables("EMPTY")
        set(names.id, "")
        set(names.secret, "")
        #expect(throws: CredentialError("environment", "\(names.id) and \(names.secret) not set")) {
            try EnvironmentCredentials.capture(names).get()
        }
        set(names.id, "id")
        set(names.secret, "secret")
        set(names.securityToken, "")
        #expect(try !EnvironmentCredentials.capture(names).get().key.hasSecurityToken)
    }

    /// A secret that several need is read once, and gone from the environment then.
    @Test func keepsASharedSecret() {
        let name = "T_SHARED"
        set(name, "a passphrase")
        guard let memory = getenv(name) else { return }
        for _ in 0..<2 { #expect(EnvironmentSecret.shared(name)?.withView(\.text) == "a passphrase") }
        #expect(getenv(name) == nil && memory.pointee == 0 && memory[11] == 0)
        #expect(EnvironmentSecret.shared("T_SHARED_NOT") == nil)
    }
}
