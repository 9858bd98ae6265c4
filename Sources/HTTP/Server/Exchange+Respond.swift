import Bytes
import CSystem
import Glibc

extension Exchange {
    /// Queues the response. `Date`, `Content-Length` and, when the connection ends, `Connection: close` are added.
    ///
    /// A HEAD gets the headers alone, with the length of `body`; so does a 304, whose body should be what a 200 would have
    /// carried. A 204 has no body. Only the first response of an exchange counts; later ones, and those to a caller who is
    /// gone, do nothing.
    public func respond(
        status: UInt16, body: ResponseBody = .none, _ headers: (inout HeaderWriter) -> Void = { _ in }
    ) {
        assert(loop.isCurrent)
        guard let connection, stage == .head || stage == .body || stage == .handling else { return }
        responseStatus = status
        responseBytes = requestMethod == .head || status == 204 || status == 304 ? 0 : body.count
        stage = .responded
        connection.beginWriting(until: loop.now &+ shard.times.write)
        let closes = closesConnection || shard.isDraining
        let isQueued = shard.withHeaderWriter { writer in
            headers(&writer)
            guard writer.count + Self.statusLineRoom <= roomForHead else { return false }
            return writer.withText { queue(body, $0, closes, connection) }
        }
        if !isQueued, !queueFailure(connection) { connection.disconnect() }
        if isSuspended { resume(connection) }
    }

    /// What libmicrohttpd adds to a response's head.
    private static let statusLineRoom = 160
    /// What libmicrohttpd keeps of each request header besides its bytes.
    private static let fieldRoom = 64

    /// The memory that the request's head left for the response's.
    private var roomForHead: Int { shard.headMemory - headSize - fieldCount * Self.fieldRoom }

    /// Answers without headers and body, when the headers are too large: an error as it is, anything else with 500.
    private func queueFailure(_ connection: Connection) -> Bool {
        if responseStatus < 400 { responseStatus = 500 }
        responseBytes = 0
        return shard.withHeaderWriter { $0.withText { queue(.none, $0, true, connection) } }
    }

    private func queue(
        _ body: ResponseBody, _ headers: UnsafePointer<CChar>, _ closes: Bool, _ connection: Connection
    ) -> Bool {
        var answer = mhd_answer()
        answer.status = UInt32(responseStatus)
        answer.closes = closes
        answer.headers = headers
        switch body {
        case .none: break
        case .static(let text):
            answer.body = UnsafeRawPointer(text.utf8Start)
            answer.body_length = text.utf8CodeUnitCount
        case .bytes(let bytes):
            // The array is never changed again and lives as long as its owner, so its storage stays where it is.
            let owner = BodyOwner(bytes)
            owner.bytes.withUnsafeBufferPointer { Self.share($0, owner, &answer) }
        case .shared(let owner, let view): Self.share(view, owner, &answer)
        }
        return mhd_respond(connection.handle, &answer)
    }

    private static func share(_ view: ByteView, _ owner: AnyObject, _ answer: inout mhd_answer) {
        answer.body = UnsafeRawPointer(view.baseAddress)
        answer.body_length = view.count
        answer.owner = Unmanaged.passRetained(owner).toOpaque()
        answer.release = { owner in
            if let owner { Unmanaged<AnyObject>.fromOpaque(owner).release() }
        }
    }

    private func resume(_ connection: Connection) {
        hangUpWatch?.cancel()
        hangUpWatch = nil
        isSuspended = false
        mhd_resume(connection.handle)
        daemon?.needsRun = true
    }
}
