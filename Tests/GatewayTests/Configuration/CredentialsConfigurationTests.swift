import Foundation
import Signer
import Testing

@testable import Gateway

/// `credentials` of every type, and what is wrong with them.
@Suite struct CredentialsConfigurationTests {
    static let role = "acs:ram::1:role/gateway"

    /// What is wrong with the credentials of an account `prod` with the number 1.
    private func faults(_ credentials: String, folder: ScratchFolder? = nil) -> [ConfigurationFault] {
        let text = """
            accounts:
              prod:
                account-id: "1"
                region: cn-hangzhou
                credentials: \(credentials)
            principals: {ann: {tokens: ["sha256:\(String(repeating: "ab", count: 32))"], policies: [reader]}}
            """
        return ConfigurationFaultTests.faults(in: text, folder: folder?.path ?? "/nowhere")
    }

    /// The plan of an account `prod` with the number 1.
    private func plan(_ credentials: String, folder: ScratchFolder) throws -> CredentialPlan {
        try folder.write(
            #"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}]}"#,
            to: "policies/reader.json")
        let text = """
            accounts:
              prod: {account-id: "1", region: cn-hangzhou, credentials: \(credentials)}
            principals: {ann: {tokens: ["sha256:\(String(repeating: "ab", count: 32))"], policies: [reader]}}
            policies: policies/
            """
        let loaded = try Configuration.load(text: text, file: "gateway.yaml", folder: folder.path)
        guard case .cloud(_, let plan)? = loaded.configuration.accounts.first?.upstream else { throw CommandFailure("no plan") }
        return plan
    }

    @Test func everyType() throws {
        let folder = try ScratchFolder()
        try folder.writeSecret("[ops]\ntype=access_key\naccess_key_id=a\naccess_key_secret=b", to: "keys.ini")
        try folder.writeSecret(#"{"profiles":[{"name":"ops","access_key_id":"a","access_key_secret":"b"}]}"#, to: "config.json")
        try folder.write(#"{"Version":"1","Statement":[]}"#, to: "session.json")
        var session = RoleSession(role: Self.role, name: "gw", duration: 7200)
        session.externalID = "x-1"
        var tool = ProfileFile(.tool, path: "\(folder.path)/config.json", profile: "ops", access: .groupMayRead)
        tool.runsCommands = true
        var pod = OIDCRole(role: Self.role, provider: "acs:ram::1:oidc-provider/ack", tokenFile: "/var/token", sessionName: "pod")
        pod.duration = 900
        let cases: [(String, CredentialPlan)] = [
            ("{type: environment}", .environment), ("{type: default}", .standardChain),
            ("{type: file}", .profile(ProfileFile(.ini))),
            (
                "{type: file, path: keys.ini, profile: ops}",
                .profile(ProfileFile(.ini, path: "\(folder.path)/keys.ini", profile: "ops"))
            ),
            ("{type: cli}", .profile(ProfileFile(.tool))),
            ("{type: cli, path: config.json, profile: ops, group-readable: true, run-commands: true}", .profile(tool)),
            ("{type: instance-role}", .instanceRole(InstanceRole())),
            (
                "{type: instance-role, role-name: web, hardened: true, endpoint: 'http://127.0.0.1:8/'}",
                .instanceRole(InstanceRole(name: "web", endpoint: "http://127.0.0.1:8", isHardened: true))
            ),
            (
                "{type: sts-assume-role, role-arn: '\(Self.role)'}",
                .assumedRole(.init(role: Self.role, name: "acs-gateway"), with: .environment)
            ),
            (
                "{type: sts-assume-role, role-arn: '\(Self.role)', session-name: gw, duration: 2h, external-id: x-1, source: {type: instance-role}}",
                .assumedRole(session, with: .instanceRole(InstanceRole()))
            ),
            (
                "{type: sts-assume-role, role-arn: '\(Self.role)', source: {type: sts-assume-role, role-arn: 'acs:ram::2:role/far'}}",
                .assumedRole(
                    .init(role: Self.role, name: "acs-gateway"),
                    with: .assumedRole(.init(role: "acs:ram::2:role/far", name: "acs-gateway"), with: .environment))
            ),
            ("{type: oidc-role}", .oidcRole(OIDCRole())),
            (
                "{type: oidc-role, role-arn: '\(Self.role)', provider-arn: 'acs:ram::1:oidc-provider/ack', token-file: /var/token, session-name: pod, duration: 15m}",
                .oidcRole(pod)
            ),
            ("{type: credentials-uri, url: 'http://127.0.0.1:7/k?x=y'}", .uri("http://127.0.0.1:7/k?x=y")),
            (
                "{type: process, command: [/bin/echo, a b, '$HOME'], time-limit: 5s}",
                .process(ExternalCommand(arguments: ["/bin/echo", "a b", "$HOME"], timeLimit: .seconds(5)))
            ),
        ]
        for (text, expected) in cases { #expect(try plan(text, folder: folder) == expected, "\(text)") }
    }

    @Test func keyFilesAndTheirPassphrase() throws {
        let folder = try ScratchFolder()
        try folder.writeSecret("a passphrase", to: "passphrase")
        try Self.makeKeyFile("\(folder.path)/keys.acs")
        for (text, passphrase) in [
            ("", Passphrase.environment("ACS_GATEWAY_PASSPHRASE")), (", passphrase: {environment: MINE}", .environment("MINE")),
            (", passphrase: {file: passphrase}", .file("\(folder.path)/passphrase")),
            (", passphrase: {credential: acs}", .credential("acs")), (", passphrase: {prompt: true}", .prompt),
        ] {
            let plan = try plan("{type: key-file, path: keys.acs\(text)}", folder: folder)
            #expect(plan == .keyFile(KeyFileReference(path: "\(folder.path)/keys.acs", key: "prod", passphrase: passphrase)))
        }
        let other = try plan("{type: key-file, path: keys.acs, key: other, group-readable: true}", folder: folder)
        #expect(
            other
                == .keyFile(
                    KeyFileReference(
                        path: "\(folder.path)/keys.acs", key: "other", passphrase: .environment("ACS_GATEWAY_PASSPHRASE"),
                        access: .groupMayRead)))
    }

    /// What has the form of a key file, as far as one can tell without a passphrase.
    private static func makeKeyFile(_ path: String) throws {
        var bytes = Array("ACSKEYS\0".utf8) + [1, 1, 16, 8, 2, 0, 0, 0]
        bytes += [UInt8](repeating: 7, count: 28) + [0, 0, 0, 18] + [UInt8](repeating: 9, count: 18)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    @Test(arguments: [
        ("{type: keyfile}", "type", "`keyfile`", "did you mean `key-file`?"),
        ("{type: instance-role, role-name: a/b}", "role-name", "`a/b`", "the name of a RAM role"),
        ("{type: instance-role, endpoint: 'https://h'}", "endpoint", "`https://h`", "`http://host[:port]`"),
        ("{type: sts-assume-role}", "role-arn", "nothing", "`acs:ram::ACCOUNT:role/NAME`"),
        ("{type: sts-assume-role, role-arn: 'acs:ram::2:role/a'}", "role-arn", "a role of account `2`", "`account-id`, `1`"),
        ("{type: sts-assume-role, role-arn: '\(role)', duration: 1m}", "duration", "`1m`", "from 15m to 12h"),
        ("{type: sts-assume-role, role-arn: '\(role)', session-name: x}", "session-name", "`x`", "2 to 64 letters"),
        ("{type: sts-assume-role, role-arn: '\(role)', external-id: 'a b'}", "external-id", "`a b`", "2 to 1224"),
        (
            "{type: sts-assume-role, role-arn: '\(role)', policy: '{}'}", "policy", "a policy with no Version",
            "\"Version\": \"1\""
        ),
        (
            "{type: sts-assume-role, role-arn: '\(role)', policy: '{}', policy-file: x}", "policy-file",
            "`policy-file` beside `policy`", "one of them"
        ),
        ("{type: sts-assume-role, role-arn: '\(role)', source: {type: nothing}}", "source.type", "`nothing`", "`environment`"),
        ("{type: oidc-role, role-arn: x}", "role-arn", "`x`", "`acs:ram::ACCOUNT:role/NAME`"),
        ("{type: oidc-role, provider-arn: x}", "provider-arn", "`x`", "oidc-provider"),
        ("{type: credentials-uri, url: 'http://me:S3CRET@h/'}", "url", "a text that is no such URL", "without a user name"),
        ("{type: credentials-uri}", "url", "nothing", "`http://host[:port]/path`"),
        ("{type: process, command: [echo]}", "command", "program `echo`", "absolute path"),
        ("{type: process, command: [/nowhere/x]}", "command", "program `/nowhere/x`: no such file or directory", "absolute path"),
        ("{type: process, command: /bin/echo}", "command", "a text", "a list of program and arguments"),
        ("{type: process, command: []}", "command", "an empty list", "absolute path"),
        ("{type: key-file}", "path", "nothing", "`gateway keys add`"),
        ("{type: key-file, path: x}", "path", "/nowhere/x: cannot be read: No such file or directory", "`gateway keys add`"),
        ("{type: key-file, path: /dev/null}", "path", "/dev/null: is no regular file", "`gateway keys add`"),
        ("{type: key-file, path: x, passphrase: S3CRET}", "passphrase", "a text", "never the passphrase"),
        ("{type: key-file, path: x, passphrase: {file: y, environment: Z}}", "passphrase", "none of them, or several", "one of"),
        ("{type: key-file, path: x, passphrase: {credential: ../y}}", "passphrase.credential", "`../y`", "systemd credential"),
        ("{type: key-file, path: x, secret: S3CRET}", "secret", "an access key in the configuration", "no secret in this file"),
        ("{type: cli, path: /nonexistent}", "path", "/nonexistent: cannot be read: No such file or directory", "`config.json`"),
        ("{type: environment, profile: x}", "", "unknown key `profile`", "`type`"),
    ])
    func faults(_ credentials: String, _ place: String, _ found: String, _ allowed: String) throws {
        let faults = faults(credentials)
        let path = place.isEmpty ? "accounts.prod.credentials" : "accounts.prod.credentials.\(place)"
        let fault = try #require(faults.first { $0.path == path && $0.found.contains(found) }, "\(faults)")
        #expect(fault.line == 5 && fault.allowed.contains(allowed), "\(fault)")
        #expect(!faults.contains { $0.description.contains("S3CRET") })
    }

    @Test func namesTheLineOfAFaultyProfile() throws {
        let folder = try ScratchFolder()
        try folder.writeSecret("[ops]\ntype=hunter2", to: "keys.ini")
        let faults = faults("{type: file, path: keys.ini, profile: ops}", folder: folder)
        #expect(faults.first?.found.hasPrefix("\(folder.path)/keys.ini:1: profile `ops` has a type that is not known") == true)
        try folder.write("", to: "open.ini")
        let open = self.faults("{type: file, path: open.ini}", folder: folder)
        #expect(open.first?.found.contains("is accessible to others than its owner (chmod 600 mends that)") == true)
    }

    @Test(arguments: [
        ("http://127.0.0.1/k", false), ("http://localhost:1/k", false), ("https://h/k", false), ("http://h:1/k?a", true),
    ])
    func warnsOfPlainHTTP(_ url: String, _ warns: Bool) {
        let isThere = faults("{type: credentials-uri, url: '\(url)'}").contains { $0.found == "plain HTTP to another machine" }
        #expect(isThere == warns)
    }

    @Test(arguments: [
        ("acs:ram::7:role/a", "a role of account `7` for `ann`"), ("nonsense", "`nonsense`"),
        ("['acs:ram::1:role/a', 'acs:ram::1:role/b']", "a second role of account `1`"),
    ])
    func rolesOfPrincipals(_ role: String, _ found: String) throws {
        let text = """
            accounts: {prod: {account-id: "1", region: cn-hangzhou}}
            principals: {ann: {assume-role: \(role)}}
            """
        let faults = ConfigurationFaultTests.faults(in: text, folder: "/")
        #expect(faults.contains { $0.found == found && $0.line == 2 }, "\(faults)")
    }
}
