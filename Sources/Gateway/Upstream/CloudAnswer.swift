import Bytes
import HTTP

/// A successful answer of the cloud, or the problem that it, or its absence, is.
enum CloudAnswer {
    /// Reads the error that an answer of the cloud carries.
    static func problem(in response: UpstreamResponse, action: String) -> Problem {
        let requestID = requestID(of: response)
        guard let error = CloudErrorBody(response.body) else {
            var problem = Problem(
                502, "BadGateway.NotJSON",
                "the cloud answered with status \(response.status) and a body that is no JSON; something in between may have answered in its place",
                origin: .cloud, retryable: response.status >= 500,
                upstream: Problem.Upstream(action: action, code: nil, requestID: requestID, status: Int(response.status)))
            problem.mayHaveHadEffect = response.status >= 500
            return problem
        }
        let upstream = Problem.Upstream(
            action: action, code: error.code, requestID: error.requestID ?? requestID, status: Int(response.status))
        return CloudErrors.problem(
            status: Int(response.status), code: error.code, message: error.message, upstream: upstream,
            retryAfter: retryAfter(response))
    }

    /// The problem that a call without an answer is.
    static func problem(for error: UpstreamError, action: String) -> Problem {
        let upstream = Problem.Upstream(action: action, code: nil, requestID: nil, status: nil)
        func make(_ status: Int, _ code: String, _ detail: String, retryable: Bool) -> Problem {
            var problem = Problem(status, code, detail, origin: .cloud, retryable: retryable, upstream: upstream)
            problem.mayHaveHadEffect = error.mayHaveArrived
            return problem
        }
        switch error.kind {
        case .timedOut:
            let detail =
                error.mayHaveArrived
                ? "\(error); whether the call had an effect is not known"
                : "\(error); the call was not sent"
            return make(504, "GatewayTimeout", "the cloud was too slow: \(detail)", retryable: true)
        case .invalidRequest, .trustStoreUnusable:
            return Problem(
                500, "GatewayMisconfigured", "the call cannot be sent: \(error)", origin: .gateway, upstream: upstream)
        case .cancelled:
            return make(503, "Cancelled", "the call was given up because its caller went away", retryable: true)
        case .certificateRejected, .tlsFailed:
            return make(502, "BadGateway.TLS", "no trusted connection to the cloud: \(error)", retryable: false)
        case .responseTooLarge:
            return make(
                502, "BadGateway.TooLarge", "the cloud's answer is larger than the account's `response-limit`",
                retryable: false)
        case .nameNotResolved, .notConnected, .proxyRefused, .connectionLost, .truncated, .malformedResponse, .other:
            return make(502, "BadGateway.\(code(of: error))", "no answer from the cloud: \(error)", retryable: true)
        }
    }

    /// A body that should be JSON and is not.
    static func malformed(_ reason: String, response: UpstreamResponse, action: String) -> Problem {
        var problem = Problem(
            502, "BadGateway.NotJSON", "the cloud's answer is no valid JSON: \(reason)", origin: .cloud, retryable: true,
            upstream: Problem.Upstream(
                action: action, code: nil, requestID: requestID(of: response), status: Int(response.status)))
        problem.mayHaveHadEffect = true
        return problem
    }

    /// The cloud's id of the call as its header has it; the body's is the same where there is one.
    static func requestID(of response: UpstreamResponse) -> String? {
        response.withField(.requestID) { value in
            guard let value, RequestID.isSane(value) else { return nil }
            return value.text
        }
    }

    private static func retryAfter(_ response: UpstreamResponse) -> Int? {
        response.withField(.retryAfter) { value in
            guard let value, value.count < 6, value.allSatisfy(\.isASCIIDigit) else { return nil }
            return Int(value.text)
        }
    }

    private static func code(of error: UpstreamError) -> String {
        switch error.kind {
        case .nameNotResolved: "NameNotResolved"
        case .notConnected: "NotConnected"
        case .proxyRefused: "ProxyRefused"
        case .truncated: "Truncated"
        case .malformedResponse: "Malformed"
        default: "ConnectionLost"
        }
    }
}

/// The members of the cloud's error body, `{"RequestId", "HostId", "Code", "Message"}`.
struct CloudErrorBody {
    /// Bytes of a message that are passed on.
    static let longestMessage = 1000

    var code = ""
    var message = ""
    var requestID: String?

    /// Nil when the body is no JSON object with a code.
    init?(_ body: [UInt8]) {
        let isRead = body.withView { bytes in
            var scanner = JSONScanner(bytes)
            do throws(JSONError) {
                guard try scanner.next() == .beginObject else { return false }
                while case .name(let name) = try scanner.next() {
                    let name = bytes.slice(name.range)
                    let value = try scanner.next()
                    guard case .string(let text) = value else {
                        try scanner.skipRest(of: value)
                        continue
                    }
                    if name.equals("Code") {
                        code = JSONText.string(text, of: bytes)
                    } else if name.equals("Message") {
                        message = String(JSONText.string(text, of: bytes).prefix(Self.longestMessage))
                    } else if name.equals("RequestId") {
                        requestID = JSONText.string(text, of: bytes)
                    }
                }
                return try scanner.next() == .end
            } catch {
                return false
            }
        }
        guard isRead, !code.isEmpty else { return nil }
        if let id = requestID, !Array(id.utf8).withView(RequestID.isSane) { requestID = nil }
    }
}
