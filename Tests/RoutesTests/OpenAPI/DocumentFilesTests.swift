import Foundation
import Testing

@testable import Routes

/// The documents in the repository are what the catalogue gives. To write them anew: `UPDATE_DOCUMENTS=1 swift test --filter DocumentFilesTests`.
@Suite(.serialized) struct DocumentFilesTests {
    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: ["openapi.yaml", "docs/API.md"])
    func `the file is up to date`(name: String) throws {
        let catalogue = try WholeCatalogue.get()
        let made = Data(name == "openapi.yaml" ? OpenAPI.yaml(of: catalogue) : APIReference.markdown(of: catalogue))
        let file = Self.root.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["UPDATE_DOCUMENTS"] != nil {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try made.write(to: file)
        }
        let kept = try Data(contentsOf: file)
        // Told as a truth value: a difference of megabytes would be searched for its shortest form, for hours.
        let isUpToDate = kept == made
        #expect(isUpToDate, "\(name) differs from what the catalogue gives; write it anew with UPDATE_DOCUMENTS=1")
    }

    @Test(.enabled(if: Validator.python != nil, "needs openapi-spec-validator")) func `openapi.yaml is valid`() throws {
        let python = try #require(Validator.python)
        let (status, output) = try Validator.run(
            python, ["-m", "openapi_spec_validator", Self.root.appendingPathComponent("openapi.yaml").path])
        #expect(status == 0, "\(output)")
    }

    /// The validator from PyPI, in the repository's environment or the system's.
    private enum Validator {
        static let python: String? = [root.appendingPathComponent(".venv/bin/python").path, "python3"].first {
            (try? run($0, ["-c", "import openapi_spec_validator"]).status) == 0
        }

        static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program] + arguments
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let output = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: output, as: UTF8.self))
        }
    }
}
