/// Open addressing from hashes to places: linear probing, at most three quarters full, removal by shifting back.
///
/// Several places may share a hash; who asks compares the keys.
struct HashIndex {
    private struct Slot {
        var hash: UInt64
        /// -1 when empty.
        var place: Int32
    }

    private static let empty = Slot(hash: 0, place: -1)

    private var slots = [Slot](repeating: Self.empty, count: 16)
    private(set) var count = 0

    private var mask: Int { slots.count - 1 }

    /// Calls `matches` with the places stored under `hash` until it returns true, and gives that place.
    func first(_ hash: UInt64, where matches: (Int32) -> Bool) -> Int32? {
        var position = home(hash)
        while slots[position].place >= 0 {
            if slots[position].hash == hash, matches(slots[position].place) { return slots[position].place }
            position = (position + 1) & mask
        }
        return nil
    }

    mutating func insert(_ place: Int32, _ hash: UInt64) {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        count += 1
        put(Slot(hash: hash, place: place))
    }

    /// Removes `place`, which is stored under `hash`.
    mutating func remove(_ place: Int32, _ hash: UInt64) {
        var hole = home(hash)
        while slots[hole].place != place {
            guard slots[hole].place >= 0 else { return }
            hole = (hole + 1) & mask
        }
        count -= 1
        var position = (hole + 1) & mask
        while slots[position].place >= 0 {
            // A slot may move back unless that puts it before its home.
            if (position - home(slots[position].hash)) & mask >= (position - hole) & mask {
                slots[hole] = slots[position]
                hole = position
            }
            position = (position + 1) & mask
        }
        slots[hole] = Self.empty
    }

    private func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & mask }

    private mutating func put(_ slot: Slot) {
        var position = home(slot.hash)
        while slots[position].place >= 0 { position = (position + 1) & mask }
        slots[position] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Self.empty, count: old.count * 2)
        for slot in old where slot.place >= 0 { put(slot) }
    }
}
