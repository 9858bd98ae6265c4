import Bytes
import HTTP
import Routes
import Signer

/// Signing and sending.
extension Pipeline {
    /// Pauses before the second and third try of a call that may be repeated, in nanoseconds.
    static let pauses: [UInt64] = [25_000_000, 100_000_000]

    /// Signs the call and sends it. Reads, and writes that carry a ClientToken, are tried up to three times when the cloud
    /// was not reached or says that it is unavailable; other writes are tried once.
    ///
    /// Throws the problem that an error of the cloud, or no answer, is.
    func send(_ call: Call, triesBefore: Int = 0) async throws(Problem) -> UpstreamResponse {
        guard let operation = call.bound.operation else { throw .internalError }
        let isRead = operation.entry.kind == .read
        let isRepeatable = isRead || (operation.entry.idempotency.map(call.bound.has) ?? false)
        var tries = triesBefore
        while true {
            let problem: Problem
            do throws(Problem) {
                return try await sendOnce(call)
            } catch {
                problem = error
            }
            guard tries < Self.pauses.count, isRepeatable, problem.isTransient, !Task.isCancelled else { throw problem }
            await loop.pause(Self.pauses[tries])
            tries += 1
        }
    }

    private func sendOnce(_ call: Call) async throws(Problem) -> UpstreamResponse {
        guard let account = call.account else { throw .internalError }
        let outgoing = try prepare(call, key: try await accessKey(for: call, account))
        return try settle(await send(outgoing), outgoing, call)
    }

    /// Signs the call that was bound.
    func prepare(_ call: Call, key: AccessKey) throws(Problem) -> OutgoingCall {
        guard let account = call.account, let operation = call.bound.operation, let action = call.action else {
            throw .internalError
        }
        let entry = operation.entry
        call.wire.removeAll()
        call.bound.append(to: &call.wire)
        let request = try sign(
            call, account, key, product: entry.product, action: entry.action, version: entry.version,
            isRead: entry.kind == .read)
        return OutgoingCall(request: request, account: account, action: action, key: key, began: SystemClock.monotonic)
    }

    func send(_ outgoing: OutgoingCall) async -> Result<UpstreamResponse, UpstreamError> {
        do throws(UpstreamError) {
            return .success(try await clients[outgoing.account.client].send(outgoing.request))
        } catch {
            return .failure(error)
        }
    }

    /// Measures a call that has ended and judges its outcome.
    func settle(
        _ result: Result<UpstreamResponse, UpstreamError>, _ outgoing: OutgoingCall, _ call: Call
    ) throws(Problem) -> UpstreamResponse {
        let duration = SystemClock.monotonic &- outgoing.began
        let action = outgoing.action
        call.upstreamTime &+= duration
        do throws(Problem) {
            let response = try judge(result, outgoing.account, action.text)
            if let outcome = call.bound.operation?.entry.outcome {
                try CloudAnswer.check(response, outcome, action: action.text)
            }
            call.cloudRequestID = CloudAnswer.requestID(of: response) ?? call.cloudRequestID
            metrics.called(action.text, .ok, duration)
            return response
        } catch {
            call.cloudRequestID = error.upstream?.requestID ?? call.cloudRequestID
            metrics.called(action.text, .init(error), duration)
            note(error, of: outgoing.key, call, outgoing.account)
            throw error
        }
    }

    func sign(
        _ call: Call, _ account: CloudAccount, _ key: AccessKey, product: String, action: String, version: String, isRead: Bool,
        format: CloudCall.Format = .json
    ) throws(Problem) -> UpstreamRequest {
        guard let endpoint = account.endpoints[product] else {
            throw Problem(
                501, "NoEndpoint", "account `\(account.name)` has no endpoint for `\(product)`; add one under `endpoints`",
                origin: .gateway)
        }
        let cloudCall = CloudCall(endpoint: endpoint, action: action, version: version, format: format)
        let now = account.skew.correct(Timestamp(wallNanoseconds: SystemClock.wall))
        do throws(SigningError) {
            try stamps.withStamp(now) { stamp throws(SigningError) in
                try account.signer.sign(cloudCall, &call.wire, with: key, stamp: stamp, into: &call.signed)
            }
        } catch {
            throw Problem(400, "InvalidParameter", "the request cannot be signed: \(error)")
        }
        var request = UpstreamRequest(call.signed.method == .get ? .get : .post, url: call.signed.url, isRead: isRead)
        request.body = call.signed.body
        request.headers = account.headers
        if account.namesRegionInHeader { appendRegion(of: call, account, to: &request) }
        call.signed.forEachHeader { line in
            guard let colon = line.firstOffset(of: UInt8(ascii: ":")) else { return }
            request.headers.append(line.slice(0..<colon), line.slice(colon + 1..<line.count).trimmed)
        }
        request.timeouts = account.timeouts
        request.maxResponseBytes = account.responseLimit
        return request
    }

    private func appendRegion(of call: Call, _ account: CloudAccount, to request: inout UpstreamRequest) {
        Array(AccountHeaders.region.utf8).withView { name in
            call.bound.withRegion { region in
                if region.isEmpty {
                    account.region.withView { request.headers.append(name, $0) }
                } else {
                    request.headers.append(name, region)
                }
            }
        }
    }

    /// Learns the cloud's clock, and turns errors into problems.
    func judge(
        _ result: Result<UpstreamResponse, UpstreamError>, _ account: CloudAccount, _ action: String
    ) throws(Problem) -> UpstreamResponse {
        switch result {
        case .failure(let error): throw CloudAnswer.problem(for: error, action: action)
        case .success(let response):
            response.withField(.date) { date in
                guard let date else { return }
                _ = account.skew.observe(date: date, at: Timestamp(wallNanoseconds: SystemClock.wall))
            }
            guard (200..<300).contains(response.status) else { throw CloudAnswer.problem(in: response, action: action) }
            return response
        }
    }
}

/// A signed call on its way.
struct OutgoingCall {
    let request: UpstreamRequest
    let account: CloudAccount
    let action: ActionName
    let key: AccessKey
    /// Nanoseconds of the monotonic clock.
    let began: UInt64
}

extension Problem {
    /// Whether trying again soon may help: the cloud was not reached, or is unavailable. Throttling is not: trying again
    /// would add to it.
    var isTransient: Bool {
        guard retryable, origin == .cloud, status == 502 else { return false }
        return upstream?.status == nil || upstream?.status == 503
    }
}

extension EventLoop {
    /// Waits. On the loop only.
    func pause(_ nanoseconds: UInt64) async {
        await withCheckedContinuation { continuation in
            _ = schedule(at: now &+ nanoseconds) { continuation.resume() }
        }
    }
}
