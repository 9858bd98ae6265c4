import Auth
import Bytes
import Cache
import HTTP

/// Answers of every kind, with the headers that each has.
extension Pipeline {
    /// A stored answer: its bytes go out from where they lie.
    func respond(
        _ answer: StoredAnswer, _ status: CacheStatus, isHit: Bool = false, _ exchange: Exchange, _ call: Call
    ) {
        let isUnchanged = exchange.header(.ifNoneMatch).map { $0.containsEntityTag(answer.etag) } ?? false
        exchange.respond(status: isUnchanged ? 304 : answer.status, body: .shared(owner: answer, answer.body)) { headers in
            headers.add("Content-Type", answer.contentType)
            addCommon(&headers, exchange, call)
            headerValue.removeAll(keepingCapacity: true)
            status.append(to: &headerValue)
            headerValue.withView { headers.add("Cache-Status", bytes: $0) }
            headers.add("ETag", bytes: answer.etag)
            if isHit { headers.add("Age", decimal: Int(answer.age(at: exchange.receivedAt) / 1_000_000_000)) }
            if let details = answer.payload as? AnswerDetails { addNextLink(details.nextPageToken, &headers, exchange) }
        }
    }

    /// An answer for this caller alone.
    func respond(_ answer: Answer, _ exchange: Exchange, _ call: Call, isReplay: Bool = false) {
        call.isReplayed = isReplay
        let body: ResponseBody = answer.body.isEmpty ? .none : .bytes(answer.body)
        exchange.respond(status: UInt16(clamping: answer.status), body: body) { headers in
            if !answer.body.isEmpty { headers.add("Content-Type", answer.contentType.text) }
            addCommon(&headers, exchange, call)
            if let location = answer.location { headers.add("Location", string: location) }
            if isReplay { headers.add("Idempotency-Replayed", "true") }
            for header in answer.headers { headers.add(header.name, string: header.value) }
            if let token = answer.nextPageToken { addNextLink(token, &headers, exchange) }
        }
    }

    func respond(_ problem: Problem, _ exchange: Exchange, _ call: Call) {
        call.problemCode = problem.code
        call.failure = AuditRecord.Outcome(problem)
        guard problem.delay == 0 else {
            var problem = problem
            let delay = problem.delay
            problem.delay = 0
            let later = problem
            return exchange.perform { [self] exchange in
                await loop.pause(delay)
                respond(later, exchange, call)
            }
        }
        var body: [UInt8] = []
        call.requestID.bytes.withView { problem.append(to: &body, requestID: $0) }
        exchange.respond(status: UInt16(clamping: problem.status), body: .bytes(body)) { headers in
            headers.add("Content-Type", ContentType.problem.text)
            addCommon(&headers, exchange, call)
            if let retryAfter = problem.retryAfter { headers.add("Retry-After", decimal: retryAfter) }
            for header in problem.headers { headers.add(header.name, string: header.value) }
        }
    }

    /// What every answer has: its ids, and what browsers need.
    private func addCommon(_ headers: inout HeaderWriter, _ exchange: Exchange, _ call: Call) {
        call.requestID.bytes.withView { headers.add("X-Request-Id", bytes: $0) }
        if let id = call.cloudRequestID { headers.add("X-Acs-Request-Id", string: id) }
        guard services.crossOrigin.isEnabled else { return }
        headers.add("Vary", "Origin")
        if let origin = exchange.header(.origin), services.crossOrigin.allows(origin) {
            headers.add("Access-Control-Allow-Origin", bytes: origin)
            headers.add("Access-Control-Expose-Headers", CrossOrigin.exposedHeaders)
        }
    }

    /// `Link` to the next page: the same request with the page's token (RFC 8288).
    private func addNextLink(_ token: [UInt8], _ headers: inout HeaderWriter, _ exchange: Exchange) {
        guard exchange.method == .get || exchange.method == .head else { return }
        headerValue.removeAll(keepingCapacity: true)
        headerValue.append("<")
        headerValue.append(uriReference: exchange.path)
        headerValue.append("?")
        var start = 0
        let query = exchange.query
        while start < query.count {
            let end = query.firstOffset(of: UInt8(ascii: "&"), from: start) ?? query.count
            let pair = query.slice(start..<end)
            if !pair.isEmpty, !pair.isPageParameter {
                headerValue.append(uriReference: pair)
                headerValue.append("&")
            }
            start = end + 1
        }
        headerValue.append("pageToken=")
        headerValue.append(contentsOf: token)
        headerValue.append(">; rel=\"next\"")
        headerValue.withView { headers.add("Link", bytes: $0) }
    }

    /// The answer to a browser's preflight request.
    func respondToPreflight(_ exchange: Exchange, _ call: Call) {
        let maxAge = services.configuration.cors.maxAge.components.seconds
        let isAllowed = exchange.header(.origin).map(services.crossOrigin.allows) ?? false
        exchange.respond(status: 204) { headers in
            addCommon(&headers, exchange, call)
            headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
            guard isAllowed else { return }
            headers.add("Access-Control-Allow-Methods", CrossOrigin.allowedMethods)
            headers.add("Access-Control-Allow-Headers", CrossOrigin.allowedHeaders)
            headers.add("Access-Control-Max-Age", decimal: Int(maxAge))
        }
    }
}
