import Bytes
import Foundation
import Signer
import Testing

@testable import Gateway

@Suite struct KeysCommandTests {
    private let folder: ScratchFolder
    private var file: String { "\(folder.path)/keys.acs" }

    init() throws {
        folder = try ScratchFolder()
        try folder.writeSecret("correct horse battery\n", to: "passphrase")
    }

    private func run(_ command: String, _ arguments: String..., secret: String = "") async -> CommandRun {
        await CommandRun(
            ["keys", command, "--file", file, "--passphrase-file", "\(folder.path)/passphrase"] + arguments, secret: secret)
    }

    @Test func theLifeOfAKey() async throws {
        let added = await run("add", "--id", "LTAI1", "prod", secret: "S3CRET-1")
        #expect(added.code == 0 && added.output == "added `prod`, LTAI1\n", "\(added.errors)")
        #expect(await run("add", "--id", "LTAI2", "test", secret: "S3CRET-2").code == 0)
        let again = await run("add", "--id", "LTAI3", "prod", secret: "S3CRET-3")
        #expect(again.code == 1 && again.errors == "gateway: \(file): has a key `prod` already; `rotate` replaces it\n")
        #expect(await run("rotate", "--id", "LTAI4", "prod", secret: "S3CRET-4").output == "rotated `prod`, now LTAI4\n")
        let list = await run("list")
        let rows = list.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        #expect(rows.map { $0[0] } == ["NAME", "prod", "test"])
        #expect(rows.map { $0[1] } == ["ACCESS", "LTAI4", "LTAI2"])
        #expect(rows[1].count == 4 && rows[1][2].hasSuffix("Z"))
        #expect(await run("remove", "test").output == "removed `test`\n")
        #expect(await run("remove", "test").errors == "gateway: \(file): has no key `test`; there is `prod`\n")
        #expect(await run("list").output.split(separator: "\n").count == 2)
        for run in [added, again, list] { #expect(!run.output.contains("S3CRET") && !run.errors.contains("S3CRET")) }
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["keys.acs", "passphrase"])
    }

    @Test func faults() async throws {
        #expect(await run("list").errors == "gateway: \(file): cannot be read: No such file or directory\n")
        #expect(await run("rotate", "--id", "a", "prod", secret: "s").errors.contains("cannot be read"))
        #expect(
            await run("add", "--id", "a", "prod", secret: "").errors.contains("takes secrets of 1 to 256 printable characters"))
        #expect(await run("add", "--id", "a b", "prod", secret: "s").errors.contains("takes AccessKeyIds"))
        try folder.writeSecret("short", to: "passphrase")
        #expect(await run("add", "--id", "a", "prod", secret: "s").errors.contains("has 5 bytes; a new file takes 12 or more"))
        #expect(!FileManager.default.fileExists(atPath: file))
        try folder.writeSecret("correct horse battery", to: "passphrase")
        #expect(await run("add", "--id", "a", "prod", secret: "s").code == 0)
        try folder.writeSecret("incorrect horse battery", to: "passphrase")
        #expect(await run("list").errors.contains("does not open: the passphrase is another one, or the file was changed"))
    }

    /// Secrets have no place on a command line.
    @Test(arguments: ["--secret", "--access-key-secret", "--passphrase"])
    func takesNoSecretAsAnArgument(_ option: String) async {
        let run = await run("add", "--id", "a", option, "S3CRET", "prod")
        #expect(run.code == 2)
        #expect(!run.errors.contains("S3CRET"), "\(run.errors)")
    }

    @Test func signsWithAKeyOfTheFile() async throws {
        #expect(await run("add", "--id", "LTAI1", "prod", secret: "S3CRET-1").code == 0)
        try folder.write(
            """
            accounts:
              prod:
                account-id: "1"
                region: cn-beijing
                signature: acs3
                endpoints: {ecs: "http://127.0.0.1:8081"}
                credentials: {type: key-file, path: keys.acs, passphrase: {file: passphrase}}
              sandbox: {account-id: "2", region: r, simulated: true, default: true}
            principals: {ann: {}}
            """, to: "gateway.yaml")
        let config = "\(folder.path)/gateway.yaml"
        let signed = await CommandRun(["sign", "--config", config, "--account", "prod", "--product", "ecs", "DescribeRegions"])
        #expect(signed.code == 0, "\(signed.errors)")
        #expect(signed.output.contains("'Authorization: ACS3-HMAC-SHA256 Credential=LTAI1,"))
        #expect(signed.output.hasSuffix(" 'http://127.0.0.1:8081/?RegionId=cn-beijing'\n"))
        let simulated = await CommandRun(["sign", "--config", config, "--product", "ecs", "DescribeRegions"])
        #expect(simulated.code == 1 && simulated.errors.contains("account `sandbox` is simulated"))
        let unknown = await CommandRun(["sign", "--config", config, "--account", "x", "--product", "ecs", "DescribeRegions"])
        #expect(unknown.code == 2 && unknown.errors.contains("there is no account `x`; there is `prod` or `sandbox`"))
    }
}
