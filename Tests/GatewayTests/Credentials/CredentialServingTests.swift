import Bytes
import Signer
import Synchronization
import Testing

@testable import Gateway
@testable import Simulator

/// Keys from their source to the cloud: the whole gateway in front of a simulated cloud that has an STS.
@Suite struct CredentialServingTests {
    @Test func callsWithTheKeyOfARole() async throws {
        let rig = try await CredentialRig(accounts: { _ in
            let session = RoleSession(role: CredentialRig.role("gateway"), name: "gw-1")
            return [("main", .assumedRole(session, with: CredentialRig.ownKey))]
        })
        for _ in 0..<3 { #expect(try await rig.get("/regions", uncached: true).status == 200) }
        #expect(rig.callers(of: "AssumeRole") == ["acs:ram::\(CredentialRig.account):user/testid"])
        #expect(
            rig.callers(of: "DescribeRegions")
                == Array(repeating: "acs:ram::\(CredentialRig.account):role/gateway/gw-1", count: 3))
        #expect(try await rig.get("/readyz").body == "ready\n")
        let metrics = try await rig.get("/metrics").body
        #expect(metrics.contains(#"acs_gateway_credentials_ready{account="main"} 1"#))
        #expect(metrics.contains(#"acs_gateway_credentials_renewals_total{account="main",outcome="ok"} 1"#))
        let log = await rig.shutdown()
        #expect(!log.contains { $0.contains(CredentialRig.secret) || $0.contains("CAIS") })
    }

    /// A key that lives for two seconds is renewed before each end, and no call ever finds an expired one.
    @Test func renewsAheadOfNeed() async throws {
        let rig = try await CredentialRig(
            cloud: { $0.longestKeyLife = 2 },
            accounts: { _ in
                let session = RoleSession(role: CredentialRig.role("gateway"), name: "gw-1")
                return [("main", .assumedRole(session, with: CredentialRig.ownKey))]
            })
        let clock = ContinuousClock()
        let start = clock.now
        while clock.now - start < .seconds(5) {
            let reply = try await rig.get("/regions", uncached: true)
            #expect(reply.status == 200, "\(reply.body)")
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(rig.callers(of: "AssumeRole").count >= 3)
        _ = await rig.shutdown()
    }

    /// When STS fails, the old key serves to its end; then callers are told, and so is who watches.
    @Test func aFailingServiceIsSeenAndOutlived() async throws {
        let rig = try await CredentialRig(
            cloud: { $0.longestKeyLife = 6 },
            accounts: { _ in
                let session = RoleSession(role: CredentialRig.role("gateway"), name: "gw-1")
                return [("main", .assumedRole(session, with: CredentialRig.ownKey))]
            })
        rig.cloud.setFaults(FaultPlan([.init(.unavailable, actions: ["AssumeRole"])]))
        #expect(
            try await eventually {
                try await rig.get("/readyz").body.contains("warning: account `main`: renewing the key failed")
            })
        let ready = try await rig.get("/readyz")
        #expect(ready.status == 200 && ready.body.hasPrefix("ready\n"))
        #expect(try await rig.get("/regions", uncached: true).status == 200)
        #expect(try await rig.get("/metrics").body.contains(#"acs_gateway_credentials_renewal_failing{account="main"} 1"#))

        #expect(try await eventually { try await rig.get("/readyz").status == 503 })
        let problem = try await rig.get("/regions", uncached: true)
        #expect(problem.status == 503 && problem.retryAfter)
        #expect(problem.member("origin") == "credentials" && problem.member("code") == "NoCredentials")
        #expect(problem.member("detail")?.contains("refused with status 503 and code `ServiceUnavailable`") == true)

        rig.cloud.setFaults(FaultPlan())
        #expect(try await eventually { try await rig.get("/readyz").body == "ready\n" })
        #expect(try await rig.get("/regions", uncached: true).status == 200)
        let log = await rig.shutdown()
        #expect(log.contains { $0.contains("renewing the access key failed; the old one serves on") })
        #expect(log.contains { $0.contains("the access key is renewed again") })
    }

    /// Each principal's calls carry its name into the cloud's own log, and none sees what was cached for another.
    @Test func assumesARoleForACaller() async throws {
        let auditor = CredentialRig.role("auditor")
        let rig = try await CredentialRig(
            accounts: { _ in [("main", CredentialRig.ownKey), ("same", CredentialRig.ownKey), ("far", CredentialRig.ownKey)] },
            roles: ["plain": [], "alice": [auditor], "bob": [auditor], "carol": [CredentialRig.role("operator"), auditor]])
        for _ in 0..<2 {
            for name in ["plain", "alice", "bob"] { #expect(try await rig.get("/regions", as: name).status == 200) }
        }
        let base = "acs:ram::\(CredentialRig.account)"
        #expect(
            rig.callers(of: "DescribeRegions")
                == ["\(base):user/testid", "\(base):role/auditor/alice", "\(base):role/auditor/bob"])
        #expect(rig.callers(of: "AssumeRole").count == 2)
        // Of two roles of one account the configuration allows none; the first counts.
        _ = try await rig.get("/regions", as: "carol")
        #expect(rig.callers(of: "DescribeRegions").last == "\(base):role/operator/carol")
        // The same role in another entry of the account; none in another account.
        #expect(try await rig.get("/accounts/same/regions", as: "alice").status == 200)
        #expect(rig.callers(of: "DescribeRegions").last == "\(base):role/auditor/alice")
        let refused = try await rig.get("/accounts/far/regions", as: "alice")
        #expect(refused.status == 403 && refused.member("code") == "Forbidden.NoRole")
        #expect(try await rig.get("/accounts/far/regions").status == 200)
        #expect(
            try await rig.get("/metrics").body.contains(#"acs_gateway_role_sessions{account="main",state="ready"} 3"#))
        _ = await rig.shutdown()
    }

    /// Many callers at once, hits and misses mixed: no answer that was made for one role reaches another.
    @Test func noAnswerCrossesRoles() async throws {
        let names = (0..<6).map { "user-\($0)" }
        let rig = try await CredentialRig(
            accounts: { _ in [("main", CredentialRig.ownKey)] },
            roles: Dictionary(uniqueKeysWithValues: names.map { ($0, [CredentialRig.role("auditor")]) }))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                group.addTask {
                    for _ in 0..<30 {
                        let status = try await rig.get("/regions", as: name).status
                        #expect(status == 200)
                    }
                }
            }
            try await group.waitForAll()
        }
        // Each role's list was asked for with its own key, once while it was fresh.
        let callers = rig.callers(of: "DescribeRegions")
        #expect(Set(callers) == Set(names.map { "acs:ram::\(CredentialRig.account):role/auditor/\($0)" }))
        #expect(callers.count == names.count && rig.callers(of: "AssumeRole").count == names.count)
        _ = await rig.shutdown()
    }

    @Test func aRoleThatDoesNotTrustIsACredentialsProblem() async throws {
        let rig = try await CredentialRig(
            accounts: { _ in [("main", CredentialRig.ownKey)] }, roles: ["ann": [CredentialRig.role("nobody")], "plain": []])
        let problem = try await rig.get("/regions", as: "ann")
        #expect(problem.status == 503 && problem.member("origin") == "credentials")
        #expect(problem.member("detail")?.hasSuffix("refused with status 404 and code `EntityNotExist.Role`") == true)
        // Another caller is not touched by that, and the account is ready.
        #expect(try await rig.get("/regions").status == 200)
        #expect(try await rig.get("/readyz").status == 200)
        _ = await rig.shutdown()
    }

    /// The metadata service, asked over HTTP with its session token, and its keys taken by the cloud.
    @Test(arguments: [true, false])
    func callsWithTheKeyOfTheInstance(_ hasTokens: Bool) async throws {
        let lines = Mutex<[String]>([])
        let end = Timestamp(secondsSinceEpoch: Timestamp(wallNanoseconds: SystemClock.wall).secondsSinceEpoch + 3600)
        let key =
            #"{"Code":"Success","AccessKeyId":"STS.meta","AccessKeySecret":"m-secret","SecurityToken":"m/token","Expiration":"\#(end)"}"#
        let metadata = try StandInServer { asked in
            lines.withLock { $0.append(asked.line) }
            let wanted = hasTokens ? "session-1" : nil
            if asked.line == "PUT /latest/api/token" {
                return hasTokens && asked.headers["x-aliyun-ecs-metadata-token-ttl-seconds"] != nil
                    ? (200, "session-1") : (404, "")
            }
            guard asked.headers["x-aliyun-ecs-metadata-token"] == wanted else { return (403, "") }
            return asked.line.hasSuffix("/web") ? (200, key) : (200, "web")
        }
        let address = try await metadata.start()
        let rig = try await CredentialRig(
            cloud: { $0.accessKeys.append(.init(id: "STS.meta", secret: "m-secret", securityToken: "m/token")) },
            accounts: { _ in [("main", .instanceRole(InstanceRole(endpoint: address, isHardened: hasTokens)))] })
        #expect(try await rig.get("/regions").status == 200)
        #expect(rig.callers(of: "DescribeRegions") == ["acs:ram::\(CredentialRig.account):user/STS.meta"])
        let path = "/latest/meta-data/ram/security-credentials/"
        #expect(lines.withLock { $0 } == ["PUT /latest/api/token", "GET \(path)", "GET \(path)web"])
        _ = await rig.shutdown()
        await metadata.stop()
    }

    /// A key that the cloud rejects is fetched anew, long before it would expire.
    @Test func aRevokedKeyIsFetchedAnew() async throws {
        let round = Mutex(0)
        let end = Timestamp(secondsSinceEpoch: Timestamp(wallNanoseconds: SystemClock.wall).secondsSinceEpoch + 36_000)
        let service = try StandInServer { _ in
            let count = round.withLock { round in
                round += 1
                return round
            }
            let id = count == 1 ? "revoked" : "testid"
            return (200, #"{"AccessKeyId":"\#(id)","AccessKeySecret":"m-secret","SecurityToken":"t","Expiration":"\#(end)"}"#)
        }
        let address = try await service.start()
        let rig = try await CredentialRig(
            cloud: { $0.accessKeys = [.init(id: "testid", secret: "m-secret", securityToken: "t")] },
            accounts: { _ in [("main", .uri("\(address)/keys"))] })
        let problem = try await rig.get("/regions")
        #expect(problem.status == 502 && problem.member("code") == "InvalidAccessKeyId.NotFound")
        #expect(try await eventually { try await rig.get("/regions").status == 200 })
        #expect(round.withLock { $0 } == 2)
        _ = await rig.shutdown()
        await service.stop()
    }

    /// A reload neither loses a key nor the sessions of callers, even if STS does not answer meanwhile.
    @Test func aReloadKeepsTheKeys() async throws {
        let session = RoleSession(role: CredentialRig.role("gateway"), name: "gw-1")
        let rig = try await CredentialRig(
            accounts: { _ in [("main", .assumedRole(session, with: CredentialRig.ownKey))] },
            roles: ["plain": [], "alice": [CredentialRig.role("auditor")]])
        for name in ["plain", "alice"] { #expect(try await rig.get("/regions", as: name).status == 200) }
        rig.cloud.setFaults(FaultPlan([.init(.unavailable, actions: ["AssumeRole"])]))
        // The same accounts: everything of theirs goes on.
        var configuration = rig.configuration
        configuration.limits.nesting = 20
        _ = try await rig.serving.adopt(configuration)
        for name in ["plain", "alice"] { #expect(try await rig.get("/regions", as: name, uncached: true).status == 200) }
        // One account more: the key of the other serves on, until it is renewed.
        var more = configuration.accounts[0]
        more.name = "more"
        more.isDefault = false
        configuration.accounts.append(more)
        _ = try await rig.serving.adopt(configuration)
        #expect(try await rig.get("/regions", uncached: true).status == 200)
        #expect(try await rig.get("/accounts/more/regions").status == 503)
        let ready = try await rig.get("/readyz")
        #expect(ready.status == 503 && ready.body.contains("account `more`: no access key"))
        #expect(ready.body.contains("warning: account `main`: renewing the key failed"))
        rig.cloud.setFaults(FaultPlan())
        #expect(try await eventually { try await rig.get("/readyz").body == "ready\n" })
        _ = await rig.shutdown()
    }

    /// A key that this machine alone could give and does not stops the start; one that a service gives does not.
    @Test func whatStopsTheStart() async throws {
        let missing = CredentialPlan.profile(ProfileFile(.ini, path: "/nonexistent/keys"))
        await #expect(throws: ServeError.self) {
            _ = try await CredentialRig(accounts: { _ in [("main", missing)] })
        }
        let rig = try await CredentialRig(accounts: { _ in [("main", .uri("http://127.0.0.1:1/keys"))] })
        let ready = try await rig.get("/readyz")
        #expect(ready.status == 503)
        #expect(
            ready.body == "account `main`: no access key: credentials URI at `127.0.0.1:1`: no connection (errno 111)\n",
            "\(ready.body)")
        #expect(try await rig.get("/healthz").status == 200)
        _ = await rig.shutdown()
    }
}
