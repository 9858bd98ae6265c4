import Foundation
import HTTP
import Logging
import Testing

@testable import Gateway

/// A gateway in this process with the simulated cloud behind it, called by curl.
struct TestGateway {
    let serving: Serving
    let folder: ScratchFolder
    let configuration: Configuration

    struct Answer {
        var status = 0
        var headers: [String: String] = [:]
        var body = ""
        /// Seconds that the whole call took.
        var time = 0.0
    }

    /// Serves the configuration `text`, whose relative paths are relative to `files`, while `body` runs.
    static func run(
        _ text: String, _ files: [String: String] = [:], changing change: (inout Configuration) -> Void = { _ in },
        _ body: (TestGateway) async throws -> Void
    ) async throws {
        let folder = try ScratchFolder(files)
        let full = """
            threads: 2
            accounts: {sandbox: {account-id: "1234567890123456", region: cn-hangzhou, simulated: true}}
            \(text)
            """
        var configuration = try Configuration.load(text: full, file: "gateway.yaml", folder: folder.path).configuration
        change(&configuration)
        let log = "\(folder.path)/log"
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        let style = LogStyle(.json, descriptor: descriptor)
        let sink = LogSink(descriptor: descriptor, style: style)
        let logger = Logger(label: "test") { _ in LineLogHandler(sink: sink, style: style, level: .info) }
        let serving = try await Serving(configuration, sink: sink, style: style, logger: logger)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(TestGateway(serving: serving, folder: folder, configuration: configuration)))
        } catch {
            result = .failure(error)
        }
        await serving.shutdown(grace: .zero)
        sink.close()
        try result.get()
    }

    var port: UInt16 {
        for case .tcp(_, let port, _) in serving.ready.addresses { return port }
        return 0
    }

    /// What the log has by now.
    var log: String { (try? String(contentsOfFile: "\(folder.path)/log", encoding: .utf8)) ?? "" }

    /// Calls a path by curl; `options` are curl's.
    func call(_ path: String, _ options: String..., scheme: String = "http") async throws -> Answer {
        try await call(path, options, scheme: scheme)
    }

    func call(_ path: String, options: [String], scheme: String = "http") async throws -> Answer {
        try await call(path, options, scheme: scheme)
    }

    func call(_ path: String, token: String) async throws -> Answer {
        try await call(path, ["--header", "Authorization: Bearer \(token)"])
    }

    private func call(_ path: String, _ options: [String], scheme: String = "http") async throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        let output = "\(folder.path)/answer-\(UUID().uuidString)"
        // By address, so that a server certificate for this name is good.
        let url = "\(scheme)://127.0.0.1:\(port)\(path)"
        process.arguments =
            ["--silent", "--include", "--max-time", "20", "--noproxy", "*", "--output", output, "--write-out", "%{time_total}"]
            + options + [url]
        let timePath = "\(output).time"
        try #require(FileManager.default.createFile(atPath: timePath, contents: nil))
        process.standardOutput = FileHandle(forWritingAtPath: timePath)
        process.standardError = FileHandle.nullDevice
        _ = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        var answer = Self.parse(text)
        answer.time = Double((try? String(contentsOfFile: timePath, encoding: .utf8)) ?? "") ?? 0
        return answer
    }

    private static func parse(_ text: String) -> Answer {
        var answer = Answer()
        let parts = text.components(separatedBy: "\r\n\r\n")
        guard parts.count > 1 else { return answer }
        let lines = parts[0].components(separatedBy: "\r\n")
        answer.status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            if pair.count == 2 { answer.headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
        }
        answer.body = parts.dropFirst().joined(separator: "\r\n\r\n")
        return answer
    }

    /// Looks every few milliseconds whether `condition` holds; false when it does not within a good while.
    static func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
        for _ in 0..<500 {
            if try await condition() { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
