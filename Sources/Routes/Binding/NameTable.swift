import Bytes

/// An immutable hash table from a parent's number and a name to a value, flat in memory, made once and read without allocation.
/// Trees whose children are found by name are kept in one such table; the time of a look-up does not grow with their size.
struct NameTable: Sendable {
    private struct Slot: Sendable {
        var parent: Int32
        /// Negative in an empty slot.
        var length: Int32
        var start: Int32
        var value: Int32

        static let empty = Slot(parent: -1, length: -1, start: 0, value: 0)
    }

    private let slots: [Slot]
    private let names: [UInt8]
    private let mask: Int

    /// `entries` holds each parent and name once; of doubles the first is found.
    init(_ entries: [(parent: Int, name: String, value: Int)]) {
        var capacity = 4
        while capacity < entries.count * 2 { capacity *= 2 }
        var slots = [Slot](repeating: .empty, count: capacity)
        var names: [UInt8] = []
        for entry in entries {
            let start = names.count
            names.append(contentsOf: entry.name.utf8)
            let length = names.count - start
            var index = names.withView { Self.hash(entry.parent, $0.slice(start..<start + length)) } & (capacity - 1)
            while slots[index].length >= 0 { index = (index + 1) & (capacity - 1) }
            slots[index] = Slot(
                parent: Int32(entry.parent), length: Int32(length), start: Int32(start), value: Int32(entry.value))
        }
        self.slots = slots
        self.names = names
        mask = capacity - 1
    }

    /// The value of `name` below `parent`, or nil.
    func find(_ parent: Int, _ name: ByteView) -> Int? {
        var index = Self.hash(parent, name) & mask
        return slots.withUnsafeBufferPointer { slots in
            names.withView { names in
                while true {
                    let slot = slots[index]
                    if slot.length < 0 { return nil }
                    if slot.parent == parent, slot.length == name.count {
                        let start = Int(slot.start)
                        if names.slice(start..<start + name.count).equals(name) { return Int(slot.value) }
                    }
                    index = (index + 1) & mask
                }
            }
        }
    }

    /// Mixes the length and the first and last eight bytes. Callers cannot lengthen a probe: the table never changes,
    /// and is at most half full.
    private static func hash(_ parent: Int, _ name: ByteView) -> Int {
        var first: UInt64 = 0
        var last: UInt64 = 0
        let count = name.count
        if let base = name.baseAddress {
            let raw = UnsafeRawPointer(base)
            // Loads stay inside the view: each branch reads its width only when there are as many bytes.
            if count >= 8 {
                first = raw.loadUnaligned(as: UInt64.self)
                last = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            } else if count >= 4 {
                first = UInt64(raw.loadUnaligned(as: UInt32.self))
                last = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            } else if count > 0 {
                first = UInt64(name[0])
                last = UInt64(name[count / 2]) << 8 | UInt64(name[count - 1])
            }
        }
        var hash = UInt64(truncatingIfNeeded: parent) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
        hash = (hash ^ first) &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 32
        hash = (hash ^ last) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: hash >> 33)
    }
}
