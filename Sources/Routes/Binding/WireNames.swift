import Bytes

/// The wire names of an action's parameters, cut at their numbers and flat in memory.
struct WireNames: Sendable {
    /// What stands before, between and behind the numbers; the second and third range are empty when there is no such number.
    private struct Pieces: Sendable {
        var before = 0..<0
        var between = 0..<0
        var behind = 0..<0
        var count = 0
    }

    private var bytes: [UInt8] = []
    private var pieces: [Pieces] = []

    init(_ parameters: [Parameter]) {
        for parameter in parameters { add(parameter) }
    }

    private mutating func add(_ parameter: Parameter) {
        var ranges: [Range<Int>] = []
        var start = bytes.count
        for (position, segment) in parameter.segments.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ".")) }
            switch segment {
            case .name(let name): bytes.append(text: name)
            case .index:
                ranges.append(start..<bytes.count)
                start = bytes.count
            }
        }
        ranges.append(start..<bytes.count)
        pieces.append(
            Pieces(
                before: ranges[0], between: ranges.count > 1 ? ranges[1] : 0..<0, behind: ranges.count > 2 ? ranges[2] : 0..<0,
                count: ranges.count - 1))
    }

    /// Appends the wire name of a bound value: `DataDisk.2.Size`.
    func append(_ entry: BoundRequest.Entry, to output: inout [UInt8]) {
        let pieces = pieces[entry.parameter]
        bytes.withView { bytes in
            output.append(bytes.slice(pieces.before))
            if pieces.count == 0 { return }
            output.append(decimal: max(1, entry.first))
            output.append(bytes.slice(pieces.between))
            if pieces.count == 1 { return }
            output.append(decimal: max(1, entry.second))
            output.append(bytes.slice(pieces.behind))
        }
    }
}
