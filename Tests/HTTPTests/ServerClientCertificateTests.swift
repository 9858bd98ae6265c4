import Foundation
import Testing

@testable import HTTP

/// Certificates that callers show, made by openssl and sent by curl.
@Suite struct ServerClientCertificateTests {
    /// An authority with one below it, another authority, and certificates of all kinds.
    private final class Authority {
        let folder = FileManager.default.temporaryDirectory.appending(path: "client-certificates-\(UUID().uuidString)")

        private static let configuration = """
            [ca]
            default_ca = main
            [main]
            database = index.txt
            serial = serial
            crlnumber = crlnumber
            new_certs_dir = .
            default_md = sha256
            default_days = 1
            default_crl_days = 1
            policy = any
            unique_subject = no
            copy_extensions = copy
            [any]
            organizationName = optional
            commonName = supplied
            [req]
            distinguished_name = name
            [name]
            [authority]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            [client]
            extendedKeyUsage = clientAuth
            [server]
            extendedKeyUsage = serverAuth
            subjectAltName = DNS:server

            """

        init() async throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try write(Self.configuration, "openssl.cnf")
            for (name, text) in [("index.txt", ""), ("serial", "01\n"), ("crlnumber", "01\n")] { try write(text, name) }
            for authority in ["root", "other"] {
                try await openssl(
                    "req -x509 -config openssl.cnf -extensions authority -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
                        + " -days 1 -subj /CN=\(authority) -keyout \(authority).key -out \(authority).pem")
            }
            try await issue("between", by: "root", "-extensions authority")
            try await issue("server", by: "root", "-extensions server")
            try await issue(
                "ann", by: "root", "-extensions client", subject: "/O=Example/CN=ann",
                names: "DNS:ann.example.com,email:ann@example.com,URI:spiffe://x/ann")
            try await issue("deep", by: "between", "-extensions client")
            try await issue("revoked", by: "root", "-extensions client")
            try await issue("late", by: "root", "-extensions client -startdate 20200101000000Z -enddate 20200201000000Z")
            try await issue("early", by: "root", "-extensions client -startdate 21000101000000Z -enddate 21000201000000Z")
            try await issue("wrong-use", by: "root", "-extensions server")
            try await issue("stranger", by: "other", "-extensions client")
            try await openssl("ca -config openssl.cnf -batch -keyfile root.key -cert root.pem -revoke revoked.pem")
            try await openssl("ca -config openssl.cnf -gencrl -keyfile root.key -cert root.pem -out root.crl")
            try await openssl(
                "ca -config openssl.cnf -gencrl -keyfile root.key -cert root.pem -crl_lastupdate 20200101000000Z"
                    + " -crl_nextupdate 20200201000000Z -out old.crl")
            try write("", "index.txt")
            try await openssl("ca -config openssl.cnf -gencrl -keyfile between.key -cert between.pem -out between.crl")
            try write(text("deep.pem") + text("between.pem"), "deep.pem")
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }

        private func issue(
            _ name: String, by authority: String, _ options: String, subject: String? = nil, names: String? = nil
        ) async throws {
            let extra = names.map { " -addext subjectAltName=\($0)" } ?? ""
            try await openssl(
                "req -config openssl.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj \(subject ?? "/CN=\(name)")"
                    + " -keyout \(name).key -out \(name).csr\(extra)")
            try await openssl(
                "ca -config openssl.cnf -batch -notext \(options) -keyfile \(authority).key -cert \(authority).pem -in \(name).csr"
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

        private func write(_ text: String, _ name: String) throws {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }

        func listener(lists: [String]? = nil, isRequired: Bool) throws -> ServerConfiguration.Listener {
            .tcp(
                host: "127.0.0.1", port: 0,
                tls: .init(
                    certificate: try text("server.pem"), key: try text("server.key"),
                    clients: .init(
                        authorities: try text("root.pem"), revocations: try lists?.map(text).joined(), isRequired: isRequired)))
        }

        /// The body and the status of an answer to a caller with the certificate `name`.
        func call(_ server: TestServer, as name: String?) async throws -> String {
            let certificate = name.map { ["--cert", "\($0).pem", "--key", "\($0).key"] } ?? []
            return try await ToolProcess.run(
                "/usr/bin/curl",
                ["--silent", "--max-time", "20", "--cacert", "root.pem", "--write-out", " %{http_code}"] + certificate
                    + ["--connect-to", "server:443:127.0.0.1:\(server.port)", "https://server/certificate"], in: folder
            ).output
        }

        func status(_ server: TestServer, as name: String?) async throws -> String {
            String(try await call(server, as: name).suffix(3))
        }
    }

    @Test func whoIsAccepted() async throws {
        let authority = try await Authority()
        try await TestServer.run(listeners: [authority.listener(lists: ["root.crl", "between.crl"], isRequired: false)]) {
            server in
            #expect(
                try await authority.call(server, as: "ann")
                    == "CN=ann,O=Example ann ann.example.com ann@example.com spiffe://x/ann 200")
            #expect(try await authority.call(server, as: "deep") == "CN=deep deep 200")
            #expect(try await authority.call(server, as: nil) == "none 200")
            for (name, reason) in [
                ("late", "certificate has expired"), ("early", "certificate is not yet valid"),
                ("revoked", "certificate revoked"), ("wrong-use", "unsuitable certificate purpose"),
                ("stranger", "unable to get local issuer certificate"),
            ] {
                let answer = try await authority.call(server, as: name)
                // curl may keep a certificate to itself that no authority of the server's list gave.
                #expect(answer == "refused: \(reason) 200" || name == "stranger" && answer == "none 200", "\(name): \(answer)")
            }
        }
    }

    @Test func whereACertificateIsRequired() async throws {
        let authority = try await Authority()
        try await TestServer.run(listeners: [authority.listener(lists: ["root.crl"], isRequired: true)]) {
            (server: TestServer) async throws in
            #expect(try await authority.status(server, as: "ann") == "200")
            for name in ["late", "early", "revoked", "wrong-use", "stranger", nil] {
                #expect(try await authority.status(server, as: name) == "403", "\(name ?? "none")")
            }
            // Its authority has no list: nobody can say that it was not revoked.
            #expect(try await authority.status(server, as: "deep") == "403")
            #expect(server.record.handled.withLock { $0.count } == 1)
        }
        // A list that is out of date says nothing any more.
        try await TestServer.run(listeners: [authority.listener(lists: ["old.crl"], isRequired: true)]) {
            (server: TestServer) async throws in
            #expect(try await authority.status(server, as: "ann") == "403")
        }
        // Without lists there is nothing to look into.
        try await TestServer.run(listeners: [authority.listener(isRequired: true)]) { (server: TestServer) async throws in
            #expect(try await authority.status(server, as: "revoked") == "200")
            #expect(try await authority.status(server, as: "deep") == "200")
        }
    }

    @Test func textsThatHoldNothing() async throws {
        let authority = try await Authority()
        #expect(throws: ClientTrust.Fault(description: "no certificate in PEM")) { try ClientTrust(authorities: "") }
        #expect(throws: ClientTrust.Fault(description: "no certificate in PEM")) {
            try ClientTrust(authorities: authority.text("root.key"))
        }
        #expect(throws: ClientTrust.Fault(description: "no certificate revocation list in PEM")) {
            try ClientTrust(authorities: authority.text("root.pem"), revocations: authority.text("root.pem"))
        }
        _ = try ClientTrust(authorities: authority.text("root.pem"), revocations: authority.text("root.crl"))
    }
}
