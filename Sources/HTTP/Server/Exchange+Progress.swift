import Bytes
import CSystem
import Glibc

/// The way of a request as libmicrohttpd reports it: target, head, body, end.
extension Exchange {
    func begin(
        on connection: Connection, of daemon: Daemon, target: UnsafeMutablePointer<UInt8>, length: Int,
        query: Int, afterQuery: UInt8
    ) {
        stage = .head
        self.connection = connection
        self.daemon = daemon
        serial &+= 1
        rawTarget = ByteView(start: target, count: length)
        originForm = .empty
        queryOffset = 0
        spoiledOffset = query
        spoiledByte = afterQuery
        fieldCount = 0
        headSize = 0
        index.update(repeating: 0)
        requestMethod = .other
        received = loop.now
        isTooLarge = false
        hasPendingBody = false
        closesConnection = false
        responseStatus = 0
        responseBytes = 0
        isHungUp = false
        connection.exchange = self
        connection.enter(.head, until: loop.now &+ shard.times.head)
    }

    /// Takes the next part of the request. False drops the connection.
    func progress(_ line: mhd_request_line, _ piece: ByteView) -> Bool {
        switch stage {
        case .head: headArrived(line)
        case .body:
            if !piece.isEmpty { return append(piece) }
            requestArrived()
        default: break
        }
        return true
    }

    private func headArrived(_ line: mhd_request_line) {
        guard let connection else { return }
        restoreQuery()
        switch checkHead(line, connection) {
        case .failure(let fault): refuse(fault)
        case .success(let head):
            stage = .body
            originForm = head.originForm
            queryOffset = originForm.firstOffset(of: UInt8(ascii: "?")) ?? originForm.count
            admitBody(head.body, connection)
        }
    }

    private func restoreQuery() {
        guard spoiledOffset >= 0, let start = rawTarget.baseAddress else { return }
        // The bytes are libmicrohttpd's read buffer, which it handed out for us to read and has no further use for.
        let query = UnsafeMutablePointer(mutating: start + spoiledOffset)
        query[0] = UInt8(ascii: "?")
        query[1] = spoiledByte
    }

    private func checkHead(
        _ line: mhd_request_line, _ connection: Connection
    ) -> Result<CheckedHead, HeadFault> {
        guard let method = line.method, let version = line.version else { return .failure(.malformedRequestLine) }
        headSize = mhd_head_size(connection.handle)
        let count = mhd_fields(connection.handle, fields.baseAddress, fields.count)
        fieldCount = min(count, fields.count)
        if rawTarget.count > shard.limits.targetBytes { return .failure(.targetTooLong) }
        if headSize > shard.limits.headBytes || count > fields.count { return .failure(.headTooLarge) }
        let head = RequestHead(
            block: ByteView(start: method, count: headSize),
            method: Self.text(method), target: rawTarget, version: Self.text(version),
            fields: UnsafeBufferPointer(rebasing: fields[0..<fieldCount]))
        requestMethod = Method(head.method)
        if let daemon, daemon.demandsCertificate {
            guard case .accepted = connection.certificate(by: daemon.clientTrust, at: loop.now) else {
                return .failure(.untrustedClient)
            }
        }
        return HeadCheck.check(head, index: index)
    }

    private static func text(_ start: UnsafePointer<UInt8>) -> ByteView {
        ByteView(start: start, count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)))
    }

    /// Decides about a body before it is read. A response at this point ends the connection, so a request without a body
    /// is put to the handler when it is complete, which is in the next call.
    private func admitBody(_ body: CheckedHead.Body, _ connection: Connection) {
        switch body {
        case .none: return
        case .length(let length):
            if length > UInt64(clamping: shard.limits.bodyBytes) { return refuse(.bodyTooLarge) }
        case .chunked:
            // libmicrohttpd takes liberties with chunk framing that cannot be checked from outside; no second request
            // follows one whose end is in doubt.
            closesConnection = true
        }
        hasPendingBody = true
        connection.enter(.body, until: loop.now &+ shard.times.body)
        let isAdmitted = shard.handler.admit(self)
        if isAdmitted, stage == .body { return }
        connection.lingers = true
        if stage != .responded { respond(status: 500) }
    }

    private func append(_ piece: ByteView) -> Bool {
        let limit = shard.limits.bodyBytes
        if bodyBuffer.count + piece.count <= limit, !isTooLarge {
            bodyBuffer.append(piece)
            return true
        }
        // libmicrohttpd takes no response before the body ended, so a chunked body that is too large is read on for a
        // while, without keeping it, in order to answer 413.
        isTooLarge = true
        discarded += piece.count
        return discarded <= 4 * limit
    }

    private func requestArrived() {
        guard let connection else { return }
        connection.enter(.handling, until: .max)
        if isTooLarge { return refuse(.bodyTooLarge) }
        stage = .handling
        if hasPendingBody || shard.handler.admit(self), stage == .handling { shard.handler.handle(self) }
        if stage == .handling, !isSuspended { respond(status: 500) }
    }

    private func refuse(_ fault: HeadFault) {
        closesConnection = true
        connection?.lingers = true
        shard.handler.refuse(self, fault)
        if stage != .responded { respond(status: fault.status) }
    }

    /// Ends the exchange: libmicrohttpd forgets the request after this call.
    func complete(status: UInt16, termination: Int32) {
        if let connection {
            connection.exchange = nil
            let outcome = Outcome(
                end: end(termination, connection), status: responseStatus == 0 ? status : responseStatus,
                bodyBytes: responseBytes)
            shard.handler.completed(self, outcome)
            if connection.phase != .closing { connection.enter(.idle, until: loop.now &+ shard.times.idle) }
            if termination != Int32(mhd_completed), responseStatus == 0 { connection.lingers = true }
        }
        stage = .completed
        if !isWaiting { recycle() }
    }

    private func end(_ termination: Int32, _ connection: Connection) -> Outcome.End {
        if isHungUp { return .callerGone }
        if termination == Int32(mhd_completed) { return .sent }
        if connection.isTimedOut { return .timedOut }
        if termination == Int32(mhd_stopped) { return .shutDown }
        let isGone = termination == Int32(mhd_caller_gone) || termination == Int32(mhd_read_failed)
        return isGone ? .callerGone : .failed
    }

    /// Forgets everything of the request and puts the exchange back into its pool.
    func recycle() {
        stage = .pooled
        connection = nil
        daemon = nil
        rawTarget = .empty
        originForm = .empty
        queryOffset = 0
        fieldCount = 0
        discarded = 0
        bodyBuffer.removeAll()
        shard.recycle(self)
    }
}
