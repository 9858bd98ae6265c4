import Bytes

/// A hash table from a parent's number and a name to a value, flat in memory and read without allocation.
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

    private var slots: [Slot]
    private var names: [UInt8] = []
    private var count = 0

    /// A table with room for `capacity` names before it has to grow.
    init(capacity: Int = 2) {
        var size = 4
        while size < capacity * 2 { size *= 2 }
        slots = [Slot](repeating: .empty, count: size)
    }

    /// The value of `name` below `parent`, or nil.
    func find(_ parent: Int, _ name: ByteView) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            names.withView { names in
                let mask = slots.count - 1
                var index = Self.hash(parent, name) & mask
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

    /// Adds `name` below `parent`. Nothing happens when it is there already.
    mutating func insert(_ parent: Int, _ name: ByteView, _ value: Int) {
        guard find(parent, name) == nil else { return }
        if (count + 1) * 2 > slots.count { grow() }
        let slot = Slot(
            parent: Int32(truncatingIfNeeded: parent), length: Int32(truncatingIfNeeded: name.count),
            start: Int32(truncatingIfNeeded: names.count), value: Int32(truncatingIfNeeded: value))
        names.append(name)
        place(slot, Self.hash(parent, name))
        count += 1
    }

    /// Adds `name` below `parent`. Nothing happens when it is there already.
    mutating func insert(_ parent: Int, _ name: String, _ value: Int) {
        var name = name
        name.withUTF8 { insert(parent, $0, value) }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: .empty, count: old.count * 2)
        for slot in old where slot.length >= 0 {
            let start = Int(slot.start)
            let hash = names.withView { Self.hash(Int(slot.parent), $0.slice(start..<start + Int(slot.length))) }
            place(slot, hash)
        }
    }

    private mutating func place(_ slot: Slot, _ hash: Int) {
        let mask = slots.count - 1
        var index = hash & mask
        while slots[index].length >= 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    /// Mixes the length and the first and last eight bytes. Callers cannot lengthen a probe: requests only read the table,
    /// which is at most half full.
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
