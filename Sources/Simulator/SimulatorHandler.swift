import Bytes
import HTTP

/// Turns exchanges into requests to the cloud, and carries out the faults that only a transport can commit.
final class SimulatorHandler: RequestHandler {
    private let lazyCloud: LazyCloud

    init(_ cloud: LazyCloud) {
        lazyCloud = cloud
    }

    func admit(_ exchange: Exchange) -> Bool { true }

    func handle(_ exchange: Exchange) {
        let cloud = lazyCloud.cloud
        let request = SimulatedRequest(
            method: exchange.method.rawValue, target: Array(exchange.target),
            headers: exchange.headers.map { .init($0.name.text, $0.value.text) }, body: Array(exchange.body),
            receivedAt: cloud.clock.now)
        let response = cloud.handle(request)
        switch response.transport {
        case nil: Self.send(response, on: exchange)
        case .disconnect: exchange.disconnect()
        case .delay(let milliseconds):
            exchange.perform { exchange in
                await exchange.loop.pause(milliseconds: milliseconds)
                Self.send(response, on: exchange)
            }
        case .truncate: exchange.perform { await Self.sendRaw(response, on: $0, share: 2, over: 0) }
        case .slowBody(let time): exchange.perform { await Self.sendRaw(response, on: $0, share: 1, over: time) }
        }
    }

    func refuse(_ exchange: Exchange, _ fault: HeadFault) {
        exchange.respond(status: fault.status)
    }

    func completed(_ exchange: Exchange, _ outcome: Outcome) {}

    private static func send(_ response: SimulatedResponse, on exchange: Exchange) {
        exchange.respond(status: UInt16(clamping: response.status), body: .bytes(response.body)) { headers in
            headers.add("Content-Type", string: response.contentType)
            for header in response.headers where header.name == "x-acs-request-id" {
                headers.add("x-acs-request-id", string: header.value)
            }
        }
    }

    /// Announces the whole body, writes the first part of it in small pieces over some time, and closes the connection.
    private static func sendRaw(
        _ response: SimulatedResponse, on exchange: Exchange, share: Int, over milliseconds: Int
    ) async {
        var head = Array("HTTP/1.1 \(response.status) Simulated\r\nContent-Type: \(response.contentType)\r\n".utf8)
        for header in response.headers { head.append(text: "\(header.name): \(header.value)\r\n") }
        head.append(text: "Connection: close\r\nContent-Length: \(response.body.count)\r\n\r\n")
        guard head.withView({ exchange.writeRaw($0) }) else { return exchange.disconnect() }
        let body = response.body.prefix(response.body.count / share)
        let pieces = milliseconds > 0 ? 10 : 1
        let size = max(1, (body.count + pieces - 1) / pieces)
        for start in stride(from: 0, to: body.count, by: size) {
            if milliseconds > 0 { await exchange.loop.pause(milliseconds: milliseconds / pieces) }
            guard !Task.isCancelled, Array(body[start..<min(start + size, body.count)]).withView({ exchange.writeRaw($0) })
            else { break }
        }
        exchange.disconnect()
    }
}

extension EventLoop {
    /// Waits on the loop.
    fileprivate func pause(milliseconds: Int) async {
        await withCheckedContinuation { continuation in
            _ = schedule(at: now &+ UInt64(max(0, milliseconds)) &* 1_000_000) { continuation.resume() }
        }
    }
}
