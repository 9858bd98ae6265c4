import Bytes
import Foundation
import Testing

@testable import HTTP

/// Verification of certificates and host names, against servers run by the `openssl` command.
@Suite struct ClientTLSTests {
    /// A folder with a certificate authority of its own, and another one that nobody trusts.
    private final class Authority: Sendable {
        let folder: String
        var trusted: String { "\(folder)/ca.pem" }
        var other: String { "\(folder)/other.pem" }

        init() throws {
            folder = NSTemporaryDirectory() + "client-tls-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in ["ca", "other"] {
                try openssl(
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                    "/CN=\(name)", "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).pem")
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        /// A certificate for `name`, as in `IP:127.0.0.1`; gives the paths of certificate and key.
        func issue(_ name: String) throws -> (certificate: String, key: String) {
            let base = "\(folder)/\(UUID().uuidString)"
            try openssl(
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=server", "-keyout",
                "\(base).key", "-out", "\(base).csr")
            try "subjectAltName=\(name)\n".write(toFile: "\(base).ext", atomically: true, encoding: .utf8)
            try openssl(
                "x509", "-req", "-in", "\(base).csr", "-CA", trusted, "-CAkey", "\(folder)/ca.key", "-CAcreateserial",
                "-days", "2", "-extfile", "\(base).ext", "-out", "\(base).pem")
            return ("\(base).pem", "\(base).key")
        }

        private func openssl(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = arguments
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "openssl \(arguments)")
        }
    }

    /// Runs `openssl s_server` with a certificate for `name` while `body` runs, and gives it the URL.
    private func withServer<Value>(
        _ authority: Authority, _ name: String, _ body: ([UInt8]) async throws -> Value
    ) async throws -> Value {
        let (certificate, key) = try authority.issue(name)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"]
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            // Children inherit the signal mask of the thread, and the threads that tests run on block SIGTERM.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        var text = ""
        while !text.contains(/ACCEPT 127\.0\.0\.1:\d+\n/) {
            let part = output.fileHandleForReading.availableData
            try #require(!part.isEmpty, "openssl s_server ended: \(text)")
            text += String(decoding: part, as: UTF8.self)
        }
        let port = try #require(text.firstMatch(of: /ACCEPT 127\.0\.0\.1:(\d+)/)?.1)
        return try await body(Array("https://127.0.0.1:\(port)/".utf8))
    }

    private func configuration(_ trusted: ClientConfiguration.TrustedCertificates) -> ClientConfiguration {
        var configuration = ClientConfiguration.direct
        configuration.trustedCertificates = trusted
        return configuration
    }

    @Test func aTrustedCertificateForTheHostIsAccepted() async throws {
        let authority = try Authority()
        let response = try await withServer(authority, "IP:127.0.0.1") { url in
            try await withClient(configuration(.file(path: authority.trusted))) { try await $0.get(url).get() }
        }
        #expect(response.status == 200)
    }

    @Test func anythingElseIsRejectedBeforeAnythingIsSent() async throws {
        let authority = try Authority()
        let rejected = UpstreamError(.certificateRejected, mayHaveArrived: false)
        try await withServer(authority, "IP:127.0.0.1") { url in
            let untrusted = try await withClient(configuration(.file(path: authority.other))) { await $0.get(url).error }
            #expect(untrusted == rejected, "another authority")
            let unknown = try await withClient(configuration(.system)) { await $0.get(url).error }
            #expect(unknown == rejected, "the system's authorities")
            let missing = try await withClient(configuration(.file(path: "/nonexistent.pem"))) { await $0.get(url).error }
            #expect(missing == UpstreamError(.trustStoreUnusable, mayHaveArrived: false))
        }
        try await withServer(authority, "DNS:cloud.invalid") { url in
            let error = try await withClient(configuration(.file(path: authority.trusted))) { await $0.get(url).error }
            #expect(error == rejected, "another host")
        }
    }

    @Test func aServerWithoutTLSFailsTheHandshake() async throws {
        let server = try FaultServer { peer, _ in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            peer.waitForClose()
        }
        defer { server.stop() }
        let error = try await withClient { await $0.get(Array("https://127.0.0.1:\(server.port)/".utf8)).error }
        #expect(error == UpstreamError(.tlsFailed, mayHaveArrived: false))
    }
}
