import Bytes
import Signer
import Testing

/// The worked examples of the vendor's documents, and encoding in general.
@Suite struct RPCSignerTests {
    struct Example: CustomTestStringConvertible {
        var source: String
        var action: String
        var version: String
        var method = SignatureMethod.hmacSHA1
        var format = CloudCall.Format.xml
        var own: [(String, String)] = []
        var nonce = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
        var timestamp = "2016-02-23T12:46:24Z"
        var signature: String

        var testDescription: String { source }
    }

    static let examples = [
        Example(
            source: "ECS API Reference 4.4", action: "DescribeRegions", version: "2014-05-26",
            signature: "OLeaidS1JvxuMvnyHOwuJ+uX5qY="),
        Example(
            source: "VPC appendix, with Timestamp", action: "DescribeRegions", version: "2016-04-28",
            signature: "1xOtrgrA0dz3kBkgaoWJrUNGNHY="),
        Example(
            source: "SLB, with its own version", action: "DescribeRegions", version: "2014-05-15",
            signature: "ZCzvVNSjolgddZ1devHEjJBsZJI="),
        Example(
            source: "SLB, the action of the printed URL", action: "DescribeLoadBalancers", version: "2014-05-15",
            signature: "OGLSDANGDzJAuKw2PFKIPyJ+JxU="),
        Example(
            source: "RPC mechanism page", action: "DescribeDedicatedHosts", version: "2014-05-26", format: .json,
            own: [("RegionId", "cn-beijing")], nonce: "edb2b34af0af9a6d14deaf7c1a5315eb",
            timestamp: "2023-03-13T08:34:30Z", signature: "9NaGiOspFP5UPcwX8Iwt2YJXXuk="),
        Example(
            source: "RPC mechanism page, HMAC-SHA256", action: "DescribeDedicatedHosts", version: "2014-05-26",
            method: .hmacSHA256, format: .json, own: [("RegionId", "cn-beijing")],
            nonce: "edb2b34af0af9a6d14deaf7c1a5315eb", timestamp: "2023-03-13T08:34:30Z",
            signature: "hzLRkNie67wS4q/+9FdBuPRaO/UWJ7zTGFhM4DQTQiU="),
    ]

    @Test(arguments: examples)
    func makesTheDocumentedSignature(_ example: Example) throws {
        let call = CloudCall(
            endpoint: .test(), action: example.action, version: example.version, format: example.format)
        let request = try example.method.signer.sign(
            call, example.own, with: AccessKey(), nonce: example.nonce, timestamp: example.timestamp)
        #expect(request.signatureText == example.signature)
        #expect(request.method == .get)
        #expect(request.headerLines.isEmpty && request.body.isEmpty)
    }

    @Test func writesTheWholeURLAndStringToSign() throws {
        let call = CloudCall(endpoint: .test(), action: "DescribeRegions", version: "2014-05-26", format: .xml)
        let request = try RPCSigner(.sha1).sign(
            call, [], with: AccessKey(), nonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
            timestamp: "2016-02-23T12:46:24Z")
        #expect(
            request.urlText == "https://ecs.aliyuncs.com/?AccessKeyId=testid&Action=DescribeRegions&Format=XML"
                + "&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0"
                + "&Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D")
        #expect(
            request.signed == "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML"
                + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
                + "%26SignatureVersion%3D1.0%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26")
    }

    /// AssumeRole as the vendor's SDK sends it: common parameters in the query, its own in the form, both signed.
    @Test func signsAForm() throws {
        let call = CloudCall(
            endpoint: .test("https://sts.aliyuncs.com"), action: "AssumeRole", version: "2015-04-01", placement: .form)
        let own = [
            ("RoleSessionName", "gw-1"), ("RoleArn", "acs:ram::1234567890123456:role/gateway"),
            ("DurationSeconds", "900"),
        ]
        let request = try RPCSigner(.sha1).sign(
            call, own, with: AccessKey(), nonce: "n-1", timestamp: "2026-01-02T03:04:05Z")
        #expect(request.signatureText == "swOI+MhfQJuqmRapdT6hBDk2R04=")
        #expect(request.method == .post)
        #expect(
            request.signed == "POST&%2F&AccessKeyId%3Dtestid%26Action%3DAssumeRole%26DurationSeconds%3D900"
                + "%26Format%3DJSON%26RoleArn%3Dacs%253Aram%253A%253A1234567890123456%253Arole%252Fgateway"
                + "%26RoleSessionName%3Dgw-1%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn-1"
                + "%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2015-04-01")
        #expect(
            request.bodyText
                == "DurationSeconds=900&RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fgateway&RoleSessionName=gw-1")
        #expect(
            request.urlText.hasPrefix("https://sts.aliyuncs.com/?AccessKeyId=testid&Action=AssumeRole&Format=JSON&"))
        #expect(request.urlText.hasSuffix("&Signature=swOI%2BMhfQJuqmRapdT6hBDk2R04%3D"))
        #expect(request.headerLines == ["Content-Type: application/x-www-form-urlencoded"])
    }

    @Test func aQueryThatIsTooLongBecomesAForm() throws {
        let call = CloudCall(endpoint: .test(), action: "RunInstances", version: "2014-05-26")
        for length in [1, 1000, 7000, 7600, 7700, 7800, 7900, 8000, 8192, 9000, 20_000] {
            let request = try RPCSigner(.sha1).sign(
                call, [("UserData", String(repeating: "a", count: length))], with: AccessKey(), nonce: "n",
                timestamp: "2026-01-02T03:04:05Z")
            let query = request.urlText.drop { $0 != "?" }.dropFirst().utf8.count
            #expect(query <= CloudCall.longestQuery)
            #expect((request.method == .get) == (length < 7900), "\(length)")
            #expect(request.body.isEmpty == (request.method == .get))
        }
    }

    @Test func carriesTheSecurityToken() throws {
        let call = CloudCall(endpoint: .test(), action: "DescribeRegions", version: "2014-05-26")
        let request = try RPCSigner(.sha1).sign(
            call, [], with: AccessKey("STS.id", "secret", token: "CAIS+/="), nonce: "n",
            timestamp: "2026-01-02T03:04:05Z")
        #expect(request.urlText.contains("&SecurityToken=CAIS%2B%2F%3D&"))
        #expect(request.signed.contains("%26SecurityToken%3DCAIS%252B%252F%253D%26"))
    }

    @Test(arguments: [
        (" ", "%20", "%2520"), ("*", "%2A", "%252A"), ("~-_.", "~-_.", "~-_."), ("+", "%2B", "%252B"),
        ("%", "%25", "%2525"),
        ("/", "%2F", "%252F"), ("&=", "%26%3D", "%2526%253D"), ("é", "%C3%A9", "%25C3%25A9"),
        ("青岛", "%E9%9D%92%E5%B2%9B", "%25E9%259D%2592%25E5%25B2%259B"), ("\u{0}\n", "%00%0A", "%2500%250A"),
        ("", "", ""),
    ])
    func encodesNamesAndValues(_ text: String, _ once: String, _ twice: String) throws {
        let call = CloudCall(endpoint: .test(), action: "A", version: "1")
        let request = try RPCSigner(.sha1).sign(
            call, [("X" + text, text)], with: AccessKey(), nonce: "n", timestamp: "2026-01-02T03:04:05Z")
        #expect(request.urlText.contains("&X\(once)=\(once)&Signature="))
        #expect(request.signed.hasSuffix("%26X\(twice)%3D\(twice)"))
    }

    @Test(arguments: [
        "Action", "Version", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce",
        "SignatureType", "Timestamp", "TimeStamp", "Format", "SecurityToken", "action", "ACTION", "format", "signature",
    ])
    func refusesCommonNames(_ name: String) {
        for method in SignatureMethod.allCases {
            #expect(throws: SigningError.reservedName(name)) {
                try method.signer.sign(
                    CloudCall(endpoint: .test(), action: "A", version: "1"), [("B", ""), (name, "x")],
                    with: AccessKey(),
                    nonce: "n", timestamp: "t")
            }
        }
    }

    @Test func refusesRepeatedAndEmptyNames() {
        let call = CloudCall(endpoint: .test(), action: "A", version: "1")
        #expect(throws: SigningError.repeatedName("B")) {
            try RPCSigner(.sha1).sign(
                call, [("B", "1"), ("A", ""), ("B", "2")], with: AccessKey(), nonce: "n", timestamp: "t")
        }
        #expect(throws: SigningError.emptyName) {
            try RPCSigner(.sha1).sign(call, [("", "1")], with: AccessKey(), nonce: "n", timestamp: "t")
        }
    }

    @Test(arguments: ["", "A B", "A\r\nX: 1", "A&B", "é"])
    func refusesWhatIsNoAction(_ text: String) {
        for method in SignatureMethod.allCases {
            for call in [
                CloudCall(endpoint: .test(), action: text, version: "1"),
                CloudCall(endpoint: .test(), action: "A", version: text),
            ] {
                #expect(throws: SigningError.malformedAction(text)) {
                    try method.signer.sign(call, [], with: AccessKey(), nonce: "n", timestamp: "t")
                }
            }
        }
    }

    @Test func aReusedRequestKeepsNothingOfTheFormerCall() throws {
        var request = SignedRequest()
        var parameters = WireParameters([("Big", String(repeating: "é", count: 9000))])
        let stamp = RequestStamp(nonce: ("n" as StaticString).view, timestamp: ("t" as StaticString).view)
        let call = CloudCall(endpoint: .test(), action: "A", version: "1")
        try ACS3Signer().sign(call, &parameters, with: AccessKey(), stamp: stamp, into: &request)
        var none = WireParameters()
        try RPCSigner(.sha1).sign(call, &none, with: AccessKey(), stamp: stamp, into: &request)
        let fresh = try RPCSigner(.sha1).sign(call, [], with: AccessKey(), nonce: "n", timestamp: "t")
        #expect(request.urlText == fresh.urlText && request.signed == fresh.signed && request.method == .get)
        #expect(request.body.isEmpty && request.headerLines.isEmpty && request.signatureText == fresh.signatureText)
    }
}
