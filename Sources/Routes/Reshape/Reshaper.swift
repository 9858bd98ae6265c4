import Bytes

/// One pass over the bytes of an answer: a strict parser (RFC 8259) that copies what it reads, changed in places.
///
/// What stays as it is gathers in a run of input, copied as a whole when something changes: a name's first letters,
/// white space, a wrapper. Nothing is looked up for members with scalar values, and nothing allocated but the summary's
/// texts.
///
/// INVARIANT: every byte written stands for a byte of input of its own, but for ``surplus`` bytes at most: `"items":`
/// for the shortest name of a collection (4 more), or `,"items":[]` where the answer holds no collection (11). `[]`
/// takes the place of an empty object; members that move from around the collection to the root take the bytes that they
/// had there, with the comma behind or a brace; the unwrapping of a list that turns out not to be alone is undone with the bytes
/// that were left out. Copying may write up to `stride` bytes beyond what counts.
struct Reshaper {
    /// The parts of a plan as views, valid as long as the reshaper.
    struct Plan {
        var nodes: UnsafeBufferPointer<AnswerShape.Node>
        var children: UnsafeBufferPointer<AnswerShape.Child>
        var names: ByteView
        var collectionNode: Int?
        var isSingle: Bool
        var hasCreatedID: Bool

        /// The node of the member `name` of `parent`.
        @inline(__always)
        func child(of parent: Int, _ name: ByteView) -> Int {
            for position in nodes[parent].children {
                let child = children[position]
                if child.name.count == name.count, names.slice(child.name).equals(name) { return child.node }
            }
            return AnswerShape.unknownNode
        }
    }

    static let surplus = 16 + stride

    /// Bytes that are copied at once.
    private static let stride = 64

    /// The place of a member's name in the input, without its quotes.
    struct Name {
        var range: Range<Int>
        var hasDot: Bool
    }

    let input: ByteView
    let plan: Plan
    /// The input's first byte, and how many there are. Every offset that is read from was compared with `count`.
    let start: UnsafePointer<UInt8>
    let count: Int
    private let output: UnsafeMutablePointer<UInt8>

    /// The next byte to read.
    var offset = 0
    /// Bytes of output that are done.
    private(set) var written = 0
    /// Where the input begins that was read and is still to be copied.
    private var runStart = 0
    /// Containers that are open.
    var depth = 0
    var hasCollection = false
    var pageMembers = PageMembers()
    var summary = ReshapeSummary()

    /// Nil when there is no input.
    init?(_ input: ByteView, into output: UnsafeMutablePointer<UInt8>, plan: Plan) {
        guard let start = input.baseAddress, !input.isEmpty else { return nil }
        self.input = input
        self.start = start
        count = input.count
        self.output = output
        self.plan = plan
    }

    // MARK: Reading

    @inline(__always)
    func error(_ reason: JSONError.Reason, at offset: Int) -> ReshapeError {
        .malformed(JSONError(reason, at: offset))
    }

    /// The next byte that is no white space, which is neither read nor skipped; white space before it is left out.
    @inline(__always)
    mutating func peek() throws(ReshapeError) -> UInt8 {
        if offset < count {
            let byte = start[offset]
            if byte > 0x20 { return byte }
        }
        skipWhitespace()
        guard offset < count else { throw error(.unexpectedEnd, at: offset) }
        return start[offset]
    }

    /// Leaves out white space.
    mutating func skipWhitespace() {
        var end = offset
        while end < count {
            let byte = start[end]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            end += 1
        }
        if end > offset {
            flush()
            offset = end
            runStart = end
        }
    }

    @inline(__always)
    mutating func enter() throws(ReshapeError) {
        guard depth < JSONScanner.deepest else { throw error(.tooDeep, at: offset) }
        depth += 1
    }

    // MARK: Writing

    /// Copies what was read and not yet copied.
    @inline(__always)
    mutating func flush() {
        let length = offset &- runStart
        if length == 0 { return }
        let source = UnsafeRawPointer(start + runStart)
        let target = UnsafeMutableRawPointer(output + written)
        if length <= Self.stride, count &- runStart >= Self.stride {
            // Whole vectors without a call; what they write too much is overwritten next.
            for position in Swift.stride(from: 0, to: Self.stride, by: 16) {
                let bytes = source.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
                target.storeBytes(of: bytes, toByteOffset: position, as: SIMD16<UInt8>.self)
            }
        } else {
            target.copyMemory(from: source, byteCount: length)
        }
        written &+= length
        runStart = offset
    }

    /// Leaves out what was read and not yet copied.
    @inline(__always)
    mutating func drop() {
        runStart = offset
    }

    /// Takes back what was written since `mark`, and leaves out what was read and not yet copied.
    mutating func rewind(to mark: Int) {
        written = mark
        runStart = offset
    }

    /// Writes `text`; what was read before it has been copied or dropped.
    mutating func write(_ text: StaticString) {
        (output + written).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        written += text.utf8CodeUnitCount
    }

    /// Copies the input at `range`; what was read before it has been copied or dropped.
    mutating func copy(_ range: Range<Int>) {
        (output + written).update(from: start + range.lowerBound, count: range.count)
        written += range.count
    }

    /// Copies up to the closing quote of the name that was just read, and makes the copy a REST name.
    @inline(__always)
    mutating func flushName(_ name: Name) {
        flush()
        let length = name.range.count
        let copy = UnsafeMutableBufferPointer(start: output + (written &- 1 &- length), count: length)
        if name.hasDot {
            RESTName.rewriteDotted(copy)
        } else {
            RESTName.rewrite(copy)
        }
    }

    /// Puts `{`, the name in the input at `name` as a REST name, and a colon in front of what was written since `mark`.
    mutating func insertObject(_ name: Name, at mark: Int) {
        let name = name.range
        let inserted = name.count + 4
        (output + (mark + inserted)).update(from: output + mark, count: written - mark)
        written += inserted
        output[mark] = UInt8(ascii: "{")
        output[mark + 1] = UInt8(ascii: "\"")
        (output + (mark + 2)).update(from: start + name.lowerBound, count: name.count)
        RESTName.rewriteDotted(UnsafeMutableBufferPointer(start: output + (mark + 2), count: name.count))
        output[mark + inserted - 2] = UInt8(ascii: "\"")
        output[mark + inserted - 1] = UInt8(ascii: ":")
    }

    /// Makes `range` of what was written the whole output.
    mutating func keep(_ range: Range<Int>) {
        output.update(from: output + range.lowerBound, count: range.count)
        written = range.count
    }
}
