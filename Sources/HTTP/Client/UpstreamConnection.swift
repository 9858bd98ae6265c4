import Bytes
import CSystem
import Glibc

/// One connection to a server: made by libcurl (addresses, proxy, TLS and its verification), then used for one call after
/// another, HTTP/1.1 read and written by us. Over TLS the bytes go through libcurl, else straight to the socket.
///
/// Confined to the client's loop. The client keeps every connection until it is closed.
final class UpstreamConnection {
    enum State { case connecting, idle, busy, closed }

    unowned let client: Client
    let origin: UpstreamOrigin
    let easy: UnsafeMutableRawPointer
    private(set) var state = State.connecting
    private(set) var descriptor: Int32 = -1
    /// Since when the connection is idle, in monotonic nanoseconds.
    private(set) var idleSince: UInt64 = 0
    /// The call that the connection carries.
    private(set) var carried: UpstreamCall?
    /// Whether a call was answered over the connection.
    private(set) var hasServed = false
    /// Bytes of the call's request that were taken.
    private var sent = 0
    private var isWatchingWrites = false
    private var watch: Watch?
    private var parser = ResponseParser()

    /// Begins to connect for `call`; nil when libcurl has no handle.
    init?(_ origin: UpstreamOrigin, client: Client, for call: UpstreamCall) {
        guard let easy = curl_easy_init() else { return nil }
        (self.client, self.origin, self.easy) = (client, origin, easy)
        preset(connectMilliseconds: call.connectMilliseconds)
    }

    deinit {
        curl_easy_cleanup(easy)
    }

    /// libcurl has connected. Whether the connection can be used.
    func connected() -> Bool {
        descriptor = curl_get_socket(easy)
        guard descriptor >= 0 else { return false }
        // The first try to read ties the connection to its handle, so that libcurl does not take it for an idle one of its
        // own and close it.
        var count = 0
        var byte: UInt8 = 0
        let code = curl_easy_recv(easy, &byte, 1, &count)
        guard code == CURLE_AGAIN else { return false }
        guard let watch = try? client.loop.watch(descriptor, .readable, { [unowned self] in handle($0) }) else { return false }
        self.watch = watch
        rest()
        return true
    }

    /// Whether a connection that was idle may be used. A write must not be lost on one that the server has just closed.
    func isUsable(for call: UpstreamCall) -> Bool {
        guard client.loop.now &- idleSince < client.idleLimit else { return false }
        guard !call.isRead, !origin.isSecure else { return true }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EAGAIN
    }

    /// Sends a call's request. False when nothing of it was taken, and the connection is of no use.
    func carry(_ call: UpstreamCall) -> Bool {
        carried = call
        call.connection = self
        state = .busy
        sent = 0
        parser.reset(maxBodyBytes: call.maxResponseBytes, isSecret: call.isSecret)
        call.enterWaiting()
        switch send() {
        case .all, .some: return true
        case .failed where sent > 0:
            // What was taken may be answered, or the reading finds the end.
            return true
        case .failed:
            call.withdraw()
            call.connection = nil
            carried = nil
            return false
        }
    }

    /// Ends the connection.
    func close() {
        guard state != .closed else { return }
        state = .closed
        carried = nil
        watch?.cancel()
        watch = nil
    }

    /// Gives up the call that the connection carries.
    func letGo() {
        carried = nil
    }

    private func rest() {
        state = .idle
        carried = nil
        idleSince = client.loop.now
    }

    /// Something happened on the descriptor.
    private func handle(_ happened: Interest) {
        guard state == .busy else {
            // An idle connection ended, or brought bytes that nobody asked for and that the next call would take for its
            // answer.
            if state == .idle { client.discard(self) }
            return
        }
        if isWatchingWrites, happened.contains(.writable) || !happened.isDisjoint(with: .failed) { _ = send() }
        if state == .busy, !happened.isDisjoint(with: [.readable, .peerClosed, .failed]) { receive() }
    }
}

// MARK: - Bytes

extension UpstreamConnection {
    private enum Sending { case all, some, failed }

    /// Sends what is left of the request.
    private func send() -> Sending {
        guard let call = carried else { return .failed }
        let outcome = call.bytes.withView { bytes -> Sending in
            while sent < bytes.count {
                let count = put(bytes.slice(sent..<bytes.count))
                guard count > 0 else { return count == 0 ? .some : .failed }
                sent += count
            }
            return .all
        }
        let waits = outcome == .some
        if waits != isWatchingWrites {
            isWatchingWrites = waits
            try? watch?.update(waits ? [.readable, .writable] : .readable)
        }
        return outcome
    }

    /// How many bytes were taken; 0 when none is at the moment, negative when the connection failed.
    private func put(_ bytes: ByteView) -> Int {
        guard origin.isSecure else {
            let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            if count >= 0 { return count }
            return errno == EAGAIN || errno == EINTR ? 0 : -1
        }
        var count = 0
        switch curl_easy_send(easy, bytes.baseAddress, bytes.count, &count) {
        case CURLE_OK: return count
        case CURLE_AGAIN: return 0
        default: return -1
        }
    }

    private enum Receiving {
        case bytes(Int)
        case nothing, end
    }

    private func get(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Receiving {
        guard origin.isSecure else {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { return .bytes(count) }
            return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
        }
        var count = 0
        switch curl_easy_recv(easy, buffer.baseAddress, buffer.count, &count) {
        case CURLE_OK: return count > 0 ? .bytes(count) : .end
        case CURLE_AGAIN: return .nothing
        default: return .end
        }
    }

    /// Reads what came. Over TLS until nothing is left, since bytes that were decrypted already wake nobody.
    private func receive() {
        let buffer = client.readBuffer
        while true {
            switch get(buffer) {
            case .nothing: return
            case .end: return endOfStream()
            case .bytes(let count):
                let isSecret = carried?.isSecret == true
                let isOver = take(ByteView(start: buffer.baseAddress, count: count))
                if isSecret { UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count).clear() }
                if isOver { return }
                if count < buffer.count, !origin.isSecure { return }
            }
        }
    }

    /// Takes bytes of the answer. Whether the call has ended.
    private func take(_ bytes: ByteView) -> Bool {
        guard let call = carried else { return true }
        if !parser.hasBegun { call.enterReceiving() }
        do throws(UpstreamError.Kind) {
            let used = try parser.consume(bytes)
            guard parser.isComplete else { return false }
            // A server that answered before it had the whole request gets no second one.
            finish(call, reusing: parser.keepsConnection && used == bytes.count && sent == call.bytes.count)
        } catch {
            client.discard(self, failing: error)
        }
        return true
    }

    private func endOfStream() {
        guard let call = carried else { return }
        do throws(UpstreamError.Kind) {
            try parser.end()
            finish(call, reusing: false)
        } catch {
            if error == .connectionLost, client.sendAgain(call, after: self) { return }
            client.discard(self, failing: error)
        }
    }

    private func finish(_ call: UpstreamCall, reusing: Bool) {
        let secret = parser.takeSecret()
        let response = UpstreamResponse(
            status: parser.status, body: parser.takeBody(), secret: secret, fields: parser.fields)
        call.connection = nil
        hasServed = true
        rest()
        if reusing { client.release(self) } else { client.discard(self) }
        client.finish(call, .success(response))
    }
}
