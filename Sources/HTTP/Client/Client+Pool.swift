import Bytes
import CSystem

/// Which call gets which connection.
extension Client {
    /// Servers that are remembered; more than any configuration names.
    private static let maxOrigins = 256

    /// The origin of a URL, or nil when it names no server.
    func origin(of url: UpstreamURL) -> UpstreamOrigin? {
        for origin in origins where origin.name.withView({ $0.equals(url.origin) }) { return origin }
        guard let origin = UpstreamOrigin(url, configuration) else { return nil }
        if origins.count >= Self.maxOrigins { origins.removeAll { $0.count == 0 && $0.waiting.isEmpty } }
        origins.append(origin)
        return origin
    }

    /// Hands the call to an idle connection; false when there is none of use.
    func useIdle(_ origin: UpstreamOrigin, _ call: UpstreamCall) -> Bool {
        while let connection = origin.idle.popLast() {
            if connection.isUsable(for: call), connection.carry(call) { return true }
            discard(connection)
        }
        return false
    }

    /// Takes back a connection that has served a call and can serve another.
    func release(_ connection: UpstreamConnection) {
        let origin = connection.origin
        if let call = origin.waiting.first {
            origin.waiting.removeFirst()
            if connection.carry(call) { return }
            origin.waiting.insert(call, at: 0)
            return discard(connection)
        }
        origin.idle.append(connection)
        // Calls to others may wait for its place.
        if connections.count >= configuration.maxConnections { stirAll() }
    }

    /// Closes a connection and, when it carries a call, reports why that failed.
    func discard(_ connection: UpstreamConnection, failing kind: UpstreamError.Kind? = nil) {
        let origin = connection.origin
        let call = kind == nil ? nil : connection.carried
        origin.idle.removeAll { $0 === connection }
        origin.connecting.removeAll { $0 === connection }
        connection.close()
        if connections.removeValue(forKey: ObjectIdentifier(connection)) != nil {
            origin.count -= 1
            statistics.connections -= 1
            // libcurl closes the socket in this, through `forget`.
            curl_multi_remove_handle(multi, connection.easy)
        }
        stirAll()
        if let call, let kind { fail(call, kind) }
    }

    /// Sends a request again whose connection ended without a byte of an answer. Only for reads, and only when the
    /// connection had served before: a server that hangs up on a fresh one does so on purpose.
    ///
    /// A write is never sent again once its first byte was taken: the server may have acted.
    func sendAgain(_ call: UpstreamCall, after connection: UpstreamConnection) -> Bool {
        guard call.isRead, connection.hasServed, let origin = call.origin else { return false }
        call.connection = nil
        connection.letGo()
        discard(connection)
        // Others that idled as long are likely to be as dead.
        for other in origin.idle { discard(other) }
        origin.waiting.insert(call, at: 0)
        stir(origin)
        return true
    }

    /// Takes a call out of the queue, and gives up a connection that is being made for nobody then.
    func leaveQueue(_ call: UpstreamCall, of origin: UpstreamOrigin) {
        origin.waiting.removeAll { $0 === call }
        if origin.connecting.count > origin.waiting.count, let last = origin.connecting.last { discard(last) }
    }

    /// Looks at the end of the turn for connections for the calls that wait.
    func stir(_ origin: UpstreamOrigin) {
        if !stirred.contains(where: { $0 === origin }) { stirred.append(origin) }
    }

    private func stirAll() {
        for origin in origins where !origin.waiting.isEmpty { stir(origin) }
    }

    /// Serves the calls that wait: with idle connections, else with as many new ones as the limits allow.
    func serveWaiting() {
        while let origin = stirred.popLast() {
            while let call = origin.waiting.first {
                origin.waiting.removeFirst()
                if useIdle(origin, call) { continue }
                origin.waiting.insert(call, at: 0)
                break
            }
            while origin.connecting.count < origin.waiting.count, connect(origin) {}
        }
    }

    private func connect(_ origin: UpstreamOrigin) -> Bool {
        guard origin.count < configuration.maxConnectionsPerHost, makeRoom(), let call = origin.waiting.first,
            let connection = UpstreamConnection(origin, client: self, for: call)
        else { return false }
        origin.count += 1
        origin.connecting.append(connection)
        connections[ObjectIdentifier(connection)] = connection
        statistics.connections += 1
        statistics.connectionsOpened += 1
        curl_multi_add_handle(multi, connection.easy)
        isActionDue = true
        return true
    }

    /// Whether there may be one more connection, for which an idle one to another server may have to go.
    private func makeRoom() -> Bool {
        if connections.count < configuration.maxConnections { return true }
        guard let idle = origins.lazy.compactMap(\.idle.first).first else { return false }
        discard(idle)
        return true
    }

    /// Reports what libcurl has finished: connections made, or not.
    func drain() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let connection = UpstreamConnection.from(curl_get_pointer(easy, CURLINFO_PRIVATE))
            else { continue }
            let code = message.pointee.data.result
            let origin = connection.origin
            origin.connecting.removeAll { $0 === connection }
            if code == CURLE_OK, connection.connected() {
                release(connection)
            } else {
                let kind = code == CURLE_OK ? .connectionLost : connection.failure(code)
                let call = origin.waiting.first
                if call != nil { origin.waiting.removeFirst() }
                discard(connection)
                if let call { fail(call, kind) }
            }
        }
    }
}
