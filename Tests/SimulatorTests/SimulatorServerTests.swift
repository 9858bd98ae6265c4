import Bytes
import Glibc
import HTTP
import Testing

@testable import Simulator

@Suite struct SimulatorServerTests {
    /// What came over one connection until its end, and the time that took.
    private struct Wire {
        var text: String
        var seconds: Double

        /// The body's bytes behind the head.
        var body: String {
            guard let range = text.firstRange(of: "\r\n\r\n") else { return "" }
            return String(text[range.upperBound...])
        }

        var announcedLength: Int? {
            text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
        }
    }

    /// Sends a request to a fresh server, with a fault if one is named.
    private func exchange(fault: String?) async throws -> Wire {
        let test = try TestCloud { $0.honoursFaultHeader = true }
        let server = try SimulatorServer(test.cloud)
        guard case .tcp(_, let port, _) = try await server.start() else {
            Issue.record("not listening on TCP")
            return Wire(text: "", seconds: 0)
        }
        var request = test.signed("DescribeInstances", TestCloud.region).request(at: test.clock.now)
        if let fault { request.headers.append(.init("x-simulate-fault", fault)) }
        request.headers.append(.init("Connection", "close"))
        var bytes = Array("GET ".utf8) + request.target + Array(" HTTP/1.1\r\n".utf8)
        for header in request.headers { bytes += Array("\(header.name): \(header.value)\r\n".utf8) }
        bytes += Array("\r\n".utf8)
        let begin = SystemClock.monotonic
        let text = Self.talk(to: port, bytes)
        let seconds = Double(SystemClock.monotonic - begin) / 1e9
        await server.shutdown()
        return Wire(text: text, seconds: seconds)
    }

    private static func talk(to port: UInt16, _ request: [UInt8]) -> String {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, 16) }
        }
        guard connected == 0, send(socket, request, request.count, 0) == request.count else { return "" }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        return String(decoding: received, as: UTF8.self)
    }

    @Test func answersOverHTTP() async throws {
        let wire = try await exchange(fault: nil)
        #expect(wire.text.hasPrefix("HTTP/1.1 200"))
        #expect(wire.text.lowercased().contains("x-acs-request-id:"))
        #expect(wire.text.lowercased().contains("\r\ndate:"))
        #expect(wire.text.contains("application/json;charset=utf-8"))
        #expect(wire.body.utf8.count == wire.announcedLength)
        #expect(wire.body.hasSuffix("}"))
    }

    @Test func disconnects() async throws {
        #expect(try await exchange(fault: "disconnect").text.isEmpty)
    }

    @Test func truncates() async throws {
        let wire = try await exchange(fault: "truncate")
        let length = try #require(wire.announcedLength)
        #expect(wire.text.hasPrefix("HTTP/1.1 200") && wire.body.utf8.count == length / 2)
    }

    @Test func delays() async throws {
        let wire = try await exchange(fault: "delay=200")
        #expect(wire.text.hasPrefix("HTTP/1.1 200") && wire.seconds >= 0.2)
    }

    @Test func sendsSlowly() async throws {
        let wire = try await exchange(fault: "slow-body=200")
        #expect(wire.body.utf8.count == wire.announcedLength && wire.seconds >= 0.2)
    }
}
