import Bytes
import Testing

@testable import Auth

struct TokenTests {
    /// SHA-256 of `abc`, FIPS 180-2, B.1.
    private static let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private func hash(of token: String) -> TokenHash { Array(token.utf8).withView { TokenHash(of: $0) } }

    private func parse(_ text: String) throws(TokenHashFault) -> TokenHash {
        try Array(text.utf8).withView { bytes throws(TokenHashFault) in try TokenHash(parsing: bytes) }
    }

    @Test("a hash is written and read")
    func writtenForm() throws {
        #expect(hash(of: "abc").description == Self.abc)
        #expect(try parse(Self.abc) == hash(of: "abc"))
        #expect(try parse("sha256:" + Self.abc.dropFirst(7).uppercased()) == hash(of: "abc"))
        #expect(try parse(Self.abc) != hash(of: "abd"))
    }

    @Test("hashes that differ in one bit anywhere differ")
    func everyBit() throws {
        for place in 7..<71 {
            var text = Array(Self.abc.utf8)
            text[place] = text[place] == UInt8(ascii: "0") ? UInt8(ascii: "8") : UInt8(ascii: "0")
            #expect(try parse(String(decoding: text, as: UTF8.self)) != hash(of: "abc"))
        }
    }

    @Test(
        "what is no hash; the fault does not repeat it",
        arguments: [
            "", "sha256:", "sha256:ba78", abc + "0", String(abc.dropLast()), String(abc.dropLast()) + "g",
            "sha1:" + abc.dropFirst(7), "SHA256:" + abc.dropFirst(7), "acsgw_secretsecretsecret", " " + abc,
        ])
    func refused(_ text: String) {
        do throws(TokenHashFault) {
            _ = try parse(text)
            Issue.record("accepted \(text)")
        } catch {
            #expect(!error.description.contains("secret"))
            #expect(error.description.contains("64 hexadecimal digits"))
        }
    }

    @Test("a new token has the prefix, 256 bits in base64url, and is acceptable as a bearer token")
    func generated() {
        var seen: Set<String> = []
        for _ in 0..<50 {
            let token = Token()
            let text = token.withBytes(\.text)
            #expect(text.hasPrefix("acsgw_"))
            let random = Array(text.dropFirst(6).utf8)
            #expect(random.count == 43)
            #expect(random.withView { Base64.decode($0, .url) }?.count == 32)
            #expect(seen.insert(text).inserted)
            #expect(token.hash == hash(of: text))
            Array("Bearer \(text)".utf8).withView { header in
                guard case .token(let bearer) = BearerCredentials(header) else {
                    Issue.record("refused")
                    return
                }
                #expect(bearer.text == text)
            }
        }
    }

    @Test(
        "bearer tokens in the Authorization header",
        arguments: [
            ("Bearer abc", "abc"), ("bearer abc", "abc"), ("BEARER   abc  ", "abc"), ("Bearer a-._~+/9==", "a-._~+/9=="),
            ("Bearer", nil), ("Bearer ", nil), ("Bearer a b", nil), ("Bearer a,b", nil), ("Bearer \"abc\"", nil),
            ("Bearer a=b", nil), ("Bearer =", nil), ("Bearer é", nil), ("Bearer a\tb", nil), ("", nil), ("  ", nil),
            ("Bearer " + String(repeating: "a", count: 8192), String(repeating: "a", count: 8192)),
            ("Bearer " + String(repeating: "a", count: 8193), nil),
        ] as [(String, String?)])
    func header(_ value: String, _ token: String?) {
        Array(value.utf8).withView { header in
            switch BearerCredentials(header) {
            case .token(let bearer): #expect(bearer.text == token)
            case .malformed: #expect(token == nil)
            case .otherScheme: Issue.record("another scheme: \(value)")
            }
        }
    }

    @Test("every byte: the characters of RFC 6750 and no others")
    func everyByte() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/".utf8)
        for byte in UInt8.min...UInt8.max {
            (Array("Bearer x".utf8) + [byte, 0x78]).withView { header in
                var isToken = false
                if case .token = BearerCredentials(header) { isToken = true }
                #expect(isToken == allowed.contains(byte), "\(byte)")
            }
        }
    }

    @Test("other schemes are told apart", arguments: ["Basic dXNlcjpwYXNz", "Bearerabc", "Digest x", "abc"])
    func otherScheme(_ value: String) {
        Array(value.utf8).withView { header in
            guard case .otherScheme = BearerCredentials(header) else {
                Issue.record("taken for bearer: \(value)")
                return
            }
        }
    }
}
