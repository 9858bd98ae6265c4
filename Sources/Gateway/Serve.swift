import Bytes
import CSystem
import Glibc
import HTTP
import Logging
import Routes
import Signer
import Simulator
import Synchronization

/// A gateway that is ready to serve.
public struct ReadyGateway: Sendable {
    /// Where callers reach it.
    public var addresses: [BoundAddress]
    /// Where the simulated cloud of this process listens, if any account uses it.
    public var simulator: BoundAddress?
    /// The same for the simulated private cloud.
    public var privateSimulator: BoundAddress?
    /// Names out of the simulated cloud, for a first session.
    public var introduction: Introduction?
}

/// Serves `configuration` until SIGTERM or SIGINT, then stops accepting, lets what runs finish within the configured grace
/// time, and returns.
///
/// - Parameters:
///   - file: where the configuration came from; SIGHUP, and changes of the file and of those that it names, load it anew.
///   - isReady: called once, when every listener accepts connections.
/// - Throws: ``ServeError`` when the gateway cannot start.
public func serve(
    _ configuration: Configuration, from file: ConfigurationFile? = nil, isReady: @Sendable (ReadyGateway) -> Void
) async throws(ServeError) {
    csystem_set_limits()
    heap_keep_freed(32 << 20)
    let signals = csystem_watch_signals(SIGTERM, SIGINT)
    let style = LogStyle(configuration.log.format, descriptor: STDERR_FILENO)
    let sink = LogSink(descriptor: STDERR_FILENO, style: style)
    defer { sink.close() }
    let logger = Logger(label: "gateway") { _ in
        LineLogHandler(sink: sink, style: style, level: configuration.log.level)
    }
    let serving = try await Serving(configuration, sink: sink, style: style, logger: logger)
    let addresses = serving.ready.addresses.map(\.description).joined(separator: " ")
    logger.info("serving", metadata: ["version": "\(Version.current)", "addresses": "\(addresses)"])
    let process = try processFile(configuration)
    defer { process?.remove() }
    let reloading = file.map { file in
        let reloader = Reloader(
            file: file, serving: serving, settings: configuration.reload, process: process, logger: logger)
        return Task { await reloader.run() }
    }
    isReady(serving.ready)
    await serving.loops[0].untilReadable(signals)
    logger.info("shutting down", metadata: ["grace": "\(Quantity.text(configuration.shutdown.grace))"])
    reloading?.cancel()
    await serving.shutdown(grace: configuration.shutdown.grace)
    logger.info("stopped")
}

private func processFile(_ configuration: Configuration) throws(ServeError) -> ProcessFile? {
    do throws(FileText.Failure) {
        guard let path = configuration.processFile else { return nil }
        return try ProcessFile(path)
    } catch {
        throw ServeError("\(error)")
    }
}

/// Why a gateway cannot start, in words for the person who starts it.
public struct ServeError: Error, CustomStringConvertible, Sendable {
    public var description: String

    init(_ description: String) {
        self.description = description
    }
}
