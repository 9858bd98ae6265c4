import Foundation
import Testing

/// An authority, a server certificate for 127.0.0.1, and certificates of callers, made by openssl.
enum TestCertificates {
    /// The files by name: `ca`, `server`, `ann` and `eve` of the authority, `stranger` of another one.
    static func make() async throws -> [String: String] {
        let folder = try ScratchFolder(["server.ext": "subjectAltName = IP:127.0.0.1\n"])
        func openssl(_ arguments: String) async throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = arguments.split(separator: " ").map(String.init)
            process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            let status = try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { continuation.resume(throwing: error) }
            }
            try #require(status == 0, "openssl \(arguments)")
        }
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        for authority in ["ca", "other"] {
            try await openssl("req -x509 \(key) -days 1 -subj /CN=\(authority) -keyout \(authority).key -out \(authority).pem")
        }
        for (name, authority) in [("server", "ca"), ("ann", "ca"), ("eve", "ca"), ("stranger", "other")] {
            try await openssl("req \(key) -subj /CN=\(name) -keyout \(name).key -out \(name).csr")
            let names = name == "server" ? " -extfile server.ext" : ""
            try await openssl(
                "x509 -req -days 1 -in \(name).csr -CA \(authority).pem -CAkey \(authority).key -CAcreateserial -out \(name).pem\(names)"
            )
        }
        var files: [String: String] = [:]
        for name in ["ca", "server", "ann", "eve", "stranger"] {
            files["\(name).pem"] = try String(contentsOfFile: "\(folder.path)/\(name).pem", encoding: .utf8)
            if name != "ca" { files["\(name).key"] = try String(contentsOfFile: "\(folder.path)/\(name).key", encoding: .utf8) }
        }
        return files
    }
}
