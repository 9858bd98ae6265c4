import Foundation
import Synchronization
import Testing

@testable import HTTP

/// TLS listeners, tried with curl.
@Suite struct ServerTLSTests {
    /// A folder with two authorities, a server certificate of the first, and a client certificate of each.
    private final class Certificates {
        let folder = FileManager.default.temporaryDirectory.appending(path: "server-tls-\(UUID().uuidString)")

        init() async throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for authority in ["ca", "other"] {
                try await openssl(
                    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=\(authority) -keyout \(authority).key"
                        + " -out \(authority).pem")
                try await issue("client-\(authority)", by: authority)
            }
            try await issue("server", by: "ca")
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }

        private func issue(_ name: String, by authority: String) async throws {
            try await openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) -keyout \(name).key -out \(name).csr")
            try await openssl(
                "x509 -req -days 1 -in \(name).csr -CA \(authority).pem -CAkey \(authority).key -CAcreateserial"
                    + " -out \(name).pem")
        }

        private func openssl(_ arguments: String) async throws {
            let (status, _) = try await ToolProcess.run(
                "/usr/bin/openssl", arguments.split(separator: " ").map(String.init), in: folder)
            try #require(status == 0, "openssl \(arguments)")
        }

        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }

        func listener(demandsCertificate: Bool) throws -> ServerConfiguration.Listener {
            .tcp(
                host: "127.0.0.1", port: 0,
                tls: .init(
                    certificate: try text("server.pem"), key: try text("server.key"),
                    clients: demandsCertificate ? .init(authorities: try text("ca.pem")) : nil))
        }
    }

    /// curl's answer: the body and the status.
    private static func curl(_ server: TestServer, _ certificates: Certificates, _ options: String...) async throws -> String {
        let arguments = ["--silent", "--max-time", "20", "--cacert", "ca.pem", "--write-out", " %{http_code}"]
        let name = ["--connect-to", "server:443:127.0.0.1:\(server.port)", "https://server/"]
        return try await ToolProcess.run("/usr/bin/curl", arguments + options + name, in: certificates.folder).output
    }

    @Test func servesWhoVerifiesIt() async throws {
        let certificates = try await Certificates()
        try await TestServer.run(listeners: [certificates.listener(demandsCertificate: false)], loops: 2) { server in
            #expect(server.addresses.first?.description == "https://127.0.0.1:\(server.port)")
            #expect(try await Self.curl(server, certificates) == "ok 200")
            #expect(try await Self.curl(server, certificates, "--tlsv1.2", "--tls-max", "1.2") == "ok 200")
            #expect(try await Self.curl(server, certificates, "--tls-max", "1.1") == " 000")
            // Not TLS at all: no answer, and no harm.
            let client = try server.client()
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await client.receive()?.hasPrefix("HTTP") != true)
            #expect(try await Self.curl(server, certificates) == "ok 200")
        }
    }

    @Test func clientsMustShowACertificateThatItsAuthorityGave() async throws {
        let certificates = try await Certificates()
        try await TestServer.run(listeners: [certificates.listener(demandsCertificate: true)]) { server in
            let good = try await Self.curl(server, certificates, "--cert", "client-ca.pem", "--key", "client-ca.key")
            #expect(good == "ok 200")
            #expect(try await Self.curl(server, certificates).hasSuffix(" 403"))
            #expect(server.record.faults.withLock { $0 } == [.untrustedClient])
            let wrong = try await Self.curl(
                server, certificates, "--cert", "client-other.pem", "--key", "client-other.key")
            #expect(!wrong.hasSuffix(" 200"))
            #expect(server.record.handled.withLock { $0.count } == 1)
        }
    }

    @Test func anUnusableKeyIsAnError() async throws {
        let certificates = try await Certificates()
        let listener = ServerConfiguration.Listener.tcp(
            host: "127.0.0.1", port: 0,
            tls: .init(certificate: try certificates.text("server.pem"), key: try certificates.text("client-ca.key")))
        await #expect(throws: SystemError.self) { try await TestServer.run(listeners: [listener]) { _ in } }
    }

    /// A large body over TLS takes many reads without a new event.
    @Test func bodiesArriveWhole() async throws {
        let certificates = try await Certificates()
        try await TestServer.run(listeners: [certificates.listener(demandsCertificate: false)]) { server in
            let body = String(repeating: "0123456789", count: 100_000)
            try body.write(to: certificates.folder.appending(path: "body"), atomically: false, encoding: .utf8)
            let answer = try await Self.curl(
                server, certificates, "--data-binary", "@body", "--request-target", "/echo")
            #expect(answer == body + " 200")
        }
    }

    @Test func aCallerWhoNeverFinishesTheHandshakeIsCutOff() async throws {
        let certificates = try await Certificates()
        var limits = ServerLimits()
        limits.headTime = .milliseconds(60)
        try await TestServer.run(
            limits: limits, listeners: [certificates.listener(demandsCertificate: false)]
        ) { server in
            let client = try server.client()
            client.send("\u{16}\u{3}\u{1}")
            #expect(await client.receiveAll() == "")
            #expect(await Patience.eventually { server.server.connectionCount == 0 })
        }
    }
}
