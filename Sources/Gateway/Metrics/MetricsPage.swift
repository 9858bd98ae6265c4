import Bytes

/// A page in the text format of Prometheus (version 0.0.4), written into a byte buffer.
struct MetricsPage {
    enum Kind: String {
        case counter, gauge, histogram
    }

    private(set) var bytes: [UInt8] = []

    /// Begins a metric. Its samples follow before the next one begins.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        bytes.append("# HELP ")
        bytes.append(text: name)
        bytes.append(" ")
        bytes.append(text: help)
        bytes.append("\n# TYPE ")
        bytes.append(text: name)
        bytes.append(" ")
        bytes.append(text: kind.rawValue)
        bytes.append("\n")
    }

    /// Adds a sample with a whole value.
    mutating func sample(_ name: String, _ labels: [(name: StaticString, value: String)], _ value: UInt64) {
        beginSample(name, labels)
        bytes.append(decimal: value)
        bytes.append("\n")
    }

    /// Adds a sample with a time, written in seconds.
    mutating func sample(_ name: String, _ labels: [(name: StaticString, value: String)], nanoseconds: UInt64) {
        beginSample(name, labels)
        bytes.append(decimal: nanoseconds / 1_000_000_000)
        bytes.append(".")
        bytes.append(decimal: Int(nanoseconds % 1_000_000_000), width: 9)
        bytes.append("\n")
    }

    /// Adds a metric that has one sample, without labels.
    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: UInt64) {
        begin(name, kind, help)
        sample(name, [], value)
    }

    /// Adds the samples of one histogram. `cells` are its buckets, not yet summed up, and last the sum of its times.
    mutating func histogram(
        _ name: String, _ labels: [(name: StaticString, value: String)], _ buckets: Buckets, _ cells: [UInt64]
    ) {
        var total: UInt64 = 0
        for (bound, count) in zip(buckets.labels, cells) {
            total += count
            sample("\(name)_bucket", labels + [("le", bound)], total)
        }
        sample("\(name)_sum", labels, nanoseconds: cells.last ?? 0)
        sample("\(name)_count", labels, total)
    }

    private mutating func beginSample(_ name: String, _ labels: [(name: StaticString, value: String)]) {
        bytes.append(text: name)
        for (index, label) in labels.enumerated() {
            bytes.append(index == 0 ? "{" : ",")
            bytes.append(label.name)
            bytes.append("=\"")
            append(escaped: label.value)
            bytes.append("\"")
        }
        bytes.append(labels.isEmpty ? " " : "} ")
    }

    private mutating func append(escaped value: String) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append("\\\\")
            case UInt8(ascii: "\""): bytes.append("\\\"")
            case UInt8(ascii: "\n"): bytes.append("\\n")
            default: bytes.append(byte)
            }
        }
    }
}
