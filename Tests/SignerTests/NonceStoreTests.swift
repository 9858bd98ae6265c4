import Bytes
import Signer
import Testing

@Suite struct NonceStoreTests {
    private func insert(_ store: NonceStore, _ nonce: String, key: String = "k", expiry: Int64, now: Int64)
        -> NonceStore.Outcome
    {
        Array(nonce.utf8).withView { nonce in
            Array(key.utf8).withView { key in
                store.insert(
                    nonce, keyId: key, expiry: Timestamp(secondsSinceEpoch: expiry),
                    now: Timestamp(secondsSinceEpoch: now))
            }
        }
    }

    @Test func keepsANonceUntilItsExpiryAndForgetsItAfterwards() {
        let store = NonceStore()
        #expect(insert(store, "a", expiry: 900, now: 0) == .fresh)
        #expect(insert(store, "a", expiry: 900, now: 900) == .used)
        #expect(insert(store, "a", expiry: 1800, now: 900) == .used)
        #expect(insert(store, "a", expiry: 1900, now: 960) == .fresh)
        #expect(store.count == 1)
    }

    @Test func tellsKeysApart() {
        let store = NonceStore()
        #expect(insert(store, "bc", key: "a", expiry: 900, now: 0) == .fresh)
        #expect(insert(store, "c", key: "ab", expiry: 900, now: 0) == .fresh)
        #expect(insert(store, "bc", key: "a", expiry: 900, now: 0) == .used)
    }

    @Test func refusesWhenFullAndRecovers() {
        let store = NonceStore(capacity: 2)
        #expect(insert(store, "a", expiry: 60, now: 0) == .fresh)
        #expect(insert(store, "b", expiry: 300, now: 0) == .fresh)
        #expect(insert(store, "c", expiry: 300, now: 0) == .full)
        #expect(insert(store, "a", expiry: 300, now: 0) == .used)
        #expect(insert(store, "c", expiry: 300, now: 120) == .fresh)
        #expect(store.count == 2)
    }
}
