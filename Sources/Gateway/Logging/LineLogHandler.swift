import Bytes
import Logging

/// Writes the messages of swift-log as lines of the gateway's log. Meant for what happens now and then: start, stop,
/// trouble. Requests have ``LoopLog``.
public struct LineLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let style: LogStyle
    private let sink: LogSink

    public init(sink: LogSink, style: LogStyle, level: Logger.Level) {
        self.sink = sink
        self.style = style
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members = metadata
        if let own = event.metadata { members.merge(own) { $1 } }
        if let error = event.error { members["error"] = "\(error)" }
        var line: [UInt8] = []
        style.append(
            event.level, message: event.message.description,
            members: members.map { (name: $0.key, value: $0.value.description) }.sorted { $0.name < $1.name },
            time: SystemClock.wall, to: &line
        )
        sink.submit(&line, count: 1)
    }
}

extension LogStyle {
    /// Appends one message as a line. The members come as text; their names are escaped too.
    func append(
        _ level: Logger.Level, message: String, members: [(name: String, value: String)], time: UInt64,
        to output: inout [UInt8]
    ) {
        var clock = LogTime()
        if self == .json {
            output.append("{\"time\":\"")
            clock.append(time, to: &output)
            output.append("\"")
            output.append(logMember: "level", level.rawValue)
            output.append(logMember: "msg", message)
            for (name, value) in members {
                output.append(",\"")
                output.append(logContent: name)
                output.append("\":\"")
                output.append(logContent: value)
                output.append("\"")
            }
            output.append("}\n")
            return
        }
        append(.faint, to: &output) { output in
            var stamp: [UInt8] = []
            clock.append(time, to: &stamp)
            output.append(contentsOf: stamp.dropFirst(11).dropLast())
        }
        output.append(" ")
        append(Self.colour(of: level), to: &output) { $0.append(text: level.rawValue) }
        output.append(" ")
        output.append(logContent: message)
        for (name, value) in members {
            output.append(" ")
            output.append(logContent: name)
            output.append("=")
            output.append(logContent: value)
        }
        output.append("\n")
    }

    /// Appends the line that tells of `count` dropped lines.
    func appendLoss(of count: Int, to output: inout [UInt8]) {
        append(
            .warning, message: "log lines were dropped", members: [("count", "\(count)")], time: SystemClock.wall,
            to: &output
        )
    }

    private static func colour(of level: Logger.Level) -> Colour? {
        switch level {
        case .trace, .debug: .faint
        case .info, .notice: nil
        case .warning: .yellow
        case .error, .critical: .red
        }
    }
}
