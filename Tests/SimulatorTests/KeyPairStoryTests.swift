import Bytes
import Testing

@testable import Simulator

@Suite struct KeyPairStoryTests {
    private static func named(_ name: String) -> [String: String] { ["RegionId": "cn-hangzhou", "KeyPairName": name] }

    /// Made with `ssh-keygen -t rsa -b 1024`; its fingerprint with `ssh-keygen -l -E md5`.
    private static let publicKey =
        "ssh-rsa "
        + "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDb5sMPRlKQuYbjFKPfeYqnqWUOpREUvbXnJcM8fyoax7/XvDGs8Ys85gJiHAVPlNGU"
        + "lMH5pw0pSfDWCvB9LNZ6g+7qEkhnwZWsgoE7lleQ7cRxoncye5xokG7VcT4iUgmzQu4MVhCIQeN9njZQUDWOckCRNfddhXUT"
        + "QYY2vZONfQ=="
        + " tester@example"
    private static let fingerprint = "80789170a2e333862126d4f6ced7b0bd"

    @Test func theSecretIsShownOnce() throws {
        let test = try TestCloud()
        let made = test.succeed("CreateKeyPair", Self.named("fresh"))
        let body = made.text("PrivateKeyBody")
        #expect(body.hasPrefix("-----BEGIN RSA PRIVATE KEY-----\nMII") && body.hasSuffix("\n-----END RSA PRIVATE KEY-----"))
        #expect(body.split(separator: "\n").allSatisfy { $0.count <= 64 })
        #expect(made.text("KeyPairFingerPrint").count == 32)
        test.fail("CreateKeyPair", Self.named("fresh"), 400, "KeyPair.AlreadyExist")
        let other = test.succeed("CreateKeyPair", Self.named("other"))
        #expect(other.text("PrivateKeyBody") != body && other.text("KeyPairFingerPrint") != made.text("KeyPairFingerPrint"))
        let shown = test.succeed("DescribeKeyPairs", Self.named("fresh").merging(["IncludePublicKey": "true"]) { $1 })
        #expect(shown.text("KeyPairs.KeyPair.0.KeyPairFingerPrint") == made.text("KeyPairFingerPrint"))
        let key = try #require(PublicKey(shown.text("KeyPairs.KeyPair.0.PublicKey")))
        #expect(key.fingerprint == made.text("KeyPairFingerPrint"))
        #expect(test.succeed("DescribeKeyPairs", Self.named("fresh"))["KeyPairs.KeyPair.0.PublicKey"] == nil)
    }

    @Test func importing() throws {
        let test = try TestCloud()
        let call = Self.named("mine").merging(["PublicKeyBody": Self.publicKey]) { $1 }
        #expect(test.succeed("ImportKeyPair", call).text("KeyPairFingerPrint") == Self.fingerprint)
        test.fail("ImportKeyPair", call, 400, "KeyPair.AlreadyExist")
        let found = test.succeed("DescribeKeyPairs", ["RegionId": "cn-hangzhou", "KeyPairFingerPrint": Self.fingerprint])
        #expect(found.text("KeyPairs.KeyPair.0.KeyPairName") == "mine" && found.text("TotalCount") == "1")
    }

    @Test(arguments: [
        "no-key", "ssh-rsa", "ssh-rsa AAAA", "ssh-rsa ?", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ1",
        "ssh-rsa //////9zc2gtcnNh",
        "ssh-rsa AAAAB3NzaC1yc2E=\nssh-rsa AAAAB3NzaC1yc2E=", "-----BEGIN PUBLIC KEY-----",
    ])
    func keysThatAreNone(body: String) throws {
        try TestCloud().fail(
            "ImportKeyPair", Self.named("mine").merging(["PublicKeyBody": body]) { $1 }, 400,
            "InvalidPublicKeyBody.Malformed")
    }

    @Test(arguments: ["9lives", "a", "http://x", "with space"])
    func namesThatAreNone(name: String) throws {
        try TestCloud().fail("CreateKeyPair", Self.named(name), 400, "InvalidKeyPairName.Malformed")
    }

    @Test func bindingTakesThePlaceOfTheFormerPair() throws {
        let test = try TestCloud()
        test.succeed("CreateKeyPair", Self.named("fresh"))
        let web = test.instance(named: "web-1")
        let api = test.instance(named: "api-1")
        func call(_ name: String, _ ids: String...) -> [String: String] {
            Self.named(name).merging(["InstanceIds": "[\(ids.map { "\"\($0)\"" }.joined(separator: ","))]"]) { $1 }
        }
        test.fail("AttachKeyPair", call("none", web), 404, "InvalidKeyPairName.NotFound")
        test.fail("AttachKeyPair", call("fresh", web, "i-none"), 400, "InvalidInstanceIds.ValueNotSupported")
        test.fail("AttachKeyPair", call("fresh"), 400, "InvalidInstanceIds.ValueNotSupported")
        test.fail(
            "AttachKeyPair", call("fresh", test.instance(named: "build-windows")), 403,
            "DependencyViolation.WindowsInstance")
        let done = test.succeed("AttachKeyPair", call("fresh", web))
        #expect(done.text("TotalCount") == "1" && done.text("FailCount") == "0")
        #expect(done.text("Results.Result.0.InstanceId") == web && done.text("Results.Result.0.Success") == "true")
        #expect(keyPair(of: "web-1", test) == "fresh" && keyPair(of: "api-1", test) == "ops")
        let taken = test.succeed("DetachKeyPair", call("fresh", web, api))
        #expect(taken.text("TotalCount") == "2" && taken.text("FailCount") == "1")
        #expect(taken.text("Results.Result.1.Success") == "false")
        #expect(keyPair(of: "web-1", test).isEmpty && keyPair(of: "api-1", test) == "ops")
    }

    private func keyPair(of name: String, _ test: TestCloud) -> String {
        test.succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceName": name]).text(
            "Instances.Instance.0.KeyPairName")
    }

    @Test func deletingLeavesTheInstances() throws {
        let test = try TestCloud()
        for name in ["one", "two"] { test.succeed("CreateKeyPair", Self.named(name).merging(["Tag.1.Key": "t"]) { $1 }) }
        #expect(test.succeed("DescribeKeyPairs", ["RegionId": "cn-hangzhou", "Tag.1.Key": "t"]).text("TotalCount") == "2")
        let names = ["RegionId": "cn-hangzhou", "KeyPairNames": "[\"one\",\"two\",\"ops\"]"]
        test.succeed("DeleteKeyPairs", names)
        test.succeed("DeleteKeyPairs", names)
        #expect(test.succeed("DescribeKeyPairs", ["RegionId": "cn-hangzhou"]).text("TotalCount") == "0")
        #expect(keyPair(of: "web-1", test) == "ops")
        let web = test.instance(named: "web-1")
        test.succeed("DetachKeyPair", Self.named("ops").merging(["InstanceIds": "[\"\(web)\"]"]) { $1 })
        #expect(keyPair(of: "web-1", test).isEmpty)
        test.fail(
            "DeleteKeyPairs", ["RegionId": "cn-hangzhou", "KeyPairNames": "[]"], 400,
            "InvalidKeyPairNames.ValueNotSupported")
        test.fail(
            "DeleteKeyPairs", ["RegionId": "cn-hangzhou", "KeyPairNames": "one"], 400,
            "InvalidKeyPairNames.ValueNotSupported")
        test.succeed("CreateKeyPair", Self.named("one"))
        #expect(test.succeed("DescribeKeyPairs", ["RegionId": "cn-hangzhou", "Tag.1.Key": "t"]).text("TotalCount") == "0")
    }

    @Test func names() throws {
        let test = try TestCloud()
        for name in ["alpha-key", "beta-key", "alpha-lock"] { test.succeed("CreateKeyPair", Self.named(name)) }
        func count(_ pattern: String) -> String { test.succeed("DescribeKeyPairs", Self.named(pattern)).text("TotalCount") }
        #expect(count("alpha*") == "2" && count("*key") == "2" && count("*a-k*") == "2" && count("alpha") == "0")
    }

    /// RFC 1321, A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func digests(message: String, digest: String) {
        var text: [UInt8] = []
        text.append(hex: MD5.digest(Array(message.utf8)))
        #expect(String(decoding: text, as: UTF8.self) == digest)
    }
}
