import Bytes

extension AccessRecord {
    /// Appends the record as one line for people:
    /// `08:45:32.833 GET /instances 200 12.250 ms (cloud 11.700) 4096 B viewer ecs:DescribeInstances Allow miss`.
    func appendText(to output: inout [UInt8], _ clock: inout LogTime, _ style: LogStyle) {
        style.append(.faint, to: &output) { output in
            var stamp: [UInt8] = []
            clock.append(time, to: &stamp)
            // The time of day alone.
            output.append(contentsOf: stamp.dropFirst(11).dropLast())
        }
        output.append(" ")
        output.append(logContent: method)
        output.append(" ")
        output.append(logContent: path)
        output.append(" ")
        style.append(Self.colour(of: status), to: &output) { $0.append(decimal: UInt64(status)) }
        output.append(" ")
        output.append(milliseconds: totalTime)
        output.append(" ms")
        if let upstreamTime {
            output.append(" (cloud ")
            output.append(milliseconds: upstreamTime)
            output.append(")")
        }
        output.append(" ")
        output.append(decimal: bytes)
        output.append(" B")
        for word in [principal, action, decision, cache, code, reason, end] {
            guard let word else { continue }
            output.append(" ")
            output.append(logContent: word)
        }
        output.append("\n")
    }

    private static func colour(of status: UInt16) -> LogStyle.Colour {
        switch status {
        case 200..<400: .green
        case 400..<500: .yellow
        default: .red
        }
    }
}
