import Bytes
import CSystem
import Glibc

extension Transfer {
    /// Sets what stays the same for all calls.
    func preset() {
        curl_set_pointer(easy, CURLOPT_PRIVATE, Unmanaged.passUnretained(self).toOpaque())
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        // Over HTTP/2 a request shares its connection, and what was sent of it could not be told.
        curl_set_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        curl_set_long(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        curl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        curl_set_long(easy, CURLOPT_TCP_NODELAY, 1)
        curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // libcurl allocates both anew for every call; from 64 KiB on, freeing one makes malloc tidy up its heap.
        curl_set_long(easy, CURLOPT_BUFFERSIZE, 32 << 10)
        curl_set_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16 << 10)
        curl_set_long(easy, CURLOPT_MAXAGE_CONN, client.configuration.maxIdleSeconds)
        curl_set_text(easy, CURLOPT_USERAGENT, client.configuration.userAgent)
        curl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        if case .file(let path) = client.configuration.trustedCertificates {
            curl_set_text(easy, CURLOPT_CAINFO, path)
            curl_set_text(easy, CURLOPT_CAPATH, nil)
            curl_set_text(easy, CURLOPT_PROXY_CAINFO, path)
            curl_set_text(easy, CURLOPT_PROXY_CAPATH, nil)
        }
        curl_set_text(easy, CURLOPT_NOPROXY, client.configuration.proxy.curlExceptions)
        isSecure = nil
        isPost = false
        origin = []
        connectMilliseconds = 0
        presetCallbacks()
    }

    /// Sets what differs from call to call. False when the request can not be sent.
    func apply(_ request: UpstreamRequest) -> Bool {
        guard request.headers.isValid else { return false }
        return request.url.withView { bytes in
            guard let url = UpstreamURL(bytes) else { return false }
            outgoing.reset(size: 2 * (bytes.count + 2) + request.body.count + 1)
            applyConnectTimeout(request.timeouts.connect)
            return apply(url, bytes) && apply(request.method, request.body) && apply(request.headers)
        }
    }

    /// Time-outs are the client's own business, see `Client+Timers`; but of this one libcurl gives each of a host's addresses
    /// a share, so that one that does not answer leaves time for the next.
    private func applyConnectTimeout(_ nanoseconds: UInt64) {
        let milliseconds = Int(clamping: max(1, min(nanoseconds / 1_000_000, 1 << 31 - 1)))
        guard milliseconds != connectMilliseconds else { return }
        curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
        connectMilliseconds = milliseconds
    }

    private func apply(_ url: UpstreamURL, _ bytes: ByteView) -> Bool {
        let proxy = url.isSecure ? client.configuration.proxy.https : client.configuration.proxy.http
        if url.isSecure != isSecure {
            // An empty name keeps libcurl from searching the environment, anew for every call.
            curl_set_text(easy, CURLOPT_PROXY, proxy ?? "")
            isSecure = url.isSecure
        }
        // A proxy of plain http is sent the whole URL, or the path if the host is an exception: left to libcurl.
        let isWhole = proxy != nil && !url.isSecure
        let base = isWhole ? bytes : url.origin
        if !origin.withView(base.equals) {
            origin = Array(base)
            guard curl_set_text(easy, CURLOPT_URL, outgoing.append(base)) == CURLE_OK else { return false }
        }
        guard !isWhole else { return curl_set_text(easy, CURLOPT_REQUEST_TARGET, nil) == CURLE_OK }
        let slash: StaticString = url.target.first == UInt8(ascii: "/") ? "" : "/"
        return curl_set_text(easy, CURLOPT_REQUEST_TARGET, outgoing.append(url.target, after: slash)) == CURLE_OK
    }

    private func apply(_ method: UpstreamRequest.Method, _ body: [UInt8]) -> Bool {
        switch method {
        case .get:
            if isPost { curl_set_long(easy, CURLOPT_HTTPGET, 1) }
            isPost = false
            return true
        case .post:
            if !isPost { curl_set_long(easy, CURLOPT_POST, 1) }
            isPost = true
            let kept = body.withView { outgoing.append($0) }
            return curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
                && curl_set_pointer(easy, CURLOPT_POSTFIELDS, kept) == CURLE_OK
        }
    }

    /// libcurl reads the list as long as the call runs.
    private func apply(_ headers: HeaderLines) -> Bool {
        guard headers.count > 0 else { return true }
        return headers.bytes.withUnsafeBytes { bytes in
            guard var line = bytes.baseAddress else { return true }
            let end = line + bytes.count
            while line < end {
                // INVARIANT: every line in the arena ends in NUL.
                let text = line.assumingMemoryBound(to: CChar.self)
                guard let longer = curl_slist_append(headerList, text) else { return false }
                headerList = longer
                line += strlen(text) + 1
            }
            return curl_set_list(easy, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
        }
    }
}
