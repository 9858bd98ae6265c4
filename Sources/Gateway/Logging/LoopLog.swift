import Bytes
import HTTP

/// The access log of one event loop: gathers lines and hands them to the sink together, so that a busy loop does not wake
/// the sink's thread in every turn. Used on its loop's thread only.
public final class LoopLog {
    private let sink: LogSink
    private let style: LogStyle
    private let loop: EventLoop
    private var lines: [UInt8] = []
    private var count = 0
    private var clock = LogTime()
    /// Lines are handed over at once when they are this long.
    private static let batch = 64 << 10
    /// How long a line waits for others, in nanoseconds.
    private static let delay: UInt64 = 5_000_000

    public init(loop: EventLoop, sink: LogSink, style: LogStyle) {
        self.loop = loop
        self.sink = sink
        self.style = style
    }

    /// Adds a line about one request.
    public func add(_ record: AccessRecord) {
        switch style {
        case .json: record.appendJSON(to: &lines, &clock)
        case .text: record.appendText(to: &lines, &clock, style)
        }
        count += 1
        if lines.count >= Self.batch {
            flush()
        } else if count == 1 {
            _ = loop.schedule(at: loop.now &+ Self.delay) { [self] in flush() }
        }
    }

    /// Hands the lines over now.
    public func flush() {
        guard count > 0 else { return }
        sink.submit(&lines, count: count)
        count = 0
    }
}
