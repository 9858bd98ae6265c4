import Bytes
import Signer
import Testing

@Suite struct ACS3SignerTests {
    /// The body of the documented example is empty although it is a POST; the parameters stand in the query. The same
    /// request as a GET differs in the method's line alone, so the documented canonical text is checked below it.
    @Test func writesTheCanonicalRequestOfTheDocument() throws {
        let call = CloudCall(
            endpoint: .test("https://ecs.cn-shanghai.aliyuncs.com/"), action: "RunInstances", version: "2014-05-26")
        let request = try ACS3Signer().sign(
            call,
            [("RegionId", "cn-shanghai"), ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")],
            with: AccessKey("YourAccessKeyId", "YourAccessKeySecret"), nonce: "3156853299f313e23d1673dc12e1703d",
            timestamp: "2023-10-26T10:22:32Z")
        let documented = """
            POST
            /
            ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai
            host:ecs.cn-shanghai.aliyuncs.com
            x-acs-action:RunInstances
            x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            x-acs-date:2023-10-26T10:22:32Z
            x-acs-signature-nonce:3156853299f313e23d1673dc12e1703d
            x-acs-version:2014-05-26

            host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            """
        #expect(request.signed == "GET" + documented.dropFirst(4))
        #expect(
            request.urlText == "https://ecs.cn-shanghai.aliyuncs.com/"
                + "?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai")
        #expect(
            request.headerLines == [
                "Accept: application/json", "x-acs-action: RunInstances",
                "x-acs-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "x-acs-date: 2023-10-26T10:22:32Z", "x-acs-signature-nonce: 3156853299f313e23d1673dc12e1703d",
                "x-acs-version: 2014-05-26",
                "Authorization: ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                    + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=\(request.signatureText)",
            ])
    }

    @Test func signsAForm() throws {
        let call = CloudCall(
            endpoint: .test("https://sts.aliyuncs.com"), action: "AssumeRole", version: "2015-04-01", placement: .form)
        let request = try ACS3Signer().sign(
            call,
            [
                ("RoleSessionName", "gw-1"), ("RoleArn", "acs:ram::1234567890123456:role/gateway"),
                ("DurationSeconds", "900"),
            ],
            with: AccessKey(), nonce: "n-1", timestamp: "2026-01-02T03:04:05Z")
        #expect(request.signatureText == "4d34520869feaa9866a787d77e4bf5d87e1d1ba13426cb48058e1dd76a04dcbb")
        #expect(
            request.bodyText
                == "DurationSeconds=900&RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fgateway&RoleSessionName=gw-1")
        #expect(request.urlText == "https://sts.aliyuncs.com/")
        #expect(request.method == .post)
        #expect(request.headerLines.contains("content-type: application/x-www-form-urlencoded"))
        #expect(
            request.headerLines.contains(
                "x-acs-content-sha256: b10ce389911caa49f71334c2e09ac94549d95802ffba3eaa7f2c86d06654d0fd"))
    }

    @Test func signsTheSecurityToken() throws {
        let call = CloudCall(endpoint: .test(), action: "DescribeRegions", version: "2014-05-26", format: .xml)
        let request = try ACS3Signer().sign(
            call, [], with: AccessKey("STS.id", "secret", token: "CAIS+/="), nonce: "n",
            timestamp: "2026-01-02T03:04:05Z")
        #expect(request.headerLines.contains("x-acs-security-token: CAIS+/="))
        #expect(request.headerLines.contains("Accept: application/xml"))
        #expect(request.signed.contains("\nx-acs-security-token:CAIS+/=\n"))
        #expect(request.signed.contains(";x-acs-security-token;"))
        #expect(request.urlText == "https://ecs.aliyuncs.com/")
    }

    @Test func refusesAKeyThatWouldBreakAHeader() {
        let call = CloudCall(endpoint: .test(), action: "A", version: "1")
        for key in [AccessKey("id", "s", token: "a\r\nb"), AccessKey("i d", "s"), AccessKey("id", "s", token: "é")] {
            #expect(throws: SigningError.unprintableKey) {
                try ACS3Signer().sign(call, [], with: key, nonce: "n", timestamp: "t")
            }
        }
    }

    @Test func aQueryThatIsTooLongBecomesAForm() throws {
        let call = CloudCall(endpoint: .test(), action: "RunInstances", version: "2014-05-26")
        for (length, method) in [(8000, SignedRequest.Method.get), (8183, .post), (20_000, .post)] {
            let request = try ACS3Signer().sign(
                call, [("UserData", String(repeating: "a", count: length))], with: AccessKey(), nonce: "n",
                timestamp: "t")
            #expect(request.method == method)
        }
    }
}
