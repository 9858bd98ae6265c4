import Bytes

/// Collects the headers of one response: as NUL-terminated names and values in a buffer that is reused.
///
/// Control characters in a value become blanks, so that no value can begin another header. An empty value is left out.
public struct HeaderWriter {
    var buffer: [UInt8]
    var count = 0

    init(reusing buffer: consuming [UInt8]) {
        self.buffer = buffer
        self.buffer.removeAll(keepingCapacity: true)
    }

    @inlinable
    public mutating func add(_ name: StaticString, _ value: StaticString) {
        add(name, bytes: value.view)
    }

    public mutating func add(_ name: StaticString, bytes value: ByteView) {
        begin(name)
        let start = buffer.count
        buffer.append(contentsOf: value)
        end(start)
    }

    public mutating func add(_ name: StaticString, string value: String) {
        begin(name)
        let start = buffer.count
        buffer.append(contentsOf: value.utf8)
        end(start)
    }

    public mutating func add(_ name: StaticString, decimal value: Int) {
        begin(name)
        buffer.append(decimal: value)
        buffer.append(0)
    }

    /// Adds a header whose value `write` appends to the buffer it is given.
    public mutating func add(_ name: StaticString, _ write: (inout [UInt8]) -> Void) {
        begin(name)
        let start = buffer.count
        write(&buffer)
        end(start)
    }

    private mutating func begin(_ name: StaticString) {
        buffer.append(name)
        buffer.append(0)
        count += 1
    }

    private mutating func end(_ start: Int) {
        for index in start..<max(start, buffer.count) where buffer[index] < 0x20 || buffer[index] == 0x7F {
            buffer[index] = 0x20
        }
        buffer.append(0)
    }
}
