import Bytes
import Testing

@testable import Simulator

@Suite struct CertificateStoryTests {
    @Test func factsAreReadOutOfTheCertificate() throws {
        let test = try TestCloud()
        let made = test.slb.succeed(
            "UploadServerCertificate",
            TestCloud.here([
                "ServerCertificate": TestCertificate.certificate, "PrivateKey": TestCertificate.key,
                "ServerCertificateName": "shop",
            ]))
        #expect(made.text("CommonName") == "www.example.com" && made.text("Fingerprint") == TestCertificate.fingerprint)
        #expect(made.text("ExpireTime") == "2029-02-05T00:03:50Z" && made.text("IsAliCloudCertificate") == "0")
        #expect(
            made.list("SubjectAlternativeNames.SubjectAlternativeName").map { Optional($0).text } == [
                "www.example.com", "example.com",
            ])
        let listed = test.slb.succeed("DescribeServerCertificates", TestCloud.here())
        #expect(listed.text("ServerCertificates.ServerCertificate.0.ServerCertificateName") == "shop")
        // What is no certificate gets facts of its own, the same each time.
        let fake = [
            "ServerCertificate": "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----", "PrivateKey": TestCertificate.key,
        ]
        let names = (0..<2).map { _ in test.slb.succeed("UploadServerCertificate", TestCloud.here(fake)).text("CommonName") }
        #expect(names[0] == names[1] && names[0].hasSuffix(".example.com"))
    }

    @Test(
        arguments: [
            (["ServerCertificate": "none", "PrivateKey": TestCertificate.key], "IllegalParam.ServerCertificate"),
            (["ServerCertificate": TestCertificate.key, "PrivateKey": TestCertificate.key], "IllegalParam.ServerCertificate"),
            (
                [
                    "ServerCertificate": "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----",
                    "PrivateKey": TestCertificate.key,
                ],
                "IllegalParam.ServerCertificate"
            ),
            (["ServerCertificate": TestCertificate.certificate, "PrivateKey": "none"], "InvalidParameter"),
            (["ServerCertificate": TestCertificate.certificate], "MissingParameter"),
            (
                [
                    "ServerCertificate": TestCertificate.certificate,
                    "PrivateKey": "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                ], "PrivateKeyEncryption"
            ),
            (["AliCloudCertificateId": "1_2"], "MissingParameter"),
            (["AliCloudCertificateId": "12", "AliCloudCertificateName": "n"], "InvalidParameter.AliCloudCertificateId"),
        ] as [([String: String], String)])
    func uploadsThatAreRefused(parameters: [String: String], code: String) throws {
        try TestCloud().slb.fail("UploadServerCertificate", TestCloud.here(parameters), 400, code)
    }

    @Test func certificatesInUseStay() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let first = test.addCertificate()
        let imported = test.slb.succeed(
            "UploadServerCertificate",
            TestCloud.here([
                "AliCloudCertificateId": "13_17f1", "AliCloudCertificateName": "cloud",
            ]))
        #expect(imported.text("IsAliCloudCertificate") == "1" && imported.text("ServerCertificateId") == "13_17f1")
        let authority = test.slb.succeed("UploadCACertificate", TestCloud.here(["CACertificate": TestCertificate.certificate]))
            .text("CACertificateId")
        test.slb.fail("UploadCACertificate", TestCloud.here(["CACertificate": "none"]), 400, "KeyFormatError")
        test.slb.succeed(
            "CreateLoadBalancerHTTPSListener",
            TestCloud.listener(
                id, "HTTPS", 443,
                [
                    "ServerCertificateId": first, "CACertificateId": authority,
                ]))
        let domain = test.slb.succeed(
            "CreateDomainExtension",
            TestCloud.port(id, 443).merging([
                "Domain": "*.example.com", "ServerCertificateId": "13_17f1",
            ]) { $1 }
        ).text("DomainExtensionId")
        let code = "CertificateAndPrivateKeyIsRefered"
        for certificate in [first, "13_17f1"] {
            test.slb.fail("DeleteServerCertificate", TestCloud.here(["ServerCertificateId": certificate]), 400, code)
        }
        test.slb.fail("DeleteCACertificate", TestCloud.here(["CACertificateId": authority]), 400, code)
        test.slb.succeed(
            "SetDomainExtensionAttribute", TestCloud.here(["DomainExtensionId": domain, "ServerCertificateId": first]))
        test.slb.succeed("DeleteServerCertificate", TestCloud.here(["ServerCertificateId": "13_17f1"]))
        test.slb.succeed("DeleteLoadBalancer", TestCloud.here(["LoadBalancerId": id]))
        test.slb.succeed("DeleteServerCertificate", TestCloud.here(["ServerCertificateId": first]))
        test.slb.succeed("DeleteCACertificate", TestCloud.here(["CACertificateId": authority]))
        test.slb.fail("DeleteCACertificate", TestCloud.here(["CACertificateId": authority]), 400, "InvalidParameter")
    }

    @Test func names() throws {
        let test = try TestCloud()
        let id = test.addCertificate()
        test.slb.succeed(
            "SetServerCertificateName", TestCloud.here(["ServerCertificateId": id, "ServerCertificateName": "new-name"]))
        test.slb.fail(
            "SetServerCertificateName", TestCloud.here(["ServerCertificateId": "none", "ServerCertificateName": "x"]), 400,
            "InvalidParameter")
        let authority = test.slb.succeed("UploadCACertificate", TestCloud.here(["CACertificate": TestCertificate.certificate]))
        let named = TestCloud.here(["CACertificateId": authority.text("CACertificateId")])
        test.slb.succeed("SetCACertificateName", named.merging(["CACertificateName": "root"]) { $1 })
        #expect(
            test.slb.succeed("DescribeCACertificates", named).text("CACertificates.CACertificate.0.CACertificateName") == "root")
    }

    /// FIPS 180-4 examples, and the empty message.
    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ])
    func digests(message: String, digest: String) {
        var text: [UInt8] = []
        text.append(hex: SHA1.digest(Array(message.utf8)))
        #expect(String(decoding: text, as: UTF8.self) == digest)
    }
}
