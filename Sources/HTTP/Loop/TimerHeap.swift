/// Names one scheduled call; harmless once that ran or was cancelled.
public struct TimerToken: Hashable, Sendable {
    fileprivate let slot: Int
    fileprivate let sequence: UInt64
}

/// Calls ordered by deadline, those with the same deadline in the order of their scheduling.
///
/// Most timers are time-outs that are cancelled, so cancelling only empties the slot: O(1). The heap drops such entries
/// when they surface or when they are more than half of it, so it never holds more than twice the live timers.
struct TimerHeap {
    private struct Entry {
        var deadline: UInt64
        var sequence: UInt64
        var slot: Int

        func precedes(_ other: Entry) -> Bool {
            deadline != other.deadline ? deadline < other.deadline : sequence < other.sequence
        }
    }

    private struct Slot {
        var sequence: UInt64
        var body: (() -> Void)?
    }

    private var entries: [Entry] = []
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    private var lastSequence: UInt64 = 0

    /// The number of timers that wait.
    var count: Int { slots.count - freeSlots.count }

    /// The number of heap entries, cancelled ones included.
    var entryCount: Int { entries.count }

    mutating func schedule(at deadline: UInt64, _ body: @escaping () -> Void) -> TimerToken {
        lastSequence += 1
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
            slots[slot] = Slot(sequence: lastSequence, body: body)
        } else {
            slot = slots.count
            slots.append(Slot(sequence: lastSequence, body: body))
        }
        entries.append(Entry(deadline: deadline, sequence: lastSequence, slot: slot))
        siftUp(from: entries.count - 1)
        return TimerToken(slot: slot, sequence: lastSequence)
    }

    mutating func cancel(_ token: TimerToken) {
        guard release(token.slot, token.sequence) != nil else { return }
        guard entries.count > 64, entries.count > 2 * count else { return }
        entries = entries.filter(isLive)
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { siftDown(from: index) }
    }

    /// The deadline of the earliest timer, or nil when none waits.
    mutating func nextDeadline() -> UInt64? {
        while let first = entries.first {
            if isLive(first) { return first.deadline }
            removeFirst()
        }
        return nil
    }

    /// Removes the earliest timer that is due at `now` and gives its body.
    mutating func popDue(at now: UInt64) -> (() -> Void)? {
        guard let deadline = nextDeadline(), deadline <= now, let first = entries.first else { return nil }
        removeFirst()
        return release(first.slot, first.sequence)
    }

    private func isLive(_ entry: Entry) -> Bool { slots[entry.slot].sequence == entry.sequence }

    private mutating func release(_ slot: Int, _ sequence: UInt64) -> (() -> Void)? {
        guard slot < slots.count, slots[slot].sequence == sequence else { return nil }
        let body = slots[slot].body
        slots[slot] = Slot(sequence: 0, body: nil)
        freeSlots.append(slot)
        return body
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        siftDown(from: 0)
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].precedes(entries[parent]) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].precedes(entries[first]) { first = child }
            }
            if first == parent { return }
            entries.swapAt(parent, first)
            parent = first
        }
    }
}
