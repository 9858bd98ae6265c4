import Synchronization

/// The generation of every tag. A write raises those that it touches; an answer is valid as long as none of its tags was
/// raised since it was asked for. Comparing generations takes no lock.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: a state is initialised under the lock before its index is given out,
/// and from then on touched through its atomics only; the memory lives as long as the table.
final class TagTable: @unchecked Sendable {
    private struct State: ~Copyable {
        let generation = Atomic<UInt64>(0)
        /// Monotonic nanoseconds; 0 for never.
        let lastWrite: Atomic<UInt64>

        init(lastWrite: UInt64) { self.lastWrite = Atomic(lastWrite) }
    }

    private struct Names {
        var indices: [Tag: Int] = [:]
        /// By index; that at 0 stands for all that found no place, and every write raises it.
        var tags: [Tag] = []
    }

    private let capacity: Int
    private let states: UnsafeMutablePointer<State>
    private let names = Mutex(Names())

    /// A table of at most `capacity` tags, no fewer than 2.
    init(capacity: Int = 16_384) {
        self.capacity = max(2, capacity)
        // Of what is not used the system commits no page.
        states = .allocate(capacity: self.capacity)
        names.withLock { _ = add(Tag(account: "", region: "", type: ""), &$0) }
    }

    deinit {
        let count = names.withLock { $0.tags.count }
        states.deinitialize(count: count)
        states.deallocate()
    }

    /// The generations of `tags` now.
    func snapshot(_ tags: [Tag]) -> TagSnapshot {
        var snapshot = TagSnapshot()
        snapshot.elements.reserveCapacity(tags.count)
        names.withLock { names in
            for tag in tags {
                let index = index(of: tag, &names)
                snapshot.elements.append(.init(index: index, generation: generation(index)))
                snapshot.lastWrite = max(snapshot.lastWrite, states[index].lastWrite.load(ordering: .relaxed))
            }
        }
        return snapshot
    }

    /// Whether no tag of `snapshot` was raised since it was taken.
    func isCurrent(_ snapshot: TagSnapshot) -> Bool {
        for element in snapshot.elements where generation(element.index) != element.generation { return false }
        return true
    }

    /// Raises every tag whose answers a write to `tag` touches.
    func raise(_ tag: Tag, now: UInt64) {
        names.withLock { names in
            raise(0, now)
            if tag.region == "*" || tag.type == "*" {
                for (index, other) in names.tags.enumerated() where tag.touches(other) { raise(index, now) }
            } else {
                // The latter also tells regions that are asked for later when the last write was; see `add`.
                if let index = names.indices[tag] { raise(index, now) }
                raise(index(of: tag.everyRegion, &names), now)
            }
        }
    }

    private func raise(_ index: Int, _ now: UInt64) {
        states[index].generation.wrappingAdd(1, ordering: .acquiringAndReleasing)
        states[index].lastWrite.store(max(now, 1), ordering: .relaxed)
    }

    private func generation(_ index: Int) -> UInt64 { states[index].generation.load(ordering: .acquiring) }

    /// The index of `tag`. Region ids come from callers, so they must not fill the table: beyond three quarters, the answers
    /// of a new region share the tag of those that span regions, and are thrown away more often than needed, never less.
    private func index(of tag: Tag, _ names: inout Names) -> Int {
        if let index = names.indices[tag] { return index }
        if tag.region != "*", names.tags.count >= capacity / 4 * 3 { return index(of: tag.everyRegion, &names) }
        return names.tags.count < capacity ? add(tag, &names) : 0
    }

    private func add(_ tag: Tag, _ names: inout Names) -> Int {
        let index = names.tags.count
        let lastWrite = names.indices[tag.everyRegion].map { states[$0].lastWrite.load(ordering: .relaxed) } ?? 0
        (states + index).initialize(to: State(lastWrite: lastWrite))
        names.indices[tag] = index
        names.tags.append(tag)
        return index
    }
}
