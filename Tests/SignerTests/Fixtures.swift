import Bytes
import Signer

extension SecretBytes {
    /// The bytes of a text, as only tests have one.
    init(text: String) {
        var bytes = Array(text.utf8)
        self.init(erasing: &bytes)
    }
}

extension AccessKey {
    convenience init(_ id: String = "testid", _ secret: String = "testsecret") {
        self.init(id: Array(id.utf8), secret: SecretBytes(text: secret))
    }

    convenience init(_ id: String, _ secret: String, token: String) {
        self.init(id: Array(id.utf8), secret: SecretBytes(text: secret), securityToken: SecretBytes(text: token))
    }
}

extension WireParameters {
    init(_ pairs: [(String, String)]) {
        self.init()
        for (name, value) in pairs { append(name, value) }
    }
}

extension Endpoint {
    /// An endpoint that the test knows to be well formed.
    static func test(_ text: String = "https://ecs.aliyuncs.com") -> Endpoint {
        guard let endpoint = Endpoint(text) else { preconditionFailure("malformed endpoint in a test: \(text)") }
        return endpoint
    }
}

extension SignedRequest {
    var urlText: String { String(decoding: url, as: UTF8.self) }
    var bodyText: String { String(decoding: body, as: UTF8.self) }
    var signatureText: String { String(decoding: signature, as: UTF8.self) }
    var signed: String { String(decoding: signedText, as: UTF8.self) }
    var headerLines: [String] {
        var lines: [String] = []
        forEachHeader { lines.append($0.text) }
        return lines
    }
}

extension RequestSigner {
    /// Signs with a stamp of plain texts.
    func sign(
        _ call: CloudCall, _ parameters: [(String, String)], with key: AccessKey, nonce: String, timestamp: String
    ) throws -> SignedRequest {
        var parameters = WireParameters(parameters)
        var request = SignedRequest()
        try Array(nonce.utf8).withView { (nonce) throws(SigningError) in
            try Array(timestamp.utf8).withView { (timestamp) throws(SigningError) in
                try sign(
                    call, &parameters, with: key, stamp: RequestStamp(nonce: nonce, timestamp: timestamp),
                    into: &request)
            }
        }
        return request
    }
}

/// A small seeded generator, so that a failing random case can be run again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
