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
        var writer = HeaderWriter(reusing: shard.takeScratch())
        headers(&writer)
        if closesConnection || shard.isDraining { writer.add("Connection", "close") }
        defer { shard.giveBackScratch(writer.buffer) }
        let fits = writer.buffer.count + Self.statusLineRoom <= shard.headMemory - fieldCount * Self.fieldRoom
            - mhd_head_size(connection.handle)
        responseStatus = fits ? status : 500
        responseBytes = !fits || requestMethod == .head || status == 204 || status == 304 ? 0 : body.count
        stage = .responded
        connection.beginWriting(until: loop.now &+ shard.times.write)
        if !queue(fits ? body : .none, fits ? writer : HeaderWriter(reusing: []), on: connection) {
            connection.disconnect()
        }
        if isSuspended { resume(connection) }
    }

    /// Room for what libmicrohttpd adds to a response's head.
    private static let statusLineRoom = 192
    /// What libmicrohttpd keeps of each request header besides its bytes.
    private static let fieldRoom = 64

    private func queue(_ body: ResponseBody, _ headers: borrowing HeaderWriter, on connection: Connection) -> Bool {
        var answer = mhd_answer()
        answer.status = UInt32(responseStatus)
        answer.header_count = headers.count
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
        return headers.buffer.withUnsafeBytes { bytes in
            answer.headers = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return mhd_respond(connection.handle, &answer)
        }
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
