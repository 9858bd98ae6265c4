import Bytes
import CSystem
import Glibc

extension Transfer {
    /// The transfer that was given to libcurl as a pointer.
    static func from(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    func presetCallbacks() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        curl_set_data_function(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, me in
            Transfer.from(me)?.receive(body: Transfer.view(bytes, size &* count)) ?? 0
        }
        curl_set_pointer(easy, CURLOPT_WRITEDATA, me)
        curl_set_data_function(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, me in
            Transfer.from(me)?.receive(line: Transfer.view(bytes, size &* count)) ?? 0
        }
        curl_set_pointer(easy, CURLOPT_HEADERDATA, me)
        curl_set_prereq_function(easy) { me, _, _, _, _ in
            Transfer.from(me)?.willSend() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        curl_set_pointer(easy, CURLOPT_PREREQDATA, me)
        curl_set_open_function(easy) { me, _, address in
            guard let transfer = Transfer.from(me), let address else { return CURL_SOCKET_BAD }
            return transfer.openSocket(address.pointee)
        }
        curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, me)
        curl_set_close_function(easy) { owner, descriptor in
            Client.from(owner)?.closeSocket(descriptor)
            return 0
        }
        curl_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, Unmanaged.passUnretained(client).toOpaque())
    }

    private static func view(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> ByteView {
        // A C character has the size and alignment of a byte.
        ByteView(start: UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    // MARK: Sending

    /// Called each time right before the request is handed to a connection. False aborts the call.
    ///
    /// libcurl by itself sends a request again, on another connection, when a reused one ended before any byte of an answer
    /// came; it does so for every method, and also when the whole request had gone out (`Curl_retry_request`). For a read
    /// that is what we want. For a write it is not: the server may have acted. So a write is handed over once at most. What
    /// remains of the retry for writes happens before: a pooled connection that the server has closed is found out when it
    /// is taken from the pool, and a fresh one is made, with nothing sent yet.
    private func willSend() -> Bool {
        guard isRead || attempts == 0 else {
            refusedRetry = true
            return false
        }
        if attempts > 0 { client.statistics.retries += 1 }
        attempts += 1
        enterWaiting()
        return true
    }

    private func openSocket(_ address: curl_sockaddr) -> curl_socket_t {
        // A write that must not be sent again needs no new connection either.
        guard isRead || attempts == 0 else {
            refusedRetry = true
            return CURL_SOCKET_BAD
        }
        return client.openSocket(address)
    }

    // MARK: Receiving

    private func receive(line: ByteView) -> Int {
        if phase != .receiving { enterReceiving() }
        headerBytes += line.count
        guard headerBytes <= Self.maxHeaderBytes else {
            fault = .malformedResponse
            return 0
        }
        if line.hasPrefix("HTTP/") {
            // A final answer's header block replaces that of an interim one.
            fields = ResponseFields()
            inHeader = true
        } else if line.count <= 2 {
            return endHeader() ? line.count : 0
        } else if inHeader {
            fields.add(line: line)
        }
        return line.count
    }

    /// What follows are trailers, which are ignored.
    private func endHeader() -> Bool {
        inHeader = false
        guard let length = fields.contentLength else { return true }
        guard length <= maxResponseBytes else {
            fault = .responseTooLarge
            return false
        }
        body.reserveCapacity(length)
        return true
    }

    private func receive(body part: ByteView) -> Int {
        guard part.count <= maxResponseBytes - body.count else {
            fault = .responseTooLarge
            return 0
        }
        body.append(part)
        return part.count
    }
}
