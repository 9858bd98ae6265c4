import Bytes
import TestKeys
import Testing

@testable import Auth

/// JSON Web Key Sets as issuers publish them, and their faults.
struct KeySetTests {
    private func parse(_ text: String) -> (set: KeySet, faults: [KeySetFault]) {
        Array(text.utf8).withView { KeySetParser.parse($0) }
    }

    @Test("keys of each kind, and those of no use here beside them")
    func kinds() {
        let others = [
            "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"AAAA\"}", JWTBench.rsa.jwk(",\"use\":\"enc\""),
            TestKey("p384", .p384).jwk(), JWTBench.ec.jwk(",\"key_ops\":[\"sign\"]"), JWTBench.rsa.jwk(",\"alg\":\"PS256\""),
            "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"x\",\"x\":\"AAAA\"}",
        ]
        let good = [
            JWTBench.rsa.jwk(",\"use\":\"sig\",\"alg\":\"RS256\",\"x5c\":[\"AAAA\"]"),
            JWTBench.ec.jwk(",\"key_ops\":[\"verify\"]"),
            JWTBench.ed.jwk(),
        ]
        let (set, faults) = parse(keySetText(others + good))
        #expect(set.entries.map(\.id) == ["rsa-1", "ec-1", "ed-1"])
        #expect(set.entries.map(\.key.algorithm) == [.rs256, .es256, .edDSA])
        #expect(faults.count == others.count && faults.allSatisfy(\.isHarmless), "\(faults)")
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let place: String
        let found: String
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ place: String, _ found: String) {
            self.name = name
            self.text = text
            self.place = place
            self.found = found
        }
    }

    private static func zero(_ count: Int) -> String { TestKey.base64([UInt8](repeating: 0, count: count)) }

    static let faults: [Fault] = [
        Fault("no JSON", "keys", "1 ", "unexpected character"),
        Fault("a list", "[]", "1 ", "a list"),
        Fault("no keys", "{\"key\":[]}", "1 ", "an object"),
        Fault("no key", "{\"keys\":\n[]}", "2 keys", "no key that can be used"),
        Fault("only others", keySetText([JWTBench.rsa.jwk(",\"use\":\"enc\"")]), "1 keys", "no key that can be used"),
        Fault("keys given twice", "{\"keys\":[],\"keys\":[]}", "1 ", "member given twice"),
        Fault("a key that is no object", keySetText(["1"]), "1 keys[0]", "a number"),
        Fault("no kty", keySetText(["{\"kid\":\"a\"}"]), "1 keys[0]", "no `kty`"),
        Fault(
            "no kid", keySetText(["{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\(JWTBench.ed.part("x"))\"}"]), "1 keys[0]",
            "no `kid`"),
        Fault("a private key", keySetText([JWTBench.ed.jwk(",\"d\":\"AAAA\"")]), "1 keys[0]", "a private key"),
        Fault("a key twice", keySetText([JWTBench.ed.jwk(), JWTBench.ed.jwk()]), "2 keys[1].kid", "`ed-1` a second time"),
        Fault("a short RSA key", keySetText([TestKey("a", .shortRSA).jwk()]), "1 keys[0]", "an RSA key that cannot be used"),
        Fault(
            "a huge RSA key",
            keySetText([
                "{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\(TestKey.base64([UInt8](repeating: 255, count: 1025)))\",\"e\":\"AQAB\"}"
            ]),
            "1 keys[0]", "an RSA key that cannot be used"),
        Fault(
            "an even exponent", keySetText(["{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\(JWTBench.rsa.part("n"))\",\"e\":\"Ag\"}"]),
            "1 keys[0]",
            "an RSA key that cannot be used"),
        Fault(
            "an exponent of one",
            keySetText(["{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\(JWTBench.rsa.part("n"))\",\"e\":\"AQ\"}"]), "1 keys[0]",
            "an RSA key that cannot be used"),
        Fault("no modulus", keySetText(["{\"kty\":\"RSA\",\"kid\":\"a\",\"e\":\"AQAB\"}"]), "1 keys[0]", "no `n`"),
        Fault(
            "a point beside the curve",
            keySetText(["{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\",\"x\":\"\(zero(32))\",\"y\":\"\(zero(32))\"}"]),
            "1 keys[0]", "no point of P-256"),
        Fault(
            "a short coordinate",
            keySetText(["{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\",\"x\":\"AAAA\",\"y\":\"\(zero(32))\"}"]), "1 keys[0]",
            "no point of P-256"),
        Fault(
            "a padded coordinate", keySetText(["{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x\":\"AAA=\"}"]),
            "1 keys[0].x", "no base64url"),
        Fault(
            "a short Ed25519 key", keySetText(["{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x\":\"AAAA\"}"]),
            "1 keys[0].x", "3 bytes"),
        Fault("too many keys", keySetText([String](repeating: "{}", count: 101)), "1 keys", "101 keys"),
    ]

    @Test("a fault is told with its line and place", arguments: faults)
    func fault(_ line: Fault) throws {
        let (set, faults) = parse(line.text)
        let fault = try #require(faults.last { !$0.isHarmless })
        #expect("\(fault.line) \(fault.path)" == line.place)
        #expect(fault.found.contains(line.found), "\(fault)")
        #expect(set.entries.count == (line.name == "a key twice" ? 1 : 0))
    }

    @Test("a faulty key leaves the others")
    func partly() {
        let (set, faults) = parse(keySetText(["{\"kty\":\"RSA\"}", JWTBench.ed.jwk()]))
        #expect(set.entries.map(\.id) == ["ed-1"])
        #expect(faults.count == 1)
    }
}
