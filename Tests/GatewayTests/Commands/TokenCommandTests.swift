import Foundation
import Testing

@testable import Gateway

@Suite struct TokenCommandTests {
    static func hash(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

    static let text = """
        # Who may call.
        accounts: {sandbox: {account-id: "1234", region: cn-hangzhou, simulated: true}}
        principals:
          ann:   # the first
            policies: [AdministratorAccess]
            tokens:
              # at home
              - "\(hash("a"))"   # the old one
              # at work
              - hash: "\(hash("b"))"
                name: laptop
                # until the project ends
                expires: 2020-12-31T00:00:00Z

              - {hash: "\(hash("c"))", name: phone, expires: "2099-12-31T00:00:00Z"}
          bob: {tokens: ["\(hash("d"))", {hash: '\(hash("e"))', name: ci}, \(hash("f"))], policies: [ReadOnlyAccess]}
          eve:
            tokens:
            - "\(hash("1"))"
            policies: []
          kim: {tokens: ["\(hash("2"))"]}
          ute:
            tokens: [
              "\(hash("3"))",   # one
              "\(hash("4"))"    # two
            ]

        """

    @Test func listTellsAllOfThem() async throws {
        let folder = try ScratchFolder(["gateway.yaml": Self.text])
        let run = await CommandRun(["token", "list", "--config", "\(folder.path)/gateway.yaml"])
        #expect(run.code == 0)
        #expect(
            run.output == """
                PRINCIPAL  NAME    HASH                 EXPIRES
                ann        -       sha256:aaaaaaaaaaaa  -
                ann        laptop  sha256:bbbbbbbbbbbb  2020-12-31T00:00:00Z (expired)
                ann        phone   sha256:cccccccccccc  2099-12-31T00:00:00Z
                bob        -       sha256:dddddddddddd  -
                bob        ci      sha256:eeeeeeeeeeee  -
                bob        -       sha256:ffffffffffff  -
                eve        -       sha256:111111111111  -
                kim        -       sha256:222222222222  -
                ute        -       sha256:333333333333  -
                ute        -       sha256:444444444444  -

                """)
        let one = await CommandRun(["token", "list", "--config", "\(folder.path)/gateway.yaml", "--principal", "kim"])
        #expect(one.output.split(separator: "\n").count == 2)
    }

    /// What is cut out of the text, or exchanged in it.
    @Test(
        arguments: [
            ("a", "      - \"\(hash("a"))\"   # the old one\n", ""),
            (
                "b",
                "      - hash: \"\(hash("b"))\"\n        name: laptop\n        # until the project ends\n        expires: 2020-12-31T00:00:00Z\n",
                ""
            ),
            ("c", "      - {hash: \"\(hash("c"))\", name: phone, expires: \"2099-12-31T00:00:00Z\"}\n", ""),
            ("d", "\"\(hash("d"))\", ", ""),
            ("e", "{hash: '\(hash("e"))', name: ci}, ", ""),
            ("f", ", \(hash("f"))", ""),
            ("1", "    tokens:\n    - \"\(hash("1"))\"\n", "    tokens: []\n"),
            ("2", "[\"\(hash("2"))\"]", "[]"),
            ("3", "\"\(hash("3"))\",   # one", "# one"),
            ("4", "      \"\(hash("4"))\"    # two", "          # two"),
        ] as [(Character, String, String)])
    func revokeTouchesNothingElse(_ digit: Character, _ old: String, _ new: String) async throws {
        let folder = try ScratchFolder(["gateway.yaml": Self.text])
        let path = "\(folder.path)/gateway.yaml"
        let run = await CommandRun(["token", "revoke", "--config", path, String(Self.hash(digit).prefix(17))])
        let after = try String(contentsOfFile: path, encoding: .utf8)
        #expect(run.code == 0, "\(run.errors)")
        #expect(after == Self.text.replacingOccurrences(of: old, with: new), "\(after)")
    }

    @Test func revokeByName() async throws {
        let folder = try ScratchFolder(["gateway.yaml": Self.text])
        let path = "\(folder.path)/gateway.yaml"
        let run = await CommandRun(["token", "revoke", "--config", path, "--principal", "bob", "--name", "ci"])
        #expect(run.code == 0)
        #expect(run.output == "revoked sha256:eeeeeeeeeeee ci of bob\n")
        let again = await CommandRun(["token", "revoke", "--config", path, "--principal", "bob", "--name", "ci"])
        #expect(again.code == 1)
        #expect(again.errors.contains("no such token"))
    }

    @Test func allOfThemOneAfterTheOther() async throws {
        let folder = try ScratchFolder(["gateway.yaml": Self.text])
        let path = "\(folder.path)/gateway.yaml"
        for digit in "a4b3c2d1ef" {
            let run = await CommandRun(["token", "revoke", "--config", path, String(Self.hash(digit).dropFirst(7))])
            #expect(run.code == 0, "\(digit): \(run.errors)\n\((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")")
        }
        let rest = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!rest.contains("sha256:"))
        for comment in ["# Who may call.", "# the first", "# at home", "# at work", "# one"] {
            #expect(rest.contains(comment), "\(comment)")
        }
    }

    @Test func theFileKeepsItsMode() async throws {
        let folder = try ScratchFolder(["real.yaml": Self.text])
        let real = "\(folder.path)/real.yaml"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/gateway.yaml", withDestinationPath: "real.yaml")
        let run = await CommandRun(["token", "revoke", "--config", "\(folder.path)/gateway.yaml", "sha256:aaaaaaaa"])
        #expect(run.code == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try !String(contentsOfFile: real, encoding: .utf8).contains(Self.hash("a")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }

    /// A list that two principals share by an alias: taking a token out of it would take it from both.
    @Test func whatCannotBeEditedStays() async throws {
        let text = """
            principals:
              ann: {tokens: &all ["\(Self.hash("a"))", "\(Self.hash("b"))"]}
              bob: {tokens: *all}

            """
        let folder = try ScratchFolder(["gateway.yaml": text])
        let path = "\(folder.path)/gateway.yaml"
        let run = await CommandRun(["token", "revoke", "--config", path, "--principal", "ann", "aaaaaaaa"])
        #expect(run.code == 1)
        #expect(run.errors.contains("is left as it is"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func severalMatches() async throws {
        let text = "principals:\n  ann: {tokens: [\"\(Self.hash("a"))\", \"sha256:\(String(repeating: "a", count: 63))b\"]}\n"
        let folder = try ScratchFolder(["gateway.yaml": text])
        let run = await CommandRun(["token", "revoke", "--config", "\(folder.path)/gateway.yaml", "aaaaaaaa"])
        #expect(run.code == 1)
        #expect(run.errors.contains("2 tokens match"))
    }

    @Test func aNewOneWithItsEntry() async {
        let run = await CommandRun(["token", "new", "--name", "ci", "--expires", "2027-12-31T00:00:00Z"])
        #expect(run.code == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 3)
        let hash = lines[1].dropFirst("hash   ".count)
        #expect(lines[2] == "entry  - {hash: \"\(hash)\", name: ci, expires: 2027-12-31T00:00:00Z}")
    }

    @Test(arguments: [
        ["token", "list"], ["token", "revoke", "--config", "f"], ["token", "revoke", "--config", "f", "acsgw_S3CRET"],
        ["token", "revoke", "--config", "f", "abc"], ["token", "new", "--expires", "tomorrow"],
        ["token", "new", "--name", "a b"],
    ])
    func wrongUsage(_ arguments: [String]) async {
        let run = await CommandRun(arguments)
        #expect(run.code == 2)
        #expect(run.output == "")
        #expect(!run.errors.contains("S3CRET"))
    }
}
