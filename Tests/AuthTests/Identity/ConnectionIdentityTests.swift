import Bytes
import Testing

@testable import Auth

/// Callers that their connection identifies: by a client certificate, or as a process of this machine.
struct ConnectionIdentityTests {
    private let ann = Identities.principal("ann")
    private let bob = Identities.principal("bob")

    private func identify(_ names: CertificateNames, _ rules: [(CertificateRule, Principal)]) throws -> IdentityResult {
        try CertificateTable(rules.map { (rule: $0.0, principal: $0.1) })
            .identify(Evidence(certificate: .accepted(names)), at: Identities.now)
    }

    @Test("each kind of name, compared whole")
    func names() throws {
        let names = CertificateNames(
            subject: "CN=ann,O=Example", commonName: "ann", dns: ["a.example.com", "b.example.com"], emails: ["ann@example.com"],
            uris: ["spiffe://example/ann"])
        for rule: CertificateRule in [
            .subject("CN=ann,O=Example"), .commonName("ann"), .dns("b.example.com"), .email("ann@example.com"),
            .uri("spiffe://example/ann"),
        ] {
            let caller = try #require(try identify(names, [(rule, ann)]).caller)
            #expect(caller.principal === ann)
            #expect(caller.kind == .clientCertificate)
            #expect(caller.credential == "CN=ann,O=Example")
        }
        for rule: CertificateRule in [
            .subject("CN=ann"), .subject("O=Example,CN=ann"), .commonName("Ann"), .commonName("an*"), .dns("ann"),
            .dns("*.example.com"),
            .email("ann"), .uri("spiffe://example/"), .uri("ann@example.com"),
        ] {
            let refusal = try #require(try identify(names, [(rule, ann)]).refusal)
            #expect(refusal.ground?.contains("stands for no principal") == true)
        }
    }

    @Test("a certificate that stands for two principals stands for none")
    func ambiguous() throws {
        let names = CertificateNames(subject: "CN=ann", commonName: "ann", dns: ["bob.example.com"])
        let rules: [(CertificateRule, Principal)] = [(.commonName("ann"), ann), (.dns("bob.example.com"), bob)]
        #expect(try identify(names, rules).refusal?.ground?.contains("several principals") == true)
        #expect(try identify(names, [rules[0], (.subject("CN=ann"), ann)]).caller?.principal === ann)
    }

    @Test("the same name for two principals is a fault")
    func duplicate() {
        #expect(throws: DuplicateCertificateFault(rule: .dns("a"))) {
            try CertificateTable([(rule: .dns("a"), principal: ann), (rule: .dns("a"), principal: bob)])
        }
    }

    @Test("a certificate that was not accepted is nobody, whatever it says")
    func refused() throws {
        let table = try CertificateTable([(rule: .commonName("ann"), principal: ann)])
        let refusal = table.identify(Evidence(certificate: .refused("certificate has expired")), at: Identities.now).refusal
        #expect(refusal?.failure == .unknown)
        #expect(refusal?.ground == "the client certificate is not accepted: certificate has expired")
        #expect(table.identify(Evidence(), at: Identities.now).isNotMine)
    }

    @Test("processes by user, then by group")
    func peers() {
        let table = UnixPeerTable(users: [1000: ann, .max: ann], groups: [50: bob, .max: bob])
        func identify(_ uid: UInt32, _ gid: UInt32) -> Caller? {
            table.identify(Evidence(unixPeer: UnixPeer(uid: uid, gid: gid)), at: Identities.now).caller
        }
        #expect(identify(1000, 50)?.principal === ann)
        #expect(identify(1000, 50)?.credential == "uid=1000")
        #expect(identify(1001, 50)?.principal === bob)
        #expect(identify(1001, 50)?.credential == "gid=50")
        #expect(identify(1001, 51) == nil)
        #expect(identify(0, 0) == nil)
        // The kernel does not know: nobody.
        #expect(identify(.max, .max) == nil)
        #expect(table.identify(Evidence(), at: Identities.now).isNotMine)
    }

    @Test("a bearer header decides alone, also when it is bad")
    func bearerWins() throws {
        let token = try TokenTable([
            TokenGrant(hash: Array("good".utf8).withView { TokenHash(of: $0) }, principal: bob)
        ])
        let table = try CertificateTable([(rule: .commonName("ann"), principal: ann)])
        let authenticator = Authenticator([token, table, UnixPeerTable(users: [1000: ann], groups: [:])])
        let certificate = Evidence(certificate: .accepted(CertificateNames(subject: "CN=ann", commonName: "ann")))
        let process = Evidence(unixPeer: UnixPeer(uid: 1000, gid: 0))
        func authenticate(_ header: String?, _ evidence: Evidence) -> Result<Caller, AuthenticationFailure> {
            guard let header else {
                return authenticator.authenticate(authorization: nil, evidence: evidence, at: Identities.now).mapError(\.failure)
            }
            return Array(header.utf8).withView {
                authenticator.authenticate(authorization: $0, evidence: evidence, at: Identities.now).mapError(\.failure)
            }
        }
        for evidence in [certificate, process] {
            #expect(try authenticate(nil, evidence).get().principal === ann)
            #expect(try authenticate("Bearer good", evidence).get().principal === bob)
            #expect(throws: AuthenticationFailure.unknown) { try authenticate("Bearer bad", evidence).get() }
            #expect(throws: AuthenticationFailure.unknown) { try authenticate("Basic YW5uOmFubg==", evidence).get() }
            #expect(throws: AuthenticationFailure.malformed) { try authenticate("Bearer", evidence).get() }
            #expect(throws: AuthenticationFailure.malformed) { try authenticate("", evidence).get() }
        }
        let refused = Evidence(certificate: .refused("self-signed certificate"))
        #expect(throws: AuthenticationFailure.unknown) { try authenticate(nil, refused).get() }
        #expect(try authenticate("Bearer good", refused).get().principal === bob)
    }
}
