import Bytes
import HTTP
import Signer

/// Carries requests for keys by the gateway's HTTP client, whose answers come in memory that is cleared.
struct ClientTransport: CredentialTransport {
    /// For hosts that are reached from this machine alone.
    let direct: Client
    /// By the account's proxy and authorities.
    let configured: Client

    func send(_ request: CredentialRequest) async throws(CredentialTransportError) -> CredentialAnswer {
        // A call that is signed must not be sent twice: its nonce counts once.
        var upstream = UpstreamRequest(request.method.upstream, url: request.url, isRead: request.method != .post)
        for header in request.headers {
            Array(header.name.utf8).withView { name in
                header.value.withView { upstream.headers.append(name, $0) }
            }
        }
        upstream.secretBody = request.form
        upstream.isSecret = true
        upstream.maxResponseBytes = CredentialRequest.largestAnswer
        upstream.timeouts = UpstreamTimeouts(
            connect: request.connectTime, firstByte: request.totalTime, total: request.totalTime)
        do throws(UpstreamError) {
            let response = try await (request.route == .direct ? direct : configured).send(upstream)
            return CredentialAnswer(
                status: Int(response.status), body: response.secret ?? LockedBytes(capacity: 1), date: response.field(.date))
        } catch {
            throw CredentialTransportError("\(error)")
        }
    }
}

extension CredentialRequest.Method {
    fileprivate var upstream: UpstreamRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .put: .put
        }
    }
}
