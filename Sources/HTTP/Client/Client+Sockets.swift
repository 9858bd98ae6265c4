import CSystem
import Glibc

/// What libcurl waits for while it makes connections.
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

    /// libcurl is about to close a descriptor.
    func forget(_ descriptor: Int32) {
        watches.removeValue(forKey: descriptor)?.cancel()
    }

    /// libcurl's wish to know what happens on a descriptor.
    private func want(_ descriptor: Int32, _ what: Int32) {
        let interest: Interest
        switch what {
        case CURL_POLL_IN: interest = .readable
        case CURL_POLL_OUT: interest = .writable
        case CURL_POLL_INOUT: interest = [.readable, .writable]
        default: return forget(descriptor)
        }
        // If watching fails nothing will be heard of the descriptor, and the deadline ends the call.
        if let watch = watches[descriptor] {
            try? watch.update(interest)
        } else {
            watches[descriptor] = try? loop.watch(descriptor, interest) { [unowned self] in act(descriptor, $0) }
        }
    }

    private func act(_ descriptor: Int32, _ happened: Interest) {
        var events: Int32 = 0
        // For a failed descriptor none is named, and libcurl looks for itself.
        if happened.isDisjoint(with: .failed) {
            if happened.contains(.readable) { events |= CURL_CSELECT_IN }
            if happened.contains(.writable) { events |= CURL_CSELECT_OUT }
        }
        var running: Int32 = 0
        curl_multi_socket_action(multi, descriptor, events, &running)
        drain()
    }
}
