import CSystem
import Glibc

extension UpstreamConnection {
    /// Tells libcurl where and how to connect, and to leave the connection to us then.
    func preset(connectMilliseconds: Int) {
        let configuration = client.configuration
        curl_set_pointer(easy, CURLOPT_PRIVATE, Unmanaged.passUnretained(self).toOpaque())
        curl_set_long(easy, CURLOPT_CONNECT_ONLY, 1)
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        curl_set_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        curl_set_long(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        curl_set_long(easy, CURLOPT_TCP_NODELAY, 1)
        curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        curl_set_text(easy, CURLOPT_USERAGENT, configuration.userAgent)
        curl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        if case .file(let path) = configuration.trustedCertificates {
            curl_set_text(easy, CURLOPT_CAINFO, path)
            curl_set_text(easy, CURLOPT_CAPATH, nil)
            curl_set_text(easy, CURLOPT_PROXY_CAINFO, path)
            curl_set_text(easy, CURLOPT_PROXY_CAPATH, nil)
        }
        if configuration.carriesSecrets { curl_set_cleansing(easy) }
        // An empty name keeps libcurl from searching the environment; the exceptions were looked at already.
        curl_set_text(easy, CURLOPT_PROXY, origin.proxy ?? "")
        curl_set_text(easy, CURLOPT_NOPROXY, "")
        // Of this time libcurl gives each of a host's addresses a share, so that one that does not answer leaves time for
        // the next. The calls' own deadlines are the client's.
        curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds)
        curl_set_text(easy, CURLOPT_URL, String(decoding: origin.name, as: UTF8.self))
        curl_set_open_function(easy) { _, _, address in
            guard let address = address?.pointee else { return CURL_SOCKET_BAD }
            let kind = address.socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
            return socket(address.family, kind, address.protocol)
        }
        curl_set_close_function(easy) { client, descriptor in
            Client.from(client)?.forget(descriptor)
            return Glibc.close(descriptor)
        }
        curl_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, Unmanaged.passUnretained(client).toOpaque())
    }

    /// The connection that was given to libcurl as a pointer.
    static func from(_ pointer: UnsafeMutableRawPointer?) -> UpstreamConnection? {
        pointer.map { Unmanaged<UpstreamConnection>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The error for a connection that libcurl could not make.
    func failure(_ code: CURLcode) -> UpstreamError.Kind {
        UpstreamError.Kind(
            connecting: code, errno: Int32(clamping: curl_get_long(easy, CURLINFO_OS_ERRNO)),
            proxyStatus: curl_get_long(easy, CURLINFO_HTTP_CONNECTCODE))
    }
}
