import Bytes
import Signer
import Testing

@Suite struct SignatureVerifierTests {
    /// 2026-01-02T03:04:05Z
    static let now = Timestamp(secondsSinceEpoch: 1_767_323_045)
    static let timestamp = "2026-01-02T03:04:05Z"

    /// A request in plain texts, as a server sees it.
    struct Message {
        var method = "GET"
        var target = "/"
        var headers: [(String, String)] = [("Host", "ecs.aliyuncs.com")]
        var body = ""

        init(method: String = "GET", target: String = "/", body: String = "") {
            (self.method, self.target, self.body) = (method, target, body)
        }

        init(_ request: SignedRequest) {
            method = request.method == .get ? "GET" : "POST"
            target = "/" + request.urlText.dropFirst("https://ecs.aliyuncs.com/".count)
            body = request.bodyText
            headers += request.headerLines.map { line in
                let colon = line.firstIndex(of: ":") ?? line.endIndex
                return (String(line[..<colon]), String(line[line.index(after: colon)...]))
            }
        }

        func received() -> ReceivedCall {
            var parts = [method, target, body].map { Array($0.utf8) }
            for (name, value) in headers { parts += [Array(name.utf8), Array(value.utf8)] }
            func read(_ index: Int, _ views: [ByteView]) -> ReceivedCall {
                if index < parts.count { return parts[index].withView { read(index + 1, views + [$0]) } }
                let headers = stride(from: 3, to: views.count, by: 2).map {
                    ReceivedRequest.Header(name: views[$0], value: views[$0 + 1])
                }
                return ReceivedCall(
                    reading: ReceivedRequest(method: views[0], target: views[1], headers: headers, body: views[2]))
            }
            return read(0, [])
        }
    }

    static func verify(
        _ message: Message, at now: Timestamp = now, key: AccessKey = AccessKey(), nonces: NonceStore = NonceStore()
    ) -> Result<AccessKey, VerificationFailure> {
        let call = message.received()
        return Result { () throws(VerificationFailure) in
            try SignatureVerifier(nonces: nonces).verify(call, at: now) { id in id.elementsEqual(key.id) ? key : nil }
        }
    }

    static func failure(
        _ message: Message, at now: Timestamp = now, key: AccessKey = AccessKey(), nonces: NonceStore = NonceStore()
    ) -> VerificationFailure? {
        if case .failure(let failure) = verify(message, at: now, key: key, nonces: nonces) { return failure }
        return nil
    }

    static func signed(
        _ method: SignatureMethod, _ parameters: [(String, String)] = [("RegionId", "cn-hangzhou"), ("Name", "a b")],
        key: AccessKey = AccessKey(), placement: CloudCall.Placement = .automatic, nonce: String = "n-1"
    ) throws -> Message {
        let call = CloudCall(
            endpoint: .test(), action: "DescribeInstances", version: "2014-05-26", placement: placement)
        return Message(try method.signer.sign(call, parameters, with: key, nonce: nonce, timestamp: timestamp))
    }

    @Test(arguments: SignatureMethod.allCases, [CloudCall.Placement.automatic, .form])
    func acceptsWhatTheSignerMakes(_ method: SignatureMethod, _ placement: CloudCall.Placement) throws {
        let message = try Self.signed(method, placement: placement)
        #expect(Self.failure(message) == nil)
        let call = message.received()
        #expect(call.action == "DescribeInstances" && call.version == "2014-05-26" && call.accessKeyId == "testid")
        #expect(call.format == .json)
        #expect(call.style == (method == .acs3 ? .acs3 : .rpc))
        #expect(call.parameters.count == 2)
        #expect(call.parameters.text(of: "Name") == "a b")
    }

    /// Random names and values from all of Unicode, in any number, by every method and placement.
    @Test func roundTripsRandomCalls() throws {
        var random = SplitMix(state: 7)
        func text(_ lengths: ClosedRange<Int>) -> String {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: lengths, using: &random) {
                let limit: UInt32 = Bool.random(using: &random) ? 0x7F : 0x10FFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) { scalars.append(scalar) }
            }
            return String(scalars)
        }
        for _ in 0..<300 {
            var parameters: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...20, using: &random) { parameters["P" + text(0...12)] = text(0...60) }
            let method = SignatureMethod.allCases.randomElement(using: &random) ?? .acs3
            let placement = Bool.random(using: &random) ? CloudCall.Placement.form : .automatic
            let secret = text(1...90)
            let token = Bool.random(using: &random) ? text(1...40).filter { $0.isASCII && $0.isLetter } + "x" : nil
            let key = token.map { AccessKey("id", secret, token: $0) } ?? AccessKey("id", secret)
            let message = try Self.signed(method, parameters.map { ($0.key, $0.value) }, key: key, placement: placement)
            #expect(Self.failure(message, key: key) == nil)
            let call = message.received()
            #expect(call.parameters.count == parameters.count)
            for index in 0..<call.parameters.count {
                #expect(parameters[call.parameters[index].name] == call.parameters[index].value)
            }
        }
    }

    /// No byte of a signed message can be changed without being noticed, except where the change means nothing.
    @Test(arguments: SignatureMethod.allCases, [CloudCall.Placement.automatic, .form])
    func noticesEveryChange(_ method: SignatureMethod, _ placement: CloudCall.Placement) throws {
        let message = try Self.signed(method, placement: placement)
        func changed(_ text: String, _ offset: Int) -> String {
            var bytes = Array(text.utf8)
            bytes[offset] = bytes[offset] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            return String(decoding: bytes, as: UTF8.self)
        }
        for offset in 1..<message.target.utf8.count {
            var other = message
            other.target = changed(message.target, offset)
            #expect(Self.failure(other) != nil, "\(other.target)")
        }
        for offset in 0..<message.body.utf8.count {
            var other = message
            other.body = changed(message.body, offset)
            #expect(Self.failure(other) != nil, "\(other.body)")
        }
        for (index, header) in message.headers.enumerated()
        where method == .acs3 && !["Accept"].contains(header.0) {
            for offset in 0..<header.1.utf8.count where Array(header.1.utf8)[offset] != UInt8(ascii: " ") {
                var other = message
                other.headers[index].1 = changed(header.1, offset)
                #expect(Self.failure(other) != nil, "\(other.headers[index])")
            }
        }
    }

    /// As the vendor's Python SDK sends it: a POST with everything in the query, an empty SignatureType, no body.
    @Test func acceptsAPostWithAllInTheQuery() throws {
        let target =
            "/?SignatureType=&AccessKeyId=testid&Action=DescribeRegions&Format=JSON&SignatureMethod=HMAC-SHA1"
            + "&SignatureNonce=1&SignatureVersion=1.0&Timestamp=2026-01-02T03%3A04%3A05Z&Version=2014-05-26&Signature="
        let text = Self.failure(Message(method: "POST", target: target + "AAAA"))
        guard case .signatureMismatch(let signedText) = text else {
            Issue.record("\(String(describing: text))")
            return
        }
        #expect(
            signedText == "POST&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DJSON"
                + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D1%26SignatureType%3D%26SignatureVersion%3D1.0"
                + "%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2014-05-26")
        var signature: [UInt8] = []
        Array(signedText.utf8).withView { AccessKey().authenticationCode(of: $0, .hmacSHA1) }
            .withBytes { signature.append(base64: $0) }
        var encoded: [UInt8] = []
        signature.withView { encoded.append(percentEncoded: $0) }
        let message = Message(method: "POST", target: target + String(decoding: encoded, as: UTF8.self))
        #expect(Self.failure(message) == nil)
    }

    /// The documents' examples spell it `TimeStamp`; names are signed as sent.
    @Test(arguments: [
        ("2014-05-26", "DescribeRegions", "d6cf", "CT9X0VtwR86fNWSnsc6v8YGOjuE="),
        ("2016-04-28", "DescribeRegions", "d6cf", "zxPHJmPekbYsL2ok9YvjAW01tcg="),
        ("2014-05-26", "DescribeLoadBalancers", "d6cf", "SvrQsXaTuMeVmeu2nNEV6g9xye4="),
        ("2014-05-26", "DescribeRegions", "****", "sD8ZViDOavsibpYe9rRiUbCJe4A="),
    ])
    func acceptsTheDocumentsSpellingOfTimestamp(
        _ version: String, _ action: String, _ nonce: String, _ signature: String
    ) throws {
        let target =
            "/?SignatureVersion=1.0&Action=\(action)&Format=XML"
            + "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82f\(nonce)&Version=\(version)&AccessKeyId=testid"
            + "&Signature=\(signature.replacing("=", with: "%3D"))&SignatureMethod=HMAC-SHA1"
            + "&TimeStamp=2016-02-23T12%3A46%3A24Z"
        let then = Timestamp(secondsSinceEpoch: 1_456_231_584)
        #expect(Self.failure(Message(target: target), at: then) == nil)
    }

    /// The documented header signature, a POST whose parameters stand in the query.
    @Test func acceptsTheDocumentedACS3Request() throws {
        var message = Message(
            method: "POST",
            target: "/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai")
        message.headers = [
            ("Host", "ecs.cn-shanghai.aliyuncs.com"), ("x-acs-action", "RunInstances"),
            ("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("x-acs-date", "2023-10-26T10:22:32Z"), ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
            ("x-acs-version", "2014-05-26"),
            (
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
                    + "x-acs-date;x-acs-signature-nonce;x-acs-version,"
                    + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
            ),
        ]
        let then = Timestamp(secondsSinceEpoch: 1_698_315_752)
        let key = AccessKey("YourAccessKeyId", "YourAccessKeySecret")
        #expect(Self.failure(message, at: then, key: key) == nil)
        message.headers.remove(at: 1)
        #expect(Self.failure(message, at: then, key: key) == .missingParameter("x-acs-action"))
    }

    @Test(arguments: [
        ("Action", "Action"), ("Version", "Version"), ("AccessKeyId", "AccessKeyId"), ("Signature", "Signature"),
        ("SignatureMethod", "SignatureMethod"), ("SignatureVersion", "SignatureVersion"),
        ("SignatureNonce", "SignatureNonce"), ("Timestamp", "Timestamp"),
    ])
    func namesTheMissingParameter(_ left: String, _ named: String) throws {
        let message = try Self.signed(.hmacSHA1)
        let pairs = message.target.dropFirst(2).split(separator: "&").filter { !$0.hasPrefix(left + "=") }
        #expect(Self.failure(Message(target: "/?" + pairs.joined(separator: "&"))) == .missingParameter(named))
    }

    @Test(arguments: [
        ("HMAC-SHA1", "HMAC-MD5", VerificationFailure.unsupportedSignatureMethod("HMAC-MD5")),
        ("SignatureVersion=1.0", "SignatureVersion=2.0", .unsupportedSignatureVersion("2.0")),
        ("&Version", "&SignatureType=BEARERTOKEN&Version", .unsupportedSignatureType("BEARERTOKEN")),
        ("%3A05Z", "%3A99Z", .malformedTimestamp("2026-01-02T03:04:99Z")),
        ("%3A05Z", "%253A05Z", .malformedTimestamp("2026-01-02T03:04%3A05Z")),
        ("testid", "other", .unknownKey("other")), ("RegionId=", "RegionId=%zz", .malformedEncoding),
        ("RegionId=", "RegionId=%FF", .malformedEncoding),
        ("RegionId=", "RegionId=&RegionId=", .repeatedParameter("RegionId")),
        ("RegionId=", "action=&RegionId=", .repeatedParameter("Action")),
    ])
    func namesTheFault(_ old: String, _ new: String, _ failure: VerificationFailure) throws {
        var message = try Self.signed(.hmacSHA1)
        message.target = message.target.replacing(old, with: new)
        #expect(Self.failure(message) == failure)
    }

    @Test func refusesOtherMethodsAndBodies() throws {
        var message = try Self.signed(.hmacSHA1)
        message.method = "PUT"
        #expect(Self.failure(message) == .unsupportedHTTPMethod("PUT"))
        message.method = "POST"
        message.body = "{}"
        message.headers.append(("Content-Type", "application/json"))
        #expect(Self.failure(message) == .unsupportedMediaType("application/json"))
    }

    @Test(arguments: [
        (SignatureMethod.hmacSHA1, 31 * 60, true), (.hmacSHA1, 31 * 60 + 1, false), (.hmacSHA1, -31 * 60, true),
        (.hmacSHA1, -31 * 60 - 1, false), (.acs3, 15 * 60, true), (.acs3, 15 * 60 + 1, false),
        (.acs3, -15 * 60 - 1, false),
    ])
    func holdsToTheTimeWindow(_ method: SignatureMethod, _ seconds: Int, _ isAccepted: Bool) throws {
        let now = Timestamp(secondsSinceEpoch: Self.now.secondsSinceEpoch + Int64(seconds))
        let failure = Self.failure(try Self.signed(method), at: now)
        #expect(failure == (isAccepted ? nil : .expiredTimestamp(Self.timestamp)))
    }

    @Test func acceptsANonceOnce() throws {
        let nonces = NonceStore()
        let message = try Self.signed(.hmacSHA1)
        #expect(Self.failure(message, nonces: nonces) == nil)
        #expect(Self.failure(message, nonces: nonces) == .usedNonce)
        #expect(Self.failure(try Self.signed(.acs3), nonces: nonces) == .usedNonce)
        #expect(Self.failure(try Self.signed(.acs3, nonce: "n-2"), nonces: nonces) == nil)
    }

    @Test func aRefusedCallUsesUpNoNonce() throws {
        let nonces = NonceStore()
        let forged = try Self.signed(.hmacSHA1, key: AccessKey("testid", "wrong"))
        guard case .signatureMismatch = Self.failure(forged, nonces: nonces) else {
            Issue.record("a forged signature was not refused as one")
            return
        }
        #expect(nonces.count == 0)
        #expect(Self.failure(try Self.signed(.hmacSHA1), nonces: nonces) == nil)
    }

    @Test(arguments: SignatureMethod.allCases)
    func comparesTheSecurityToken(_ method: SignatureMethod) throws {
        let temporary = AccessKey("testid", "testsecret", token: "token")
        #expect(Self.failure(try Self.signed(method, key: temporary), key: temporary) == nil)
        #expect(Self.failure(try Self.signed(method), key: temporary) == .wrongSecurityToken)
        #expect(Self.failure(try Self.signed(method, key: temporary)) == .wrongSecurityToken)
        let other = AccessKey("testid", "testsecret", token: "tokem")
        #expect(Self.failure(try Self.signed(method, key: other), key: temporary) == .wrongSecurityToken)
    }

    @Test(arguments: [
        (
            "ACS3-RSA-SHA256 Credential=a,SignedHeaders=host,Signature=b",
            VerificationFailure.unsupportedSignatureMethod("ACS3-RSA-SHA256")
        ),
        ("ACS3-HMAC-SHA256 SignedHeaders=host,Signature=b", .malformedAuthorization("Credential is missing")),
        ("ACS3-HMAC-SHA256 Credential=a,Signature=b", .malformedAuthorization("SignedHeaders is missing")),
        ("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host", .malformedAuthorization("Signature is missing")),
        ("ACS3-HMAC-SHA256 Credential=a,Credential=b", .malformedAuthorization("unexpected or repeated part")),
        ("ACS3-HMAC-SHA256", .malformedAuthorization("Credential is missing")),
        (
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce,Signature=b",
            .unsignedHeader("x-acs-version")
        ),
        (
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=x-acs-action;host;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=b",
            .malformedAuthorization("SignedHeaders are not in order")
        ),
        (
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version;x-other,Signature=b",
            .missingParameter("x-other")
        ),
    ])
    func readsAuthorizationStrictly(_ authorization: String, _ failure: VerificationFailure) throws {
        var message = try Self.signed(.acs3)
        message.headers.removeLast()
        message.headers.append(("Authorization", authorization))
        #expect(Self.failure(message) == failure)
    }

    @Test func refusesAnotherBodyThanTheHashedOne() throws {
        var message = try Self.signed(.acs3, placement: .form)
        message.body += "&More=1"
        #expect(Self.failure(message) == .bodyHashMismatch)
        message = try Self.signed(.acs3)
        message.target += "&Action=DeleteInstance"
        #expect(Self.failure(message) == .misplacedParameter("Action"))
    }

    @Test(arguments: [("json", CloudCall.Format.json), ("XML", .xml), ("yaml", nil), ("", nil)])
    func readsTheFormatOfAFaultyCallToo(_ text: String, _ format: CloudCall.Format?) {
        #expect(Message(target: "/?Format=\(text)&A=%zz").received().format == format)
    }

    /// Whatever comes in is refused or accepted, and never ends the process.
    @Test func survivesMutations() throws {
        var random = SplitMix(state: 11)
        let originals = try SignatureMethod.allCases.map { try Self.signed($0, placement: .form) }
        for _ in 0..<3000 {
            guard var message = originals.randomElement(using: &random) else { continue }
            func mutate(_ text: String) -> String {
                var bytes = Array(text.utf8)
                for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                    let offset = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0...2, using: &random) {
                    case 0: bytes[offset] = UInt8.random(in: 0...127, using: &random)
                    case 1: bytes.remove(at: offset)
                    default: bytes.insert([37, 38, 61, 59, 44, 63][Int.random(in: 0..<6, using: &random)], at: offset)
                    }
                }
                return String(decoding: bytes, as: UTF8.self)
            }
            message.target = mutate(message.target)
            message.body = mutate(message.body)
            for index in message.headers.indices { message.headers[index].1 = mutate(message.headers[index].1) }
            _ = Self.verify(message)
        }
    }
}
