import Synchronization

/// Counters side by side in memory, each written by one thread and read by any.
///
/// `@unchecked Sendable`: the memory is made in `init` and released in `deinit`; between them it is touched through atomics
/// only.
final class CounterBlock: @unchecked Sendable {
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    let count: Int

    init(count: Int) {
        self.count = count
        cells = .allocate(capacity: count)
        for index in 0..<count { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: count)
        cells.deallocate()
    }

    /// Adds `amount` to the counter at `index`. One thread alone may call it, so that it needs no locked instruction.
    func add(_ amount: UInt64, at index: Int) {
        precondition(index >= 0 && index < count)
        let value = cells[index].load(ordering: .relaxed)
        cells[index].store(value &+ amount, ordering: .relaxed)
    }

    /// The present value of the counter at `index`.
    func value(at index: Int) -> UInt64 {
        precondition(index >= 0 && index < count)
        return cells[index].load(ordering: .relaxed)
    }
}
