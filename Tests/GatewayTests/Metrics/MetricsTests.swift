import Auth
import Cache
import Foundation
import Testing

@testable import Gateway

@Suite struct MetricsTests {
    static func gauges() -> Metrics.Gauges {
        var cache = CacheStatistics()
        cache.hits = 7
        cache.bytes = 4096
        return Metrics.Gauges(cache: cache, connections: 3, droppedLogLines: 2)
    }

    static func samples(_ metrics: Metrics) -> [String: String] {
        let page = String(decoding: metrics.page(gauges()), as: UTF8.self)
        var samples: [String: String] = [:]
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            samples[String(line[..<space])] = String(line[line.index(after: space)...])
        }
        return samples
    }

    @Test func countersOfAllLoopsAreAddedUp() {
        let metrics = Metrics(actions: ["ecs:DescribeInstances", "ecs:RunInstances"])
        let first = metrics.makeLoop()
        let second = metrics.makeLoop()
        first.completed(.read, status: 200, nanoseconds: 60_000)
        second.completed(.read, status: 200, nanoseconds: 2_000_000)
        second.completed(.read, status: 403, nanoseconds: 40_000)
        second.completed(.unmatched, status: 299, nanoseconds: 1)
        second.completed(.write, status: 0, nanoseconds: 1)
        first.called("ecs:RunInstances", .ok, 200_000_000)
        second.called("ecs:RunInstances", .throttled, 1_000_000)
        second.called("rds:CreateDBInstance", .timeout, 60_000_000_000)
        first.authenticationFailed(.unknown)
        first.decided(.implicitDeny)
        let samples = Self.samples(metrics)
        let expected = [
            #"acs_gateway_requests_total{class="read",status="200"}"#: "2",
            #"acs_gateway_requests_total{class="read",status="403"}"#: "1",
            #"acs_gateway_requests_total{class="unmatched",status="other"}"#: "1",
            #"acs_gateway_requests_total{class="write",status="none"}"#: "1",
            #"acs_gateway_request_duration_seconds_bucket{class="read",le="0.00005"}"#: "1",
            #"acs_gateway_request_duration_seconds_bucket{class="read",le="0.0001"}"#: "2",
            #"acs_gateway_request_duration_seconds_bucket{class="read",le="0.001"}"#: "2",
            #"acs_gateway_request_duration_seconds_bucket{class="read",le="0.0025"}"#: "3",
            #"acs_gateway_request_duration_seconds_bucket{class="read",le="+Inf"}"#: "3",
            #"acs_gateway_request_duration_seconds_sum{class="read"}"#: "0.002100000",
            #"acs_gateway_request_duration_seconds_count{class="read"}"#: "3",
            #"acs_gateway_upstream_calls_total{action="ecs:RunInstances",outcome="ok"}"#: "1",
            #"acs_gateway_upstream_calls_total{action="ecs:RunInstances",outcome="throttled"}"#: "1",
            #"acs_gateway_upstream_calls_total{action="other",outcome="timeout"}"#: "1",
            #"acs_gateway_upstream_duration_seconds_count{action="ecs:RunInstances"}"#: "2",
            #"acs_gateway_upstream_duration_seconds_sum{action="ecs:RunInstances"}"#: "0.201000000",
            #"acs_gateway_upstream_duration_seconds_bucket{action="other",le="30"}"#: "0",
            #"acs_gateway_authentication_failures_total{reason="unknown"}"#: "1",
            #"acs_gateway_authentication_failures_total{reason="missing"}"#: "0",
            #"acs_gateway_decisions_total{decision="ImplicitDeny"}"#: "1",
            #"acs_gateway_decisions_total{decision="Allow"}"#: "0",
            #"acs_gateway_cache_lookups_total{result="hit"}"#: "7",
            "acs_gateway_cache_bytes": "4096", "acs_gateway_connections": "3",
            "acs_gateway_log_lines_dropped_total": "2",
            #"acs_gateway_build_info{version="\#(Version.current)"}"#: "1",
        ]
        for (name, value) in expected { #expect(samples[name] == value, "\(name)") }
        #expect(samples.keys.allSatisfy { !$0.contains("DescribeInstances") })
    }

    /// Callers cannot make series: every label comes from a fixed set.
    @Test func theNumberOfSeriesIsBounded() {
        let metrics = Metrics(actions: (0..<10).map { "ecs:Action\($0)" })
        let loop = metrics.makeLoop()
        for number in 0..<2000 {
            for kind in RequestClass.allCases { loop.completed(kind, status: UInt16(number), nanoseconds: UInt64(number)) }
            for outcome in UpstreamOutcome.allCases { loop.called("x:Action\(number)", outcome, 1) }
        }
        #expect(Self.samples(metrics).count < 300)
    }

    /// The grammar of the text format, version 0.0.4.
    @Test func thePageIsWellFormed() throws {
        let metrics = Metrics(actions: ["ecs:\"\\\n"])
        metrics.makeLoop().called("ecs:\"\\\n", .ok, 5)
        let page = String(decoding: metrics.page(Self.gauges()), as: UTF8.self)
        let comment = try Regex("# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))")
        let label = #"[a-z]+="([^"\\\n]|\\["\\n])*""#
        let sample = try Regex(#"[a-z_]+(\{\#(label)(,\#(label))*\})? [0-9]+(\.[0-9]{9})?"#)
        var typed: Set<Substring> = []
        #expect(page.hasSuffix("\n"))
        for line in page.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let isWhole = try (line.hasPrefix("#") ? comment : sample).wholeMatch(in: line) != nil
            #expect(isWhole, "\(line)")
            if line.hasPrefix("# TYPE") { #expect(typed.insert(line).inserted) }
        }
        #expect(page.contains(#"action="ecs:\"\\\n""#))
    }

    @Test(
        arguments: [
            (429, .cloud, 429, .throttled), (502, .credentials, 403, .credentials), (504, .cloud, nil, .timeout),
            (502, .cloud, nil, .unreachable), (502, .cloud, 500, .failed), (404, .cloud, 404, .refused),
            (409, .cloud, 400, .refused),
        ] as [(Int, Problem.Origin, Int?, UpstreamOutcome)])
    func outcomesOfProblems(_ status: Int, _ origin: Problem.Origin, _ upstream: Int?, _ outcome: UpstreamOutcome) {
        let problem = Problem(
            status, "Code", "detail", origin: origin, upstream: .init(action: "ecs:RunInstances", status: upstream)
        )
        #expect(UpstreamOutcome(problem) == outcome)
    }

    @Test func positionsAreThoseOfTheCases() {
        #expect(RequestClass.allCases.map(\.position) == Array(0..<RequestClass.allCases.count))
        #expect(UpstreamOutcome.allCases.map(\.position) == Array(0..<UpstreamOutcome.allCases.count))
    }
}
