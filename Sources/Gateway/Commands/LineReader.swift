import Bytes

/// Cuts the input of a command into lines.
struct LineReader {
    /// Bytes of a line that are read at most.
    static let longestLine = 16 << 20

    private var pending: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// The next line without its line feed; nil at the end. A last line without line feed counts.
    mutating func next() throws -> [UInt8]? {
        var searched = start
        while true {
            if let feed = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = feed + 1 }
                return Array(pending[start..<feed])
            }
            if isAtEnd {
                defer { start = pending.count }
                return start < pending.count ? Array(pending[start...]) : nil
            }
            pending.removeSubrange(..<start)
            start = 0
            searched = pending.count
            guard pending.count <= Self.longestLine else {
                throw CommandFailure("a line of the input is longer than \(Quantity.text(bytes: Self.longestLine))")
            }
            let piece = try Console.current.input()
            isAtEnd = piece.isEmpty
            pending.append(contentsOf: piece)
        }
    }
}
