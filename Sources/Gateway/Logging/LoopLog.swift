import Bytes

/// The access log of one event loop: gathers the lines of a turn and hands them to the sink at its end. Used on its loop's
/// thread only.
public final class LoopLog {
    private let sink: LogSink
    private let style: LogStyle
    private let isEnabled: Bool
    private var lines: [UInt8] = []
    private var count = 0
    private var clock = LogTime()
    /// Lines are handed over in the middle of a turn when they are this long.
    private static let batch = 64 << 10

    /// With `isEnabled` false nothing is written.
    public init(sink: LogSink, style: LogStyle, isEnabled: Bool = true) {
        self.sink = sink
        self.style = style
        self.isEnabled = isEnabled
    }

    /// Adds a line about one request.
    public func add(_ record: AccessRecord) {
        guard isEnabled else { return }
        switch style {
        case .json: record.appendJSON(to: &lines, &clock)
        case .text: record.appendText(to: &lines, &clock, style)
        }
        count += 1
        if lines.count >= Self.batch { flush() }
    }

    /// Hands the lines over. To be called at the end of each turn of the loop.
    public func flush() {
        guard count > 0 else { return }
        sink.submit(&lines, count: count)
        count = 0
    }
}
