import Bytes
import TestKeys
import Testing

@testable import Auth

/// Tokens that must not be believed, each with the reason that the log gets. The caller is told no more than that the
/// credentials are not known, or have expired.
struct JWTAttackTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let token: String
        let failure: AuthenticationFailure
        let ground: String
        var testDescription: String { name }

        init(_ name: String, _ token: String, _ ground: String, _ failure: AuthenticationFailure = .unknown) {
            self.name = name
            self.token = token
            self.ground = ground
            self.failure = failure
        }
    }

    private static let good = JWTBench.payload()
    private static func signed(_ changes: [String: String]) -> String { JWTBench.ed.token(JWTBench.payload(changes)) }
    private static func header(_ header: String) -> String { JWTBench.ed.token(good, header: header) }
    private static func unsigned(_ header: String) -> String {
        "\(TestKey.base64(Array(header.utf8))).\(TestKey.base64(Array(good.utf8)))."
    }
    private static func parts(_ token: String) -> [String] {
        token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
    private static let now = JWTBench.now

    static let cases: [Case] = algorithms + headers + signatures + claims + shapes

    private static let algorithms = [
        Case("none", unsigned("{\"alg\":\"none\",\"kid\":\"ed-1\"}"), "not signed"),
        Case("None", unsigned("{\"alg\":\"nOnE\",\"kid\":\"ed-1\"}"), "not signed"),
        Case("none with a signature", header("{\"alg\":\"none\",\"kid\":\"ed-1\"}"), "not signed"),
        Case("no alg", header("{\"kid\":\"ed-1\"}"), "no `alg`"),
        Case("alg is no string", header("{\"alg\":1,\"kid\":\"ed-1\"}"), "no `alg`"),
        Case("alg in another letter case", header("{\"alg\":\"EDDSA\",\"kid\":\"ed-1\"}"), "`EDDSA` is not supported"),
        Case(
            "HS256 with the public key as the secret",
            TestKey.token(good, header: "{\"alg\":\"HS256\",\"kid\":\"rsa-1\"}", secret: JWTBench.rsa.pem), "shared secret"),
        Case(
            "HS256 with the modulus as the secret",
            TestKey.token(good, header: "{\"alg\":\"HS256\",\"kid\":\"rsa-1\"}", secret: Array(JWTBench.rsa.part("n").utf8)),
            "shared secret"),
        Case("another algorithm of RSA", header("{\"alg\":\"PS256\",\"kid\":\"rsa-1\"}"), "`PS256` is not supported"),
        Case(
            "an RSA token that names the key of another kind",
            JWTBench.rsa.token(good, header: "{\"alg\":\"RS256\",\"kid\":\"ec-1\"}"), "`ec-1` is for ES256, the token says RS256"),
        Case(
            "an Ed25519 signature called ES256", header("{\"alg\":\"ES256\",\"kid\":\"ed-1\"}"),
            "`ed-1` is for EdDSA, the token says ES256"),
        Case(
            "an EC key called RS256", JWTBench.ec.token(good, header: "{\"alg\":\"RS256\",\"kid\":\"ec-1\"}"),
            "`ec-1` is for ES256"),
    ]

    private static let headers = [
        Case("no kid", header("{\"alg\":\"EdDSA\"}"), "no `kid`"),
        Case("an empty kid", header("{\"alg\":\"EdDSA\",\"kid\":\"\"}"), "no `kid`"),
        Case("a kid that is no string", header("{\"alg\":\"EdDSA\",\"kid\":[\"ed-1\"]}"), "no `kid`"),
        Case("an unknown kid", header("{\"alg\":\"EdDSA\",\"kid\":\"ed-2\"}"), "no issuer has a key `ed-2`"),
        Case("a kid in another letter case", header("{\"alg\":\"EdDSA\",\"kid\":\"ED-1\"}"), "no issuer has a key"),
        Case("a path as kid", header("{\"alg\":\"EdDSA\",\"kid\":\"../../dev/null\"}"), "no issuer has a key"),
        Case("two algs", header("{\"alg\":\"EdDSA\",\"alg\":\"none\",\"kid\":\"ed-1\"}"), "member given twice"),
        Case(
            "two algs, one of them escaped", header("{\"alg\":\"EdDSA\",\"\\u0061lg\":\"none\",\"kid\":\"ed-1\"}"),
            "member given twice"),
        Case("two kids", header("{\"alg\":\"EdDSA\",\"kid\":\"x\",\"kid\":\"ed-1\"}"), "member given twice"),
        Case("crit", header("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"crit\":[\"exp\"]}"), "`crit`"),
        Case("another type", header("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"typ\":\"logout+jwt\"}"), "another purpose"),
        Case("a nested token", header("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"cty\":\"JWT\"}"), "another token"),
        Case("a header that is a list", header("[\"EdDSA\"]"), "it is a list"),
        Case(
            "a key in the header",
            JWTBench.stranger.token(good, header: "{\"alg\":\"RS256\",\"kid\":\"mine\",\"jwk\":\(JWTBench.stranger.jwk())}"),
            "no issuer has a key `mine`"),
        Case(
            "a key in the header under a known id",
            JWTBench.stranger.token(good, header: "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jwk\":\(JWTBench.stranger.jwk())}"),
            "the signature does not match"),
        Case(
            "an address of keys",
            JWTBench.stranger.token(good, header: "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jku\":\"https://evil\"}"),
            "the signature does not match"),
    ]

    private static let signatures = [
        Case("another key under the same id", JWTBench.stranger.token(good), "the signature does not match"),
        Case(
            "a payload that was exchanged",
            {
                let mine = parts(signed([:]))
                let other = parts(signed(["sub": "\"Deployer\""]))
                return "\(mine[0]).\(other[1]).\(mine[2])"
            }(),
            "the signature does not match"),
        Case(
            "a header that was exchanged",
            {
                let mine = parts(signed([:]))
                return "\(TestKey.base64(Array("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\"}".utf8))).\(mine[1]).\(mine[2])"
            }(),
            "the signature does not match"),
        Case(
            "no signature",
            {
                let mine = parts(signed([:]))
                return "\(mine[0]).\(mine[1])."
            }(), "the signature does not match"),
        Case("half a signature", { String(signed([:]).dropLast(40)) }(), "the signature"),
        Case(
            "a signature of zeros",
            {
                let mine = parts(JWTBench.ec.token(good))
                return "\(mine[0]).\(mine[1]).\(TestKey.base64([UInt8](repeating: 0, count: 64)))"
            }(),
            "the signature does not match"),
        Case(
            "r and s as DER",
            {
                let mine = parts(JWTBench.ec.token(good))
                return "\(mine[0]).\(mine[1]).\(TestKey.base64([0x30, 6, 2, 1, 1, 2, 1, 1]))"
            }(),
            "the signature does not match"),
        Case(
            "a signature that is no base64url",
            {
                let mine = parts(signed([:]))
                return "\(mine[0]).\(mine[1]).~~~~"
            }(), "the signature is no base64url"),
        Case("spare bits in the signature", { String(signed([:]).dropLast()) + "B" }(), "the signature is no base64url"),
    ]

    private static let claims = [
        Case("expired", signed(["exp": "\(now - 61)"]), "it expired at", .expired),
        Case("expired to the second", signed(["exp": "\(now - 60)"]), "it expired at", .expired),
        Case("no exp", signed(["exp": ""]), "`exp` is missing"),
        Case("exp as a string", signed(["exp": "\"\(now + 600)\""]), "`exp` is no number"),
        Case("exp with an exponent", signed(["exp": "9e30"]), "`exp` is no number"),
        Case("exp beyond all dates", signed(["exp": "99999999999999999999999"]), "`exp` is no number"),
        Case("exp at the edge of arithmetic", signed(["exp": "\(Int64.max)"]), "`exp` is no number"),
        Case("a negative exp", signed(["exp": "-1"]), "`exp` is no number"),
        Case("not yet valid", signed(["nbf": "\(now + 61)"]), "not valid before"),
        Case("nbf as null", signed(["nbf": "null"]), "`nbf` is no number"),
        Case("issued in the future", signed(["iat": "\(now + 61)"]), "issued in the future"),
        Case("another issuer", signed(["iss": "\"https://login.example.com\""]), "`iss` is `https://login.example.com`"),
        Case("no issuer", signed(["iss": ""]), "`iss` is missing"),
        Case("a list of issuers", signed(["iss": "[\"\(JWTBench.issuer)\"]"]), "`iss` is missing"),
        Case("another audience", signed(["aud": "\"somebody\""]), "`aud` does not name this gateway"),
        Case("no audience", signed(["aud": ""]), "`aud` does not name this gateway"),
        Case("a list without us", signed(["aud": "[\"a\",\"b\"]"]), "`aud` does not name this gateway"),
        Case("a list with a number", signed(["aud": "[\"acs-gateway\",1]"]), "`aud` does not name this gateway"),
        Case("no subject", signed(["sub": ""]), "`sub`, which names the principal, is missing"),
        Case("a subject that is a number", signed(["sub": "7"]), "`sub` is a number, not a string"),
        Case("an empty subject", signed(["sub": "\"\""]), "which is no name"),
        Case("a subject with a line feed", signed(["sub": "\"a\\nb\""]), "which is no name"),
        Case("a subject beyond ASCII", signed(["sub": "\"al\u{131}ce\""]), "which is no name"),
        Case("groups that are no texts", signed(["groups": "{\"a\":1}"]), "neither a string nor a list of strings"),
        Case("a group that is no text", signed(["groups": "[\"staff\",null]"]), "neither a string nor a list of strings"),
        Case(
            "two subjects", JWTBench.ed.token("{\"sub\":\"bob\",\(good.dropFirst())"), "member given twice"),
        Case(
            "two expiries, one of them escaped", JWTBench.ed.token("{\"\\u0065xp\":9999999999,\(good.dropFirst())"),
            "member given twice"),
    ]

    private static let shapes = [
        Case("a payload that is no JSON", JWTBench.ed.token("hello"), "the payload is no acceptable JSON"),
        Case("text after the payload", JWTBench.ed.token(good + "{}"), "the payload is no acceptable JSON"),
        Case("a payload that is no UTF-8", JWTBench.ed.token("{\"a\":\"\u{0}\"}"), "the payload is no acceptable JSON"),
        Case("a payload nested deeply", JWTBench.ed.token("{\"a\":" + String(repeating: "[", count: 40)), "nested too deeply"),
        Case("nothing but dots", "..", "the header is no acceptable JSON"),
        Case("a padded header", "e30=.e30.e30", "the header is no base64url"),
    ]

    @Test("is refused, and why", arguments: cases)
    func refused(_ line: Case) throws {
        let refusal = try #require(JWTBench.source().identify(token: line.token).refusal)
        #expect(refusal.failure == line.failure)
        #expect(refusal.ground?.contains(line.ground) == true, "\(refusal.ground ?? "")")
        #expect(refusal.ground?.hasPrefix("JWT: ") == true)
    }

    @Test("an algorithm that the issuer does not use")
    func algorithmNotAccepted() throws {
        let source = JWTBench.source { $0.algorithms = [.rs256] }
        let ground = try #require(source.identify(token: JWTBench.ec.token(Self.good)).refusal?.ground)
        #expect(ground.contains("ES256` is not accepted from"))
        #expect(source.identify(token: JWTBench.rsa.token(Self.good)).caller?.principal.name == "alice")
    }

    @Test("a text without exactly two dots is left to others")
    func otherTokens() {
        for text in ["acsgw_abc", "a.b", "a.b.c.d", "."] { #expect(JWTBench.source().identify(token: text).isNotMine) }
    }

    @Test("a huge token is refused before anything is read")
    func huge() {
        let token = JWTBench.ed.token(JWTBench.payload(["pad": "\"\(String(repeating: "x", count: 9000))\""]))
        let authenticator = Authenticator([JWTBench.source()])
        let result = Array("Bearer \(token)".utf8).withView { authenticator.authenticate(authorization: $0, at: Identities.now) }
        #expect(throws: AuthenticationFailure.malformed) { try result.mapError(\.failure).get() }
    }

    /// Any byte of a good token changed: the signature covers every one.
    @Test("a token that was changed anywhere")
    func everyByte() {
        let source = JWTBench.source()
        let token = Array(JWTBench.ed.token(Self.good).utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "C") : UInt8(ascii: "A")
            #expect(source.identify(token: String(decoding: changed, as: UTF8.self)).caller == nil, "byte \(index)")
        }
    }
}
