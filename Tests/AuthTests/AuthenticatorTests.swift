import Bytes
import Testing

@testable import Auth

struct AuthenticatorTests {
    private static let now = Timestamp(secondsSinceEpoch: 1_800_000_000)

    private static func principal(_ name: String) -> Principal {
        Principal(name: name, accountID: "123", policies: PrincipalPolicies(identity: PolicySet([PolicyDocument]())))
    }

    private static func grant(
        _ token: String, _ principal: Principal, name: String? = nil, expiry: Int64? = nil
    ) -> TokenGrant {
        TokenGrant(
            hash: Array(token.utf8).withView { TokenHash(of: $0) }, principal: principal, name: name,
            expiry: expiry.map { Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + $0) })
    }

    private func authenticate(_ authenticator: Authenticator, _ header: String?) -> Result<Caller, AuthenticationFailure> {
        guard let header else {
            return authenticator.authenticate(authorization: nil, at: Self.now).mapError(\.failure)
        }
        return Array(header.utf8).withView {
            authenticator.authenticate(authorization: $0, at: Self.now).mapError(\.failure)
        }
    }

    @Test("several tokens of several principals, by name and expiry")
    func tokens() throws {
        let ann = Self.principal("ann")
        let bob = Self.principal("bob")
        let table = try TokenTable([
            Self.grant("t1", ann, name: "laptop"), Self.grant("t2", ann, expiry: 1), Self.grant("t3", ann, expiry: 0),
            Self.grant("t4", bob, expiry: -1), Self.grant("t5", bob),
        ])
        let authenticator = Authenticator([table])
        #expect(try authenticate(authenticator, "Bearer t1").get().principal === ann)
        #expect(try authenticate(authenticator, "Bearer t1").get().credential == "laptop")
        #expect(try authenticate(authenticator, "bearer t2").get().principal === ann)
        #expect(throws: AuthenticationFailure.expired) { try authenticate(authenticator, "Bearer t3").get() }
        #expect(throws: AuthenticationFailure.expired) { try authenticate(authenticator, "Bearer t4").get() }
        #expect(try authenticate(authenticator, "Bearer t5").get().principal === bob)
        #expect(try authenticate(authenticator, "Bearer t5").get().kind == .token)
        for wrong in ["t6", "T1", "t", "t11"] {
            #expect(throws: AuthenticationFailure.unknown) { try authenticate(authenticator, "Bearer \(wrong)").get() }
        }
    }

    @Test("why nobody is authenticated")
    func failures() throws {
        let authenticator = Authenticator([try TokenTable([])])
        #expect(throws: AuthenticationFailure.missing) { try authenticate(authenticator, nil).get() }
        #expect(throws: AuthenticationFailure.malformed) { try authenticate(authenticator, "Bearer a b").get() }
        #expect(throws: AuthenticationFailure.malformed) { try authenticate(authenticator, "").get() }
        #expect(throws: AuthenticationFailure.unknown) { try authenticate(authenticator, "Basic abc").get() }
        #expect(throws: AuthenticationFailure.unknown) { try authenticate(authenticator, "Bearer abc").get() }
    }

    @Test("a thousand tokens, each found and no other")
    func many() throws {
        let principals = (0..<10).map { Self.principal("p\($0)") }
        let grants = (0..<1000).map { Self.grant("token\($0)", principals[$0 % 10], name: "n\($0)") }
        let authenticator = Authenticator([try TokenTable(grants)])
        for index in 0..<1000 {
            let caller = try authenticate(authenticator, "Bearer token\(index)").get()
            #expect(caller.principal === principals[index % 10])
            #expect(caller.credential == "n\(index)")
        }
        #expect(throws: AuthenticationFailure.unknown) { try authenticate(authenticator, "Bearer token1000").get() }
    }

    @Test("one token for two principals is a fault that names both")
    func duplicate() {
        let grants = [Self.grant("same", Self.principal("ann")), Self.grant("same", Self.principal("bob"))]
        #expect(throws: DuplicateTokenFault(principals: ["ann", "bob"])) { try TokenTable(grants) }
    }

    @Test("sources are asked in order until one knows the caller or refuses it")
    func order() throws {
        let ann = Self.principal("ann")
        let bob = Self.principal("bob")
        let first = try TokenTable([Self.grant("a", ann), Self.grant("b", ann, expiry: -1)])
        let second = try TokenTable([Self.grant("a", bob), Self.grant("b", bob), Self.grant("c", bob)])
        let authenticator = Authenticator([first, second])
        #expect(try authenticate(authenticator, "Bearer a").get().principal === ann)
        #expect(throws: AuthenticationFailure.expired) { try authenticate(authenticator, "Bearer b").get() }
        #expect(try authenticate(authenticator, "Bearer c").get().principal === bob)
    }

    @Test("the name of a principal in policies")
    func arn() {
        #expect(Self.principal("ann").arn == Array("acs:ram::123:user/ann".utf8))
    }
}
