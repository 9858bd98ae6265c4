import Bytes
import Synchronization
import Testing

@testable import Signer

@Suite struct RoleSessionsTests {
    /// Sessions over sources that count, run on tasks of their own.
    private final class Cloud: Sendable {
        let clock = FakeClock()
        let sources = Mutex<[RoleSession: FakeSource]>([:])
        let result: Mutex<(RoleSession) -> Result<Credentials, CredentialError>>
        let isHeld = Mutex(false)

        init() {
            let clock = clock
            result = Mutex({ .success(Credentials(key: AccessKey($0.name), expiration: clock.after(3600))) })
        }

        func sessions(_ capacity: Int = 10) -> RoleSessions {
            RoleSessions(capacity: capacity, clock: { self.clock.now }) { session in
                self.sources.withLock { sources in
                    let source = FakeSource(self.result.withLock { $0(session) })
                    if self.isHeld.withLock({ $0 }) { source.hold() }
                    sources[session] = source
                    return source
                }
            } run: { body in
                Task { await body() }
            }
        }

        func loads(_ session: RoleSession) -> Int { sources.withLock { $0[session]?.loads ?? 0 } }
    }

    private func session(_ name: String) -> RoleSession { RoleSession(role: "acs:ram::1:role/r", name: name) }

    private func id(_ sessions: RoleSessions, _ name: String) async throws -> String {
        String(decoding: try await sessions.key(of: session(name)).id, as: UTF8.self)
    }

    @Test func eachCallerHasItsOwnKeyOnce() async throws {
        let cloud = Cloud()
        let sessions = cloud.sessions()
        for _ in 0..<3 {
            #expect(try await id(sessions, "alice") == "alice")
            #expect(try await id(sessions, "bob") == "bob")
        }
        #expect(cloud.loads(session("alice")) == 1 && cloud.loads(session("bob")) == 1)
        #expect(sessions.statistics == (2, 0))
    }

    @Test func manyWhoAskAtOnceMakeOneCall() async throws {
        let cloud = Cloud()
        cloud.isHeld.withLock { $0 = true }
        let sessions = cloud.sessions()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await id(sessions, "alice") } }
            while cloud.loads(session("alice")) == 0 { await Task.yield() }
            for _ in 0..<1000 { await Task.yield() }
            cloud.sources.withLock { $0[session("alice")] }?.release()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ids == Array(repeating: "alice", count: 50))
        #expect(cloud.loads(session("alice")) == 1)
    }

    @Test func renewsInTheBackgroundWhileInUse() async throws {
        let cloud = Cloud()
        let sessions = cloud.sessions()
        #expect(sessions.keyAtHand(of: session("alice")) == nil)
        _ = try await id(sessions, "alice")
        #expect(sessions.keyAtHand(of: session("alice")) != nil && cloud.loads(session("alice")) == 1)
        cloud.clock.advance(3400)
        // The old key is given at once, although the new one is on its way.
        cloud.sources.withLock { $0[session("alice")] }?.hold()
        #expect(try await id(sessions, "alice") == "alice")
        while cloud.loads(session("alice")) < 2 { await Task.yield() }
        cloud.sources.withLock { $0[session("alice")] }?.release()
    }

    @Test func aFailureIsToldAtOnceUntilThePauseIsOver() async throws {
        let cloud = Cloud()
        cloud.result.withLock {
            $0 = { _ in .failure(CredentialError("STS", "refused with status 403 and code `NoPermission`")) }
        }
        let sessions = cloud.sessions()
        for _ in 0..<5 {
            await #expect(throws: CredentialError("STS", "refused with status 403 and code `NoPermission`")) {
                try await sessions.key(of: session("alice"))
            }
        }
        #expect(cloud.loads(session("alice")) == 1)
        #expect(sessions.statistics == (1, 1))
        cloud.clock.advance(2)
        cloud.sources.withLock { $0[session("alice")] }?.set(.success(Credentials(key: AccessKey("alice"))))
        #expect(try await id(sessions, "alice") == "alice")
    }

    @Test func keepsSoManyAndNoMore() async throws {
        let cloud = Cloud()
        let sessions = cloud.sessions(3)
        for name in ["a1", "b1", "c1"] { _ = try await id(sessions, name) }
        _ = try await id(sessions, "a1")
        _ = try await id(sessions, "d1")
        #expect(sessions.statistics.kept == 3)
        _ = try await id(sessions, "a1")
        #expect(cloud.loads(session("a1")) == 1)
        _ = try await id(sessions, "b1")
        #expect(cloud.sources.withLock { $0.count } == 4)
    }

    @Test(
        arguments: [
            ("dashboard", "dashboard"), ("ci@example.com", "ci@example.com"), ("a", nil), ("", nil), ("with blank", nil),
            (String(repeating: "x", count: 64), String(repeating: "x", count: 64)), (String(repeating: "x", count: 65), nil),
            ("名前", nil), ("a/b", nil), ("a-b", "a-b"),
        ] as [(String, String?)])
    func namesTheSessionAfterTheCaller(_ caller: String, _ expected: String?) {
        let name = RoleSession.name(for: caller)
        #expect(RoleSession.isName(name))
        #expect(expected == nil || name == expected)
        #expect(name != RoleSession.name(for: caller + "?"))
    }

    @Test(
        arguments: [
            ("acs:ram::1234567890123456:role/gateway", "1234567890123456"), ("acs:ram::1:role/", nil),
            ("acs:ram:x:1:role/a", nil),
            ("acs:ram::1:user/a", nil), ("acs:ram:::role/a", nil), ("acs:ecs::1:role/a", nil), ("acs:ram::1:role/a b", nil),
            ("", nil), ("acs:ram::1:role/a/b", nil),
        ] as [(String, String?)])
    func readsRoles(_ text: String, _ account: String?) {
        #expect(RoleSession.account(ofRole: text) == account)
    }
}
