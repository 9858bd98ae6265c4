import Bytes

/// An instant of the simulated cloud: milliseconds since 1970-01-01T00:00:00Z.
public struct SimulatedTime: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The instant of a timestamp.
    public init(_ timestamp: Timestamp) {
        milliseconds = timestamp.secondsSinceEpoch * 1000
    }

    /// The whole second that the instant lies in.
    public var timestamp: Timestamp {
        Timestamp(secondsSinceEpoch: milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000)
    }

    public static func < (left: SimulatedTime, right: SimulatedTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant `seconds` later; saturates at the ends of the range.
    public func adding(seconds: Int64) -> SimulatedTime {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return adding(milliseconds: overflow ? (seconds > 0 ? .max : .min) : product)
    }

    /// The instant `milliseconds` later; saturates at the ends of the range.
    public func adding(milliseconds more: Int64) -> SimulatedTime {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return SimulatedTime(milliseconds: overflow ? (more > 0 ? .max : .min) : sum)
    }
}

extension SimulatedTime {
    /// `YYYY-MM-DDThh:mm:ssZ`.
    var text: String { timestamp.description }

    /// `YYYY-MM-DDThh:mmZ`, as the cloud writes the times of instances and images.
    var minuteText: String {
        var output: [UInt8] = []
        timestamp.appendWithoutSeconds(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
