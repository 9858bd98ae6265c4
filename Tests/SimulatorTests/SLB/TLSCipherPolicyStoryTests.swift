import Testing

@testable import Simulator

@Suite struct TLSCipherPolicyStoryTests {
    private static let modern = TestCloud.here([
        "Name": "modern", "TLSVersions.1": "TLSv1.2", "TLSVersions.2": "TLSv1.3", "Ciphers.1": "ECDHE-RSA-AES128-GCM-SHA256",
        "Ciphers.2": "TLS_AES_128_GCM_SHA256",
    ])

    @Test func aPolicyIsOnItsWayForAWhile() throws {
        let test = try TestCloud()
        let policy = TestCloud.here([
            "TLSCipherPolicyId": test.slb.succeed("CreateTLSCipherPolicy", Self.modern).text("TLSCipherPolicyId")
        ])
        func status() -> String { test.slb.succeed("ListTLSCipherPolicies", policy).text("TLSCipherPolicies.0.Status") }
        #expect(status() == "configuring")
        let change = Self.modern.merging(policy) { $1 }.merging(["Name": "other"]) { $1 }
        test.slb.fail("SetTLSCipherPolicyAttribute", change, 400, "TLSPolicyConfiguring")
        test.slb.fail("DeleteTLSCipherPolicy", policy, 400, "TLSPolicyConfiguring")
        test.clock.advance(seconds: 5)
        #expect(status() == "normal")
        test.slb.fail("SetTLSCipherPolicyAttribute", Self.modern.merging(policy) { $1 }, 400, "TLSPolicyUnchanged")
        #expect(!test.slb.succeed("SetTLSCipherPolicyAttribute", change).text("TaskId").isEmpty)
        test.clock.advance(seconds: 5)
        #expect(test.slb.succeed("ListTLSCipherPolicies", TestCloud.here(["Name": "other"])).text("TotalCount") == "1")
        test.slb.succeed("DeleteTLSCipherPolicy", policy)
        test.slb.fail("DeleteTLSCipherPolicy", policy, 400, "InvalidTLSPolicyId.NotExist")
    }

    @Test(
        arguments: [
            (["TLSVersions.2": "TLSv1.2"], "ParamDuplicateError.TlsVersions"),
            (["Ciphers.2": "ECDHE-RSA-AES128-GCM-SHA256"], "ParamDuplicateError.Ciphers"),
            (["TLSVersions.1": "TLSv1.0", "TLSVersions.2": "TLSv1.1"], "TLSPolicyNoSupportCipher"),
            (["TLSVersions.1": "", "TLSVersions.2": ""], "MissingParam.TlsVersions"), (["Name": "9"], "InvalidParameter"),
        ] as [([String: String], String)])
    func policiesThatAreNone(change: [String: String], code: String) throws {
        try TestCloud().slb.fail("CreateTLSCipherPolicy", Self.modern.merging(change) { $1 }, 400, code)
    }

    @Test func theListingGoesByTokens() throws {
        let test = try TestCloud()
        for index in 0..<3 { test.slb.succeed("CreateTLSCipherPolicy", Self.modern.merging(["Name": "policy-\(index)"]) { $1 }) }
        let first = test.slb.succeed("ListTLSCipherPolicies", TestCloud.here(["MaxItems": "2"]))
        #expect(
            first.list("TLSCipherPolicies").count == 2 && first.text("TotalCount") == "3" && first.text("IsTruncated") == "false")
        let rest = test.slb.succeed(
            "ListTLSCipherPolicies", TestCloud.here(["MaxItems": "2", "NextToken": first.text("NextToken")]))
        #expect(rest.list("TLSCipherPolicies").count == 1 && rest.text("NextToken").isEmpty && rest.text("IsTruncated") == "true")
        test.slb.fail("ListTLSCipherPolicies", TestCloud.here(["NextToken": "x"]), 400, "QueryTokenInvalid")
    }
}
