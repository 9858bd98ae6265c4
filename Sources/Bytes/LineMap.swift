/// Turns byte offsets of a text into lines and columns for messages to people.
public struct LineMap: Sendable {
    private let lineStarts: [Int]

    public init(_ text: ByteView) {
        var starts = [0]
        var from = 0
        while let feed = text.firstOffset(of: UInt8(ascii: "\n"), from: from) {
            starts.append(feed + 1)
            from = feed + 1
        }
        lineStarts = starts
    }

    /// Line and column of `offset`, both counted from 1; the column counts bytes.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, max(0, offset - lineStarts[low]) + 1)
    }
}
