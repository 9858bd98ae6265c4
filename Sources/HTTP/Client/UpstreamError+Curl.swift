import CSystem

extension UpstreamError.Kind {
    /// Why libcurl made no connection: its result, `errno` of the failed connect, and the proxy's answer to CONNECT.
    init(connecting code: CURLcode, errno: Int32, proxyStatus: Int) {
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNSUPPORTED_PROTOCOL: self = .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .nameNotResolved
        case CURLE_COULDNT_CONNECT: self = .notConnected(errno: errno)
        case CURLE_PROXY: self = .proxyRefused(status: proxyStatus)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            self = .certificateRejected
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE: self = .trustStoreUnusable
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_SHUTDOWN_FAILED:
            self = .tlsFailed
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut(.connect)
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            self = proxyStatus != 0 ? .proxyRefused(status: proxyStatus) : .connectionLost
        default: self = .other(code: code.rawValue)
        }
    }
}
