import Bytes
import Foundation
import Testing

@testable import Signer

/// Compares signatures with those that the vendor's own Python SDKs make for the same random calls.
@Suite struct VendorDifferentialTests {
    struct Vector: Decodable {
        var method: String
        var id: String
        var secret: String
        var token: String?
        var action: String
        var version: String
        var format: String
        var nonce: String
        var timestamp: String
        var parameters: [String: String]
        var kind: String
        var stringToSign: String?
        var signature: String
    }

    struct NoVectors: Error {
        var reason: String
    }

    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static var python: URL { root.appending(path: ".venv/bin/python") }
    static var hasPython: Bool { FileManager.default.isExecutableFile(atPath: python.path) }
    /// `make test` sets this; there the SDKs must be there.
    static var isRequired: Bool { ProcessInfo.processInfo.environment["CONFORMANCE"] == "1" }

    static func vectors(_ count: Int, seed: Int) throws -> [Vector] {
        let process = Process()
        process.executableURL = python
        process.arguments = [root.appending(path: "Tests/Conformance/signer_vectors.py").path, "\(count)", "\(seed)"]
        let output = Pipe()
        process.standardOutput = output
        try ProcessEnvironment.exclusively { try process.run() }
        let lines = output.fileHandleForReading.readDataToEndOfFile().split(separator: UInt8(ascii: "\n"))
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw NoVectors(reason: "signer_vectors.py ended with \(process.terminationStatus)")
        }
        return try lines.map { try JSONDecoder().decode(Vector.self, from: $0) }
    }

    @Test(.enabled(if: hasPython || isRequired, "needs .venv with Tests/Conformance/requirements.txt: run `make test`"))
    func agreesWithTheVendorsSDKs() throws {
        let seed = Int.random(in: 0..<1_000_000)
        let vectors = try Self.vectors(2000, seed: seed)
        #expect(vectors.count == 2000)
        for vector in vectors {
            let key =
                vector.token.map { AccessKey(vector.id, vector.secret, token: $0) }
                ?? AccessKey(vector.id, vector.secret)
            let method = try #require(SignatureMethod(rawValue: vector.kind))
            let call = CloudCall(
                endpoint: .test(), action: vector.action, version: vector.version,
                format: vector.format == "JSON" ? .json : .xml, placement: vector.method == "POST" ? .form : .automatic)
            let request = try method.signer.sign(
                call, vector.parameters.map { ($0.key, $0.value) }, with: key, nonce: vector.nonce,
                timestamp: vector.timestamp)
            #expect((request.method == .post) == (vector.method == "POST"), "seed \(seed)")
            if let stringToSign = vector.stringToSign {
                #expect(request.signed == stringToSign, "seed \(seed)")
                #expect(request.signatureText == vector.signature, "seed \(seed)")
            } else {
                #expect(request.headerLines.last == "Authorization: " + vector.signature, "seed \(seed)")
            }
        }
    }
}
