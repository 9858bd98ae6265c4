import Foundation
import Testing

/// A program that a test runs to its end.
enum ToolProcess {
    /// Runs `executable` in `folder`; its error stream is dropped. No thread of the test waits.
    static func run(
        _ executable: String, _ arguments: [String], in folder: URL
    ) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let path = folder.appending(path: "output-\(UUID().uuidString)").path
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        process.standardOutput = FileHandle(forWritingAtPath: path)
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (status, try String(contentsOfFile: path, encoding: .utf8))
    }
}
