import CSystem
import Glibc

extension Client {
    func connectCallbacks() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        curl_multi_set_socket_function(multi) { _, descriptor, what, me, _ in
            Client.from(me)?.want(descriptor, what)
            return 0
        }
        curl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, me)
        curl_multi_set_timer_function(multi) { _, milliseconds, me in
            Client.from(me)?.wantTimer(milliseconds)
            return 0
        }
        curl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, me)
    }

    /// Makes the socket of a new connection.
    func openSocket(_ address: curl_sockaddr) -> curl_socket_t {
        let kind = address.socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.family, kind, address.protocol)
        guard descriptor >= 0 else { return CURL_SOCKET_BAD }
        reserve(descriptor)
        sockets[Int(descriptor)] = SocketState(isConnection: true)
        statistics.connectionsOpened += 1
        statistics.connections += 1
        return descriptor
    }

    /// Closes the socket of a connection.
    func closeSocket(_ descriptor: Int32) {
        if sockets.indices.contains(Int(descriptor)) {
            sockets[Int(descriptor)].watch?.cancel()
            sockets[Int(descriptor)] = SocketState()
        }
        statistics.connections -= 1
        close(descriptor)
    }

    private func reserve(_ descriptor: Int32) {
        while sockets.count <= Int(descriptor) { sockets.append(SocketState()) }
    }

    /// libcurl's wish to know what happens on a descriptor.
    private func want(_ descriptor: Int32, _ what: Int32) {
        guard descriptor >= 0 else { return }
        reserve(descriptor)
        let index = Int(descriptor)
        switch what {
        case CURL_POLL_IN: sockets[index].wanted = .readable
        case CURL_POLL_OUT: sockets[index].wanted = .writable
        case CURL_POLL_INOUT: sockets[index].wanted = [.readable, .writable]
        default:
            sockets[index].wanted = []
            if sockets[index].isConnection { return }
            sockets[index].watch?.cancel()
            sockets[index] = SocketState()
            return
        }
        arm(index)
    }

    private func arm(_ index: Int) {
        let wanted = sockets[index].wanted
        guard sockets[index].watch == nil || sockets[index].armed != wanted else { return }
        do {
            if let watch = sockets[index].watch {
                try watch.update(wanted)
            } else {
                sockets[index].watch = try loop.watch(Int32(index), wanted) { [unowned self] happened in
                    handle(index, happened)
                }
            }
            sockets[index].armed = wanted
        } catch {
            // Nothing will be heard of the descriptor; the call's deadline ends it.
            sockets[index].armed = []
        }
    }

    private func handle(_ index: Int, _ happened: Interest) {
        guard !sockets[index].wanted.isEmpty else { return retire(index) }
        var events: Int32 = 0
        // For a failed descriptor none is named, and libcurl looks for itself.
        if happened.isDisjoint(with: .failed) {
            if happened.contains(.readable) { events |= CURL_CSELECT_IN }
            if happened.contains(.writable) { events |= CURL_CSELECT_OUT }
        }
        var running: Int32 = 0
        curl_multi_socket_action(multi, Int32(index), events, &running)
        drain()
    }

    /// An idle connection ended, or brought bytes that nobody asked for and that the next call would take for its answer,
    /// as libcurl does not mind them. It is emptied and shut down, so that libcurl finds it dead when it looks at it next.
    private func retire(_ index: Int) {
        sockets[index].watch?.cancel()
        sockets[index].watch = nil
        let descriptor = Int32(index)
        withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 1) { scratch in
            shutdown(descriptor, Int32(SHUT_RDWR))
            while recv(descriptor, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT)) > 0 {}
        }
    }
}
