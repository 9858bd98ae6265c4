import Bytes
import Foundation
import Testing

@testable import HTTP

@Suite struct ClientSoakTests {
    /// In a process of its own, so that descriptors and memory are those of the client and its servers alone.
    @Test func tenThousandCallsOfMixedFaultsLeaveNothingBehind() async {
        await #expect(processExitsWith: .success) {
            let server = try faultyServer()
            let refused = try FaultServer { _, _ in }
            refused.stop()
            let urls = [server.url(), server.url(), server.url(), refused.url()]
            let loop = try EventLoop(name: "client")
            let client = try Client(loop: loop, configuration: .direct)
            try loop.start()
            func calls(_ count: Int) async -> Int {
                await withTaskGroup(of: Bool.self) { group in
                    for worker in 0..<20 {
                        group.addTask {
                            var answered = 0
                            for number in 0..<count / 20 {
                                answered += await call(client, urls[number % 4], number + worker) ? 1 : 0
                            }
                            return answered > 0
                        }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
            }
            _ = await calls(2000)
            let before = (descriptors(), residentBytes())
            let answered = await calls(10_000)
            let after = (descriptors(), residentBytes())
            let counters = await client.counters()
            loop.stop()
            loop.join()
            print("descriptors \(before.0) -> \(after.0), resident \(before.1 >> 10) -> \(after.1 >> 10) KiB, \(counters)")
            guard answered == 20, counters.active == 0, counters.calls == 12_000,
                after.0 <= before.0 + 60, after.1 <= before.1 + 6 << 20
            else { exit(1) }
            exit(0)
        }
    }
}

/// Answers well in two of eight cases, and in the others badly, each in another way.
private func faultyServer() throws -> FaultServer {
    try FaultServer { peer, number in
        var count = number
        while peer.readRequest() != nil {
            count += 1
            switch count % 8 {
            case 0: return
            case 1: return peer.reset()
            case 2:
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf")
                return
            case 3:
                peer.write("no HTTP at all\r\n\r\n")
                return
            case 4: peer.write("HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\n{}")
            case 5: peer.answer(String(repeating: "x", count: 20_000))
            default: peer.answer(String(repeating: "x", count: 4000))
            }
        }
    }
}

/// Every tenth call is cancelled at once.
private func call(_ client: Client, _ url: [UInt8], _ number: Int) async -> Bool {
    let task = Task {
        await client.get(url) { request in
            request.maxResponseBytes = 10_000
            request.isRead = number % 3 > 0
            request.timeouts = UpstreamTimeouts(firstByte: .seconds(5))
        }.text != nil
    }
    if number % 10 == 0 { task.cancel() }
    return await task.value
}

private func descriptors() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0
}

private func residentBytes() -> Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")[1]
    return (pages.flatMap { Int($0) } ?? 0) * Int(getpagesize())
}
