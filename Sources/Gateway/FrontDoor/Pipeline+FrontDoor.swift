import Auth
import Bytes
import Cache
import HTTP
import Routes
import Signer

/// The cloud's own protocol, for unmodified SDKs, CLIs and Terraform providers: the caller signs with a key that the gateway
/// issued; the gateway verifies, authorises by the same policies, signs anew with the cloud's key, and passes the answer back
/// as it came.
///
///     verify → bind → authorise → sign → send → pass on
extension Pipeline {
    /// Whether a request speaks the cloud's protocol: `/?Action=…`, a form to `/`, or a call signed in headers.
    func isFrontDoorCall(_ exchange: Exchange) -> Bool {
        guard services.frontDoor.isOpen, exchange.path.equals("/"), exchange.method == .get || exchange.method == .post
        else { return false }
        if exchange.header(named: "x-acs-action") != nil { return true }
        if exchange.method == .post { return true }
        return exchange.query.hasPrefix("Action=") || exchange.query.contains(member: "Action=")
    }

    func answerFrontDoor(_ exchange: Exchange, _ call: Call) {
        let received = exchange.receivedCall
        let format = received.format ?? (received.style == .rpc ? .xml : .json)
        do throws(Problem) {
            try admit(received, exchange, call)
        } catch {
            return respond(WireError(error), error, format, exchange, call)
        }
        passOn(Passage(action: received.action ?? "", version: received.version ?? "", format: format), exchange, call)
    }

    /// A call that was let in.
    private struct Passage: Sendable {
        let action: String
        let version: String
        let format: CloudCall.Format
    }

    private func passOn(_ passage: Passage, _ exchange: Exchange, _ call: Call) {
        do throws(Problem) {
            try authorise(exchange, call)
            try checkAudit(call)
        } catch {
            if waits(exchange, call, again: { [self] in passOn(passage, $0, call) }) { return }
            return respond(WireError(error), error, passage.format, exchange, call)
        }
        exchange.perform { [self] exchange in
            do throws(Problem) {
                try await send(passage, exchange, call)
            } catch {
                respond(WireError(error), error, passage.format, exchange, call)
            }
        }
    }

    /// Finds out whose call it is, and what it means.
    private func admit(_ received: ReceivedCall, _ exchange: Exchange, _ call: Call) throws(Problem) {
        call.source = services.source(of: exchange)
        let grant: FrontDoor.Grant
        do throws(WireError) {
            grant = try services.frontDoor.admit(received, at: Timestamp(wallNanoseconds: exchange.loop.wallNow))
        } catch {
            metrics.authenticationFailed(.unknown)
            let id = (received.accessKeyId ?? "").prefix(64)
            call.refusal = AuthenticationRefusal(.unknown, ground: "\(error.code), access key `\(id)`")
            throw Problem(error.status, error.code, error.message)
        }
        call.caller = Caller(
            principal: grant.principal, kind: .accessKey, credential: grant.name ?? received.accessKeyId,
            expiry: grant.expiry)
        call.accessKeyID = grant.key.id
        let account = services.accounts.first { $0.name == grant.account } ?? services.defaultAccount
        call.account = account
        let action = received.action ?? ""
        guard let product = services.product(ofVersion: received.version ?? "", account.dialect) else {
            throw Problem(400, "InvalidVersion", "Specified parameter Version is not valid.")
        }
        let path = Array("/rpc/\(product)/\(action)".utf8)
        try path.withView { (path) throws(Problem) in
            guard case .found(let match) = services.routes.match(.route(.post), path, dialect: account.dialect) else {
                throw Problem(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.")
            }
            var query: [UInt8] = []
            received.parameters.forEach { name, value in
                if !query.isEmpty { query.append("&") }
                query.append(percentEncoded: name)
                query.append("=")
                query.append(percentEncoded: value)
            }
            try query.withView { (query) throws(Problem) in
                try account.region.withView { (region) throws(Problem) in
                    try bind(match, Binder.Input(path: path, query: query, region: region), call)
                }
            }
        }
        // In the caller's own way of paging, which is the cloud's.
        if call.bound.page.number != nil || call.bound.page.size != nil {
            call.bound.setPage(.number(call.bound.page.number ?? 1), size: call.bound.page.size)
        }
    }

    private func send(_ passage: Passage, _ exchange: Exchange, _ call: Call) async throws(Problem) {
        guard let account = call.account, let operation = call.bound.operation, let name = call.action else {
            throw .internalError
        }
        let isRead = operation.entry.kind == .read
        if !isRead { invalidate(call) }
        defer { if !isRead { invalidate(call) } }
        call.wire.removeAll()
        call.bound.append(to: &call.wire)
        let key = try await accessKey(for: call, account)
        let request = try sign(
            call, account, key, product: operation.entry.product, action: passage.action, version: passage.version,
            isRead: isRead, format: passage.format)
        let outgoing = OutgoingCall(request: request, account: account, action: name, key: key, began: SystemClock.monotonic)
        let result = await send(outgoing)
        let duration = SystemClock.monotonic &- outgoing.began
        call.upstreamTime &+= duration
        switch result {
        case .failure(let error):
            let problem = CloudAnswer.problem(for: error, action: name.text)
            metrics.called(name.text, .init(problem), duration)
            throw problem
        case .success(let response):
            call.cloudRequestID = CloudAnswer.requestID(of: response)
            let problem = Self.problem(in: response, name.text)
            metrics.called(name.text, problem.map { .init($0) } ?? .ok, duration)
            if let problem {
                note(problem, of: key, call, account)
                // The caller did not sign with the key that the cloud refuses.
                if problem.origin == .credentials { throw problem }
                call.failure = .failed
            }
            respond(response, passage.format, exchange, call)
        }
    }

    /// What an answer means, in whichever form it came; nil for a success.
    private static func problem(in response: UpstreamResponse, _ action: String) -> Problem? {
        guard !(200..<300).contains(response.status) else { return nil }
        if CloudErrorBody(response.body) != nil { return CloudAnswer.problem(in: response, action: action) }
        let code = response.body.withView { $0.text(between: "<Code>", "</Code>") } ?? ""
        return CloudErrors.problem(
            status: Int(response.status), code: code, message: "",
            upstream: .init(action: action, code: code, requestID: nil, status: Int(response.status)), retryAfter: nil)
    }

    private func respond(_ response: UpstreamResponse, _ format: CloudCall.Format, _ exchange: Exchange, _ call: Call) {
        exchange.respond(status: response.status, body: .bytes(response.body)) { headers in
            headers.add("Content-Type", format == .json ? "application/json;charset=utf-8" : "text/xml;charset=utf-8")
            call.requestID.bytes.withView { headers.add("X-Request-Id", bytes: $0) }
            if let id = call.cloudRequestID { headers.add("x-acs-request-id", string: id) }
        }
    }

    private func respond(
        _ error: WireError, _ problem: Problem, _ format: CloudCall.Format, _ exchange: Exchange, _ call: Call
    ) {
        call.problemCode = error.code
        call.failure = AuditRecord.Outcome(problem)
        var body: [UInt8] = []
        let requestID = String(decoding: call.requestID.bytes, as: UTF8.self)
        error.append(to: &body, requestID: requestID, host: exchange.header(.host) ?? .empty, format)
        exchange.respond(status: UInt16(clamping: error.status), body: .bytes(body)) { headers in
            headers.add("Content-Type", format == .json ? "application/json;charset=utf-8" : "text/xml;charset=utf-8")
            call.requestID.bytes.withView { headers.add("X-Request-Id", bytes: $0) }
            headers.add("x-acs-request-id", string: requestID)
        }
    }
}

extension Exchange {
    /// The signed call that the request is.
    fileprivate var receivedCall: ReceivedCall {
        let name: StaticString = method == .post ? "POST" : "GET"
        let headers = headers.map { ReceivedRequest.Header(name: $0.name, value: $0.value) }
        return ReceivedCall(
            reading: ReceivedRequest(method: name.view, target: target, headers: headers, body: body))
    }
}

extension ByteView {
    /// Whether a pair of the query begins with `member`.
    fileprivate func contains(member: StaticString) -> Bool {
        var start = 0
        while let ampersand = firstOffset(of: UInt8(ascii: "&"), from: start) {
            start = ampersand + 1
            if slice(start..<count).hasPrefix(member) { return true }
        }
        return false
    }

    /// The text between the first `opening` and the next `closing`, of at most 200 bytes.
    fileprivate func text(between opening: StaticString, _ closing: StaticString) -> String? {
        var start = 0
        while let found = firstOffset(of: UInt8(ascii: "<"), from: start) {
            start = found + 1
            guard slice(found..<count).hasPrefix(opening) else { continue }
            let begin = found + opening.utf8CodeUnitCount
            guard let end = firstOffset(of: UInt8(ascii: "<"), from: begin), end - begin <= 200,
                slice(end..<count).hasPrefix(closing)
            else { return nil }
            return slice(begin..<end).text
        }
        return nil
    }
}
