import CSystem

extension UpstreamError {
    /// What a transfer knows about itself when libcurl gave it up.
    struct Evidence {
        /// How many times the request was handed to a connection.
        var attempts = 0
        /// Whether a line of the answer's header came.
        var answerBegan = false
        /// `errno` of the failed connect.
        var errno: Int32 = 0
        /// The proxy's answer to CONNECT.
        var proxyStatus = 0
    }

    /// The error for a libcurl result other than `CURLE_OK`.
    init(_ code: CURLcode, _ evidence: Evidence) {
        self.init(Self.kind(code, evidence), mayHaveArrived: evidence.attempts > 0)
    }

    private static func kind(_ code: CURLcode, _ evidence: Evidence) -> Kind {
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: return .invalidRequest
        // Also the code for an answer without a status line, which would be HTTP/0.9.
        case CURLE_UNSUPPORTED_PROTOCOL: return evidence.attempts > 0 ? .malformedResponse : .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .nameNotResolved
        case CURLE_COULDNT_CONNECT: return .notConnected(errno: evidence.errno)
        case CURLE_PROXY: return .proxyRefused(status: evidence.proxyStatus)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .certificateRejected
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE: return .trustStoreUnusable
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_SHUTDOWN_FAILED:
            return .tlsFailed
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(evidence.attempts > 0 ? .total : .connect)
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            if evidence.attempts == 0, evidence.proxyStatus != 0 {
                return .proxyRefused(status: evidence.proxyStatus)
            }
            return evidence.answerBegan ? .truncated : .connectionLost
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: return .malformedResponse
        case CURLE_FILESIZE_EXCEEDED: return .responseTooLarge
        default: return .other(code: code.rawValue)
        }
    }
}
