import Auth
import Bytes
import HTTP
import Logging
import Synchronization

/// Fetches the keys of one issuer, off the way of requests: at the start, from time to time, and early when a token names a
/// key that is not there. Old keys go on until new ones are there.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: what is not behind a lock is touched on the loop only.
final class KeyFetcher: @unchecked Sendable {
    private let source: Access.FetchedIssuer
    private let loop: EventLoop
    private let client: Client
    private let logger: Logger
    private let schedule: Mutex<RefreshSchedule>
    private var timer: TimerToken?
    private var isStopped = false
    /// The text of the keys in force.
    private var current: [UInt8] = []

    /// On the loop's thread, or before it starts.
    init(_ source: Access.FetchedIssuer, client: Client, logger: Logger) {
        self.source = source
        self.client = client
        self.logger = logger
        loop = client.loop
        schedule = Mutex(
            RefreshSchedule(
                interval: source.fetch.refresh.wholeNanoseconds, gap: source.fetch.gap.wholeNanoseconds,
                now: SystemClock.monotonic))
    }

    /// Begins, from any thread. The fetcher lives as long as its loop, or until it is stopped.
    func start() {
        source.store.fetch { [self] in
            let (isUnderWay, isNews) = schedule.withLock { schedule in
                let before = schedule.next
                return (schedule.hurry(at: SystemClock.monotonic), schedule.next != before)
            }
            if isNews { loop.submit { self.plan() } }
            return isUnderWay
        }
        loop.submit { self.plan() }
    }

    /// Ends the fetching, from any thread. Nobody waits for it any more.
    func stop() {
        source.store.fetch { false }
        loop.submit { [self] in
            isStopped = true
            plan()
            source.store.finish(.failure(KeyFetchFailure("another configuration is in force")))
        }
    }

    /// Sets the timer for the next attempt.
    private func plan() {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard !isStopped else { return }
        let next = schedule.withLock { $0.next }
        guard next < .max else { return }
        timer = loop.schedule(at: next) { [self] in
            timer = nil
            fetch()
        }
    }

    private func fetch() {
        schedule.withLock { $0.begin(at: SystemClock.monotonic) }
        var request = UpstreamRequest(.get, url: Array(source.fetch.url.utf8), isRead: true)
        request.timeouts = UpstreamTimeouts(connect: .seconds(5), firstByte: .seconds(5), total: .seconds(10))
        request.maxResponseBytes = KeySetParser.byteLimit
        client.start(request) { [self] result in
            let outcome = keys(in: result)
            if case .failure(let failure) = outcome {
                logger.warning(
                    "the keys of an issuer could not be fetched",
                    metadata: ["issuer": "\(source.issuer)", "reason": "\(failure.reason)"])
            }
            schedule.withLock { schedule in
                let isSuccess = if case .success = outcome { true } else { false }
                schedule.end(isSuccess: isSuccess, at: SystemClock.monotonic)
            }
            source.store.finish(outcome)
            plan()
        }
    }

    /// The new keys, nil when they are those in force.
    private func keys(in result: Result<UpstreamResponse, UpstreamError>) -> Result<KeySet?, KeyFetchFailure> {
        let response: UpstreamResponse
        switch result {
        case .success(let answer): response = answer
        case .failure(let error): return .failure(KeyFetchFailure("\(error)"))
        }
        guard response.status == 200 else { return .failure(KeyFetchFailure("the answer has status \(response.status)")) }
        if response.body == current { return .success(nil) }
        let (set, faults) = response.body.withView { KeySetParser.parse($0) }
        for fault in faults where !fault.isHarmless {
            logger.warning("a key of an issuer is faulty", metadata: ["issuer": "\(source.issuer)", "fault": "\(fault)"])
        }
        guard !set.entries.isEmpty else {
            return .failure(KeyFetchFailure(faults.first { !$0.isHarmless }.map { "\($0)" } ?? "no key that can be used"))
        }
        current = response.body
        let names = set.entries.map(\.id).joined(separator: " ")
        logger.notice("new keys of an issuer", metadata: ["issuer": "\(source.issuer)", "keys": "\(names)"])
        return .success(set)
    }
}

extension Configuration.Issuer.Fetch {
    /// How the keys are fetched.
    var client: ClientConfiguration {
        var result = ClientConfiguration()
        result.maxConnections = 2
        result.maxConnectionsPerHost = 2
        if let caFile { result.trustedCertificates = .file(path: caFile) }
        switch proxy {
        case .environment: result.proxy = .environment
        case .none: result.proxy = .none
        case .address(let proxy): result.proxy = ProxySettings(http: "\(proxy)", https: "\(proxy)")
        }
        return result
    }
}
