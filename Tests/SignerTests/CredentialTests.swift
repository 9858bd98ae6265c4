import Bytes
import Glibc
import Testing

@testable import Signer

@Suite(.serialized) struct CredentialTests {
    /// A file of its own for each test, removed afterwards.
    private func withFile<Result>(
        _ content: String, mode: mode_t = 0o600, _ body: (String) throws -> Result
    ) rethrows -> Result {
        let path = "/tmp/signer-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let descriptor = open(path, O_CREAT | O_WRONLY | O_EXCL, mode)
        _ = content.withCString { write(descriptor, $0, strlen($0)) }
        fchmod(descriptor, mode)
        close(descriptor)
        defer { unlink(path) }
        return try body(path)
    }

    private func fault(_ content: String, profile: String = "default", mode: mode_t = 0o600) -> String? {
        withFile(content, mode: mode) { path -> String? in
            do {
                _ = try FileCredentials(path: path, profile: profile)
                return nil
            } catch {
                return "\(error)".replacing(path, with: "FILE")
            }
        }
    }

    /// Whether a key's secret is `secret`.
    private func expect(_ key: AccessKey, _ id: String, _ secret: String) {
        let message = Array("message".utf8)
        let expected = AccessKey(id, secret)
        let code = message.withView { expected.authenticationCode(of: $0, .hmacSHA1) }
        #expect(key.id == expected.id)
        #expect(
            code.withBytes { bytes in message.withView { key.authenticationCode(of: $0, .hmacSHA1) }.equals(bytes) })
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
        """

    @Test(arguments: [("default", "id-1", "se#cret=1"), ("ops", "id-2", "secret-2")])
    func readsProfiles(_ profile: String, _ id: String, _ secret: String) throws {
        try withFile(Self.file) { path in
            let credentials = try FileCredentials(path: path, profile: profile)
            expect(credentials.current().key, id, secret)
            #expect(credentials.source == path)
            #expect(credentials.current().expiration == nil)
            guard case .ready(nil) = credentials.status else {
                Issue.record("a key from a file is always ready")
                return
            }
        }
    }

    @Test(arguments: [
        ("[default]\ntype=access_key\naccess_key_id=a", "FILE:1: profile `default` has no access_key_secret"),
        ("[default]\ntype=access_key\naccess_key_secret=a", "FILE:1: profile `default` has no access_key_id"),
        (
            "[default]\ntype=access_key\naccess_key_id=\naccess_key_secret=a",
            "FILE:1: profile `default` has no access_key_id"
        ),
        ("\n[default]\naccess_key_id=a", "FILE:2: profile `default` has no type (supported: access_key)"),
        (
            "[default]\ntype=ram_role_arn",
            "FILE:1: profile `default` has type `ram_role_arn`; supported: access_key"
        ),
        ("[default]\ntype=hunter2", "FILE:1: profile `default` has a type that is not known; supported: access_key"),
        ("[other]\n", "FILE: has no profile `default`"), ("", "FILE: has no profile `default`"),
        ("[default]\nhunter2", "FILE:2: neither a section nor `key = value`"),
        ("[default]\n=hunter2", "FILE:2: neither a section nor `key = value`"),
        ("a=hunter2\n[default]", "FILE:1: entry before the first section"),
        ("[default\n", "FILE:1: section without `]`"),
        ("[default]\na=1\na=2", "FILE:3: key given twice in profile `default`"),
        ("[default]\n[x]\n[default]", "FILE:3: profile `default` given twice"),
    ])
    func namesTheFaultAndNotTheContent(_ content: String, _ expected: String) {
        let fault = fault(content)
        #expect(fault == expected)
        #expect(fault?.contains("hunter2") == false)
    }

    @Test(arguments: [mode_t(0o640), 0o604, 0o660, 0o644, 0o620])
    func refusesFilesThatOthersCanRead(_ mode: mode_t) {
        #expect(fault(Self.file, mode: mode) == "FILE: is accessible to others than its owner (chmod 600 mends that)")
        #expect(fault(Self.file, mode: 0o400) == nil)
    }

    @Test func refusesWhatIsNoSmallFile() {
        #expect(fault(Self.file + String(repeating: "#\n", count: 1 << 15))?.contains("larger") == true)
        #expect(throws: CredentialError("/tmp", "is no regular file")) { try FileCredentials(path: "/tmp") }
        #expect(throws: CredentialError("/nonexistent/x", "cannot be read: No such file or directory")) {
            try FileCredentials(path: "/nonexistent/x")
        }
    }

    private func variables(_ name: String) -> EnvironmentCredentials.Variables {
        EnvironmentCredentials.Variables(
            id: "T_\(name)_ID", secret: "T_\(name)_SECRET", securityToken: "T_\(name)_TOKEN")
    }

    @Test func takesTheKeyOutOfTheEnvironment() throws {
        let names = variables("TAKES")
        setenv(names.id, "env-id", 1)
        setenv(names.secret, "env-secret", 1)
        setenv(names.securityToken, "env-token", 1)
        guard let memory = getenv(names.secret), let tokenMemory = getenv(names.securityToken) else {
            Issue.record("setenv failed")
            return
        }
        let credentials = try EnvironmentCredentials.capture(names).get()
        expect(credentials.key, "env-id", "env-secret")
        #expect(credentials.key.withSecurityToken { $0?.text } == "env-token")
        #expect(getenv(names.secret) == nil && getenv(names.securityToken) == nil)
        #expect(memory.pointee == 0 && memory[5] == 0 && tokenMemory[4] == 0)
    }

    @Test func anEmptyVariableCountsAsAbsent() throws {
        let names = variables("EMPTY")
        setenv(names.id, "", 1)
        setenv(names.secret, "", 1)
        #expect(throws: CredentialError("environment", "\(names.id) and \(names.secret) not set")) {
            try EnvironmentCredentials.capture(names).get()
        }
        setenv(names.id, "id", 1)
        setenv(names.secret, "secret", 1)
        setenv(names.securityToken, "", 1)
        #expect(try !EnvironmentCredentials.capture(names).get().key.hasSecurityToken)
    }
}
