import Bytes
import Glibc

/// Writes the headers of one response.
///
/// Control characters in a value become blanks, so that no value can begin another header.
public struct HeaderWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Values that are composed, one at a time.
    private var scratch: [UInt8] = []
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit {
        start.deallocate()
    }

    @inline(__always)
    public mutating func add(_ name: StaticString, _ value: StaticString) {
        begin(name, room: value.utf8CodeUnitCount)
        write(value.utf8Start, value.utf8CodeUnitCount)
    }

    public mutating func add(_ name: StaticString, bytes value: ByteView) {
        begin(name, room: value.count)
        writeSafely(value)
    }

    public mutating func add(_ name: StaticString, string value: String) {
        var value = value
        value.withUTF8 { add(name, bytes: $0) }
    }

    public mutating func add(_ name: StaticString, decimal value: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = value.magnitude
            var first = 20
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            begin(name, room: 21)
            if value < 0 { write("-") }
            write(digits.baseAddress.map { UnsafePointer($0 + first) }, 20 - first)
        }
    }

    /// Adds a header whose value `compose` appends to the empty buffer it is given.
    public mutating func add(_ name: StaticString, _ compose: (inout [UInt8]) -> Void) {
        scratch.removeAll(keepingCapacity: true)
        compose(&scratch)
        begin(name, room: scratch.count)
        scratch.withUnsafeBufferPointer { writeSafely($0) }
    }

    /// Calls `body` with what was written since `reset`, NUL-terminated, where two bytes of 1 stand before each header.
    mutating func withText<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        reserve(1)
        start[count] = 0
        return body(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
    }

    /// Begins anew with bytes that stand before the headers.
    mutating func reset(_ prefix: ByteView) {
        count = 0
        reserve(prefix.count)
        write(prefix.baseAddress, prefix.count)
    }

    @inline(__always)
    private mutating func begin(_ name: StaticString, room: Int) {
        reserve(name.utf8CodeUnitCount + room + 4)
        write("\u{1}\u{1}")
        write(name.utf8Start, name.utf8CodeUnitCount)
        write(": ")
    }

    @inline(__always)
    private mutating func write(_ text: StaticString) {
        write(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Room for the bytes was reserved.
    @inline(__always)
    private mutating func write(_ bytes: UnsafePointer<UInt8>?, _ length: Int) {
        guard let bytes else { return }
        memcpy(start + count, bytes, length)
        count += length
    }

    private mutating func writeSafely(_ value: ByteView) {
        let target = start + count
        for index in 0..<value.count {
            let byte = value[index]
            target[index] = byte < 0x20 || byte == 0x7F ? 0x20 : byte
        }
        count += value.count
    }

    private mutating func reserve(_ room: Int) {
        guard capacity - count < room else { return }
        capacity = max(2 * capacity, count + room)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}
