import Bytes
import Glibc
import Testing

@testable import Signer

@Suite struct KeyFileTests {
    /// Derivations that take milliseconds; what is tested does not depend on their cost.
    private static let cheap = KeyFileHeader.Cost(log: 10, p: 1)

    let clock = FakeClock()
    let passphrase: LockedBytes

    init() {
        passphrase = Array("correct horse battery".utf8).withView { LockedBytes(copying: $0) }
    }

    private func locked(_ text: String) -> LockedBytes { Array(text.utf8).withView { LockedBytes(copying: $0) } }

    private func ring(_ names: String...) throws -> KeyRing {
        try names.reduce(KeyRing()) { ring, name in
            try ring.adding(name, id: "id-\(name)", secret: locked("secret-\(name)"), at: clock.timestamp)
        }
    }

    @Test func keepsKeys() throws {
        let file = ScratchFile()
        try KeyFile.write(try ring("prod", "test"), to: file.path, passphrase: passphrase, Self.cheap)
        let read = try KeyFile.read(file.path, passphrase: passphrase)
        #expect(read.entries.map(\.name) == ["prod", "test"] && read.entries.map(\.id) == ["id-prod", "id-test"])
        #expect(read.entries.allSatisfy { $0.added == clock.timestamp && $0.changed == clock.timestamp })
        #expect(signsLike(try #require(read.key(named: "test")), "secret-test"))
        #expect(read.key(named: "nobody") == nil)
        var status = stat()
        #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let content = String(decoding: file.bytes, as: UTF8.self)
        #expect(content.hasPrefix("ACSKEYS\0") && !content.contains("secret-") && !content.contains("id-prod"))
    }

    @Test func changesKeys() throws {
        var ring = try ring("prod", "test")
        clock.advance(60)
        ring = try ring.rotating("prod", id: "id-new", secret: locked("secret-new"), at: clock.timestamp)
        let entry = try #require(ring.entries.first { $0.name == "prod" })
        #expect(entry.id == "id-new" && entry.changed == clock.timestamp && entry.added < entry.changed)
        #expect(signsLike(try #require(ring.key(named: "prod")), "secret-new"))
        #expect(signsLike(try #require(ring.key(named: "test")), "secret-test"))
        ring = try ring.removing("test")
        #expect(ring.entries.map(\.name) == ["prod"])
        #expect(try ring.removing("prod").entries.isEmpty)
    }

    @Test func refusesWhatIsNoKey() throws {
        let ring = try ring("prod")
        func fault(_ name: String, _ id: String, _ secret: String) -> String? {
            do throws(KeyRing.Fault) {
                _ = try ring.adding(name, id: id, secret: locked(secret), at: clock.timestamp)
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(fault("prod", "a", "b") == "has a key `prod` already; `rotate` replaces it")
        for name in ["", "a b", "a/b", String(repeating: "n", count: 65)] {
            #expect(fault(name, "a", "b")?.contains("names") == true)
        }
        for id in ["", "a b", String(repeating: "n", count: 129)] {
            #expect(fault("x", id, "b")?.contains("AccessKeyIds") == true)
        }
        for secret in ["", "a b", "a\nb", "ä", String(repeating: "n", count: 257)] {
            #expect(fault("x", "a", secret) == "takes secrets of 1 to 256 printable characters without blanks only")
        }
        #expect(throws: KeyRing.Fault("has no key `x`; there is `prod`")) { try ring.removing("x") }
        #expect(throws: KeyRing.Fault("has no key `x`; it is empty")) {
            try KeyRing().rotating("x", id: "a", secret: locked("b"), at: clock.timestamp)
        }
    }

    /// Whatever byte is changed, cut or added, header or text: the file does not open, and says so.
    @Test func nothingCanBeChanged() throws {
        let file = ScratchFile()
        try KeyFile.write(try ring("prod"), to: file.path, passphrase: passphrase, Self.cheap)
        let good = file.bytes
        func fault(_ bytes: [UInt8]) -> String? {
            do throws(KeyRing.Fault) {
                _ = try bytes.withView { (bytes) throws(KeyRing.Fault) in try KeyFile.open(bytes, passphrase) }
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(fault(good) == nil)
        for index in [0, 7, 8, 9, 10, 11, 12, 13, 15, 16, 31, 32, 43, 44, 47, 48, 60, good.count - 1] {
            var bytes = good
            bytes[index] ^= 1
            #expect(fault(bytes) != nil, "byte \(index)")
        }
        for bytes in [Array(good.dropLast()), good + [0], Array(good.prefix(47)), [], Array(good.prefix(48))] {
            #expect(fault(bytes) != nil)
        }
        var wasteful = good
        wasteful[10] = 30
        #expect(fault(wasteful) == "asks for more work than is sensible")
        #expect(
            throws: CredentialError(
                file.path, "does not open: the passphrase is another one, or the file was changed")
        ) { try KeyFile.read(file.path, passphrase: locked("incorrect horse battery")) }
    }

    @Test func sealsAnewEachTime() throws {
        let ring = try ring("prod")
        guard let first = KeyFile.seal(ring, passphrase, Self.cheap), let second = KeyFile.seal(ring, passphrase, Self.cheap)
        else {
            Issue.record("no memory")
            return
        }
        #expect(first[16..<44] != second[16..<44] && first.count == second.count && first.suffix(30) != second.suffix(30))
    }

    @Test(arguments: [mode_t(0o640), 0o604, 0o622])
    func refusesFilesThatOthersCanRead(_ mode: mode_t) throws {
        let file = ScratchFile(String(repeating: "x", count: 100), mode: mode)
        #expect(
            KeyFile.fault(file.path, access: .nobody)
                == CredentialError(file.path, "is accessible to others than its owner (chmod 600 mends that)"))
        file.write(String(repeating: "x", count: 100))
        #expect(KeyFile.fault(file.path, access: .nobody) == CredentialError(file.path, "is no key file"))
    }

    /// Who reads while others change the file sees one whole file or another, and no change is lost.
    @Test func changesAreWholeAndNoneIsLost() async throws {
        let file = ScratchFile()
        try KeyFile.change(file.path, passphrase: passphrase, mayCreate: true, Self.cheap) { $0 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask { [self] in
                    try KeyFile.change(file.path, passphrase: passphrase, mayCreate: false, Self.cheap) {
                        ring throws(KeyRing.Fault) in
                        try ring.adding("k\(number)", id: "i", secret: locked("s"), at: clock.timestamp)
                    }
                }
            }
            for _ in 0..<3 { group.addTask { [self] in _ = try KeyFile.read(file.path, passphrase: passphrase) } }
            try await group.waitForAll()
        }
        #expect(try KeyFile.read(file.path, passphrase: passphrase).entries.map(\.name).sorted() == (0..<6).map { "k\($0)" })
    }

    @Test func replacesWhatALinkLeadsTo() throws {
        let file = ScratchFile("old", mode: 0o640)
        let link = file.path + ".link"
        symlink(file.path, link)
        defer { unlink(link) }
        try AtomicFile.replace(link, with: Array("new".utf8))
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(file.bytes == Array("new".utf8) && stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(throws: CredentialError.self) { try AtomicFile.replace("/nonexistent/keys", with: []) }
    }

    @Test func isASourceThatFollowsTheFile() async throws {
        let file = ScratchFile()
        let secret = ScratchFile("correct horse battery\n")
        try KeyFile.write(try ring("prod"), to: file.path, passphrase: passphrase, Self.cheap)
        let reference = KeyFileReference(path: file.path, key: "prod", passphrase: .file(secret.path))
        let source = try CredentialPlan.keyFile(reference).source(FakeWorld().context)
        #expect(signsLike(try await source.load().key, "secret-prod"))
        #expect(source.isLocal && !source.isOutdated)
        try KeyFile.change(file.path, passphrase: passphrase, mayCreate: false, Self.cheap) { ring throws(KeyRing.Fault) in
            try ring.rotating("prod", id: "i", secret: locked("rotated"), at: clock.timestamp)
        }
        #expect(source.isOutdated)
        #expect(signsLike(try await source.load().key, "rotated"))
        var other = reference
        other.key = "nobody"
        #expect(await FakeWorld().fault(.keyFile(other)) == "\(file.path): has no key `nobody`; there is `prod`")
    }

    @Test func takesThePassphraseFromWhereItIs() throws {
        let folder = "/tmp"
        let file = ScratchFile("a passphrase\r\n")
        var world = FakeWorld()
        #expect(try Passphrase.file(file.path).read(world.context).withView(\.text) == "a passphrase")
        world.variables = ["CREDENTIALS_DIRECTORY": folder]
        let name = String(file.path.dropFirst(folder.count + 1))
        #expect(try Passphrase.credential(name).read(world.context).withView(\.text) == "a passphrase")
        world.variables = [:]
        for (source, reason) in [
            (Passphrase.credential("x"), "CREDENTIALS_DIRECTORY is not set: the service has no systemd credentials"),
            (.environment("T_NO_SUCH"), "T_NO_SUCH is not set"), (.prompt, "nobody can be asked for it: there is no terminal"),
        ] {
            #expect(throws: CredentialError("passphrase", reason)) { try source.read(world.context) }
        }
        file.write("a passphrase", mode: 0o644)
        #expect(throws: CredentialError.self) { try Passphrase.file(file.path).read(world.context) }
        file.write("\n")
        #expect(throws: CredentialError(file.path, "is empty")) { try Passphrase.file(file.path).read(world.context) }
    }
}
