import Bytes

/// The bytes of a request's body as they arrive. The memory is kept for the next body unless it grew large.
struct BodyBuffer: ~Copyable {
    private var storage: UnsafeMutableBufferPointer<UInt8> = .init(start: nil, count: 0)
    private(set) var count = 0

    private static let keptCapacity = 64 * 1024

    deinit {
        storage.deallocate()
    }

    /// The bytes so far, valid until the next call of a mutating method.
    var view: ByteView { ByteView(start: storage.baseAddress, count: count) }

    mutating func append(_ piece: ByteView) {
        let (needed, overflow) = count.addingReportingOverflow(piece.count)
        guard !overflow, let source = piece.baseAddress else { return }
        if needed > storage.count { grow(to: max(needed, 2 * storage.count, 1024)) }
        storage.baseAddress?.advanced(by: count).update(from: source, count: piece.count)
        count = needed
    }

    mutating func removeAll() {
        count = 0
        guard storage.count > Self.keptCapacity else { return }
        storage.deallocate()
        storage = .init(start: nil, count: 0)
    }

    private mutating func grow(to capacity: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        if let from = storage.baseAddress { larger.baseAddress?.initialize(from: from, count: count) }
        storage.deallocate()
        storage = larger
    }
}
