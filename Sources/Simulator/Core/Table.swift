/// The records of one kind by their id, in the order of their creation.
struct Table<Record: Sendable>: Sendable {
    private var records: [String: Record] = [:]
    private var order: [String] = []

    /// The record with this id. Setting a new id appends; setting nil removes.
    subscript(id: String) -> Record? {
        get { records[id] }
        _modify {
            let existed = records[id] != nil
            defer {
                let exists = records[id] != nil
                if exists && !existed { order.append(id) }
                if existed && !exists { order.removeAll { $0 == id } }
            }
            yield &records[id]
        }
    }

    var count: Int { order.count }
    var isEmpty: Bool { order.isEmpty }

    /// The records, oldest first.
    var all: [Record] { order.compactMap { records[$0] } }

    /// The records, newest first: the order in which the cloud lists.
    var newestFirst: [Record] { order.reversed().compactMap { records[$0] } }

    /// Changes every record that `matches`.
    mutating func update(where matches: (Record) -> Bool, _ change: (inout Record) -> Void) {
        for id in order {
            guard var record = records[id], matches(record) else { continue }
            change(&record)
            records[id] = record
        }
    }
}
