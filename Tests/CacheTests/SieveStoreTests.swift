import Bytes
import Testing

@testable import Cache

/// SIEVE as in the paper, on an array: the obvious and slow form.
private struct SieveModel {
    struct Entry {
        var key: Int
        var cost: Int
        var body: Int
        var wasUsed = false
    }

    let limit: Int
    /// Newest first.
    var queue: [Entry] = []
    /// The key that the hand points at; nil for the oldest.
    var hand: Int?
    var evicted: [Int] = []

    var bytes: Int { queue.reduce(0) { $0 + $1.cost } }

    func position(of key: Int) -> Int? { queue.firstIndex { $0.key == key } }

    mutating func remove(_ key: Int) {
        guard let position = position(of: key) else { return }
        if hand == key { hand = position > 0 ? queue[position - 1].key : nil }
        queue.remove(at: position)
    }

    mutating func insert(_ key: Int, cost: Int, body: Int) {
        remove(key)
        guard cost <= limit / 2 else { return }
        while bytes + cost > limit {
            var position = hand.flatMap { self.position(of: $0) } ?? queue.count - 1
            while queue[position].wasUsed {
                queue[position].wasUsed = false
                position = position > 0 ? position - 1 : queue.count - 1
            }
            hand = position > 0 ? queue[position - 1].key : nil
            evicted.append(queue.remove(at: position).key)
        }
        queue.insert(Entry(key: key, cost: cost, body: body), at: 0)
    }
}

@Suite struct SieveStoreTests {
    private func answer(_ key: Int, length: Int, body: Int) -> StoredAnswer {
        var bytes = Array("\(body);".utf8)
        bytes.append(contentsOf: repeatElement(0, count: max(0, length - bytes.count)))
        return Array("key-\(key)".utf8).withView { key in
            StoredAnswer(
                key: key, draft: AnswerDraft(contentType: "", body: bytes, receivedAt: 0), requestedAt: 0, lifetime: 1,
                tags: TagSnapshot())
        }
    }

    /// Few distinct hashes, so that keys collide, and neighbours in the table too.
    private func hash(_ key: Int) -> UInt64 { UInt64(key % 7) << 32 | UInt64(key % 13) }

    @Test(arguments: 0..<10) func doesWhatTheModelDoes(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let limit = Int.random(in: 1_000...20_000, using: &random)
        let keys = Int.random(in: 2...120, using: &random)
        var store = SieveStore(limit: limit)
        var model = SieveModel(limit: limit)
        // One expectation a step would take longer than all the rest.
        for step in 0..<3_000 {
            // Squared, so that some keys are asked for much more than others.
            let draw = Double.random(in: 0..<1, using: &random)
            let key = Int(draw * draw * Double(keys))
            let found = Array("key-\(key)".utf8).withView { store.find($0, hash: hash(key)) }
            let position = model.position(of: key)
            var agrees = (found != nil) == (position != nil)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                guard let found, let position else { break }
                agrees = agrees && found.answer.body.text.hasPrefix("\(model.queue[position].body);")
                store.use(found.place)
                model.queue[position].wasUsed = true
            case 5:
                if let found { store.remove(found.place) }
                model.remove(key)
            default:
                let answer = answer(key, length: Int.random(in: 0...400, using: &random), body: step)
                agrees = agrees && store.insert(answer, hash: hash(key)) == (answer.cost <= limit / 2)
                model.insert(key, cost: answer.cost, body: step)
            }
            agrees = agrees && store.bytes == model.bytes && store.bytes <= limit && store.count == model.queue.count
            guard agrees, store.evictions == UInt64(model.evicted.count) else {
                Issue.record("differs at step \(step)")
                return
            }
        }
        for key in 0..<keys {
            let found = Array("key-\(key)".utf8).withView { store.find($0, hash: hash(key)) }
            #expect((found != nil) == (model.position(of: key) != nil))
        }
    }

    @Test func whatIsUsedOutlivesAScan() {
        var store = SieveStore(limit: 16_000)
        var used: [Int] = []
        for key in 0..<20 {
            _ = store.insert(answer(key, length: 100, body: key), hash: hash(key))
            used.append(key)
        }
        for scanned in 1000..<3000 {
            for key in used where scanned % 20 == 0 {
                if let (place, _) = Array("key-\(key)".utf8).withView({ store.find($0, hash: hash(key)) }) { store.use(place) }
            }
            _ = store.insert(answer(scanned, length: 100, body: scanned), hash: hash(scanned))
        }
        for key in used {
            #expect(Array("key-\(key)".utf8).withView { store.find($0, hash: hash(key)) } != nil)
        }
    }

    @Test func removingAllKeepsTheCountOfEvictions() {
        var store = SieveStore(limit: 3_000)
        for key in 0..<10 { _ = store.insert(answer(key, length: 500, body: key), hash: hash(key)) }
        let evictions = store.evictions
        #expect(evictions > 0)
        store.removeAll()
        #expect(store.count == 0 && store.bytes == 0 && store.evictions == evictions)
    }
}

@Suite struct HashIndexTests {
    @Test(arguments: 0..<8) func doesWhatASetDoes(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        var index = HashIndex()
        var model: [Int32: UInt64] = [:]
        for _ in 0..<3_000 {
            let place = Int32.random(in: 0..<400, using: &random)
            // Hashes that wrap around the table's end and run into each other.
            let hash = UInt64(place % 11) &* 0x1_0000_0005 &- 3
            if model.removeValue(forKey: place) != nil {
                index.remove(place, hash)
            } else {
                index.insert(place, hash)
                model[place] = hash
            }
            let probe = Int32.random(in: 0..<400, using: &random)
            let found = index.first(UInt64(probe % 11) &* 0x1_0000_0005 &- 3) { $0 == probe }
            guard index.count == model.count, (found != nil) == (model[probe] != nil) else {
                Issue.record("differs")
                return
            }
        }
        #expect(index.first(12345) { _ in true } == nil)
    }
}
