import Bytes
import Testing

@testable import Auth

/// Guessing of credentials: limits by address, with an injected clock.
struct FailureGuardTests {
    private static let second: UInt64 = 1_000_000_000

    private static func address(_ text: String) -> NetworkAddress {
        Array(text.utf8).withView { NetworkAddress($0) } ?? NetworkAddress(v4: 0)
    }

    private static let source = address("192.0.2.1")
    private static let good = Array("good".utf8).withView { TokenHash(of: $0) }

    private static func limits(_ change: (inout FailureGuard.Limits) -> Void = { _ in }) -> FailureGuard.Limits {
        var limits = FailureGuard.Limits()
        limits.failures = 3
        change(&limits)
        return limits
    }

    @Test("after so many failures in a window an address is not listened to until the window is over")
    func limit() {
        var failures = FailureGuard(Self.limits())
        for time in 10...12 as ClosedRange<UInt64> {
            #expect(failures.blocked(Self.source, at: time * Self.second) == nil)
            _ = failures.failed(Self.source, at: time * Self.second)
        }
        #expect(failures.blocked(Self.source, at: 12 * Self.second) == 58)
        #expect(failures.blocked(Self.source, at: 70 * Self.second - 1) == 1)
        #expect(failures.blocked(Self.source, at: 70 * Self.second) == nil)
        _ = failures.failed(Self.source, at: 70 * Self.second)
        #expect(failures.blocked(Self.source, at: 71 * Self.second) == nil)
    }

    @Test("answers are held back longer and longer, up to a limit")
    func delay() {
        var failures = FailureGuard(Self.limits { $0.failures = 100 })
        let delays = (0..<6).map { _ in failures.failed(Self.source, at: 0) / 1_000_000 }
        #expect(delays == [100, 200, 400, 800, 1000, 1000])
        for _ in 0..<200 {
            let delay = failures.failed(Self.source, at: 0)
            #expect(delay <= Self.second)
        }
        let other = failures.failed(Self.address("192.0.2.2"), at: 0)
        #expect(other == 100_000_000)
    }

    @Test("addresses do not count for each other; a /64 of IPv6 is one")
    func others() {
        var failures = FailureGuard(Self.limits())
        for _ in 0..<10 { _ = failures.failed(Self.source, at: 0) }
        #expect(failures.blocked(Self.address("192.0.2.2"), at: 1) == nil)
        for host in 0..<3 { _ = failures.failed(Self.address("2001:db8::\(host)"), at: 0) }
        #expect(failures.blocked(Self.address("2001:db8::ffff:1"), at: 1) != nil)
        #expect(failures.blocked(Self.address("2001:db8:0:1::1"), at: 1) == nil)
    }

    @Test("however many addresses fail, memory is bounded and none is blocked by another's failures")
    func bounded() {
        var failures = FailureGuard(Self.limits { $0.addresses = 64 })
        for _ in 0..<3 { _ = failures.failed(Self.source, at: 0) }
        var random = SystemRandomNumberGenerator()
        var blocked = 0
        for _ in 0..<20_000 {
            let address = NetworkAddress(v4: UInt32.random(in: 0x0A00_0000...0x0AFF_FFFF, using: &random))
            _ = failures.failed(address, at: 1)
            if failures.blocked(address, at: 1) != nil { blocked += 1 }
        }
        #expect(blocked < 20)
        // The one with most failures is not forgotten for those with few.
        #expect(failures.blocked(Self.source, at: 2) != nil)
    }

    @Test("credentials that were good in the window stay good behind an address that guesses")
    func known() {
        var failures = FailureGuard(Self.limits())
        failures.succeeded(Self.good, of: Self.source, at: 0)
        #expect(!failures.knowsAsGood(Self.good, of: Self.source, at: 0))
        _ = failures.failed(Self.source, at: 0)
        failures.succeeded(Self.good, of: Self.source, at: 1)
        #expect(failures.knowsAsGood(Self.good, of: Self.source, at: 2))
        #expect(!failures.knowsAsGood(Self.good, of: Self.address("192.0.2.2"), at: 2))
        #expect(!failures.knowsAsGood(Self.good, of: Self.source, at: 60 * Self.second))
        for index in 0..<8 {
            Array("\(index)".utf8).withView { failures.succeeded(TokenHash(of: $0), of: Self.source, at: 3) }
        }
        #expect(!failures.knowsAsGood(Self.good, of: Self.source, at: 3))
    }
}

struct DoorkeeperTests {
    private let keeper: Doorkeeper

    init() throws {
        var limits = FailureGuard.Limits()
        limits.failures = 3
        let grants = [("good", "ann", nil), ("late", "bob", Identities.now)].map { token, name, expiry in
            TokenGrant(
                hash: Array(token.utf8).withView { TokenHash(of: $0) }, principal: Identities.principal(name), expiry: expiry)
        }
        keeper = Doorkeeper(Authenticator([try TokenTable(grants)]), limits: limits)
    }

    private func authenticate(
        _ header: String?, _ source: SourceAddress = .address(NetworkAddress(v4: 1)), time: UInt64 = 0
    ) -> Result<Caller, AuthenticationRefusal> {
        guard let header else {
            return keeper.authenticate(authorization: nil, source: source, at: Identities.now, time: time)
        }
        return Array(header.utf8).withView {
            keeper.authenticate(authorization: $0, source: source, at: Identities.now, time: time)
        }
    }

    private func failure(_ result: Result<Caller, AuthenticationRefusal>) -> AuthenticationFailure? {
        if case .failure(let refusal) = result { refusal.failure } else { nil }
    }

    @Test("unknown credentials count, and then nothing from the address is looked at")
    func limit() {
        for _ in 0..<3 { #expect(failure(authenticate("Bearer bad")) == .unknown) }
        guard case .failure(let refusal) = authenticate("Bearer good", time: 1) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.failure == .tooMany)
        #expect(refusal.retryAfter == 60)
        #expect(refusal.delay == 0)
        #expect(failure(authenticate("Bearer good", .address(NetworkAddress(v4: 2)), time: 1)) == nil)
        #expect(failure(authenticate("Bearer good", time: 60_000_000_000)) == nil)
    }

    @Test("what is no guess does not count")
    func noGuess() {
        for _ in 0..<10 {
            #expect(failure(authenticate(nil)) == .missing)
            #expect(failure(authenticate("Bearer late")) == .expired)
        }
        #expect(failure(authenticate("Bearer good")) == nil)
    }

    @Test("other schemes and malformed headers count")
    func malformed() {
        for header in ["Basic YTpi", "Bearer a b", "Bearer"] { #expect(failure(authenticate(header)) != .tooMany) }
        #expect(failure(authenticate("Bearer good")) == .tooMany)
    }

    @Test("a credential that was good goes on while others behind the same address guess")
    func known() {
        _ = authenticate("Bearer bad")
        #expect(failure(authenticate("Bearer good", time: 1)) == nil)
        for _ in 0..<5 { _ = authenticate("Bearer bad", time: 2) }
        #expect(failure(authenticate("Bearer bad", time: 3)) == .tooMany)
        #expect(failure(authenticate("Bearer good", time: 3)) == nil)
    }

    @Test("processes of this machine are not counted")
    func unix() {
        for _ in 0..<10 { #expect(failure(authenticate("Bearer bad", .none)) == .unknown) }
        #expect(failure(authenticate("Bearer good", .none)) == nil)
    }
}
