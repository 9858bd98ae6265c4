/// The values of the first few condition keys for one resource, each asked for once: statements tend to share their
/// conditions, and asking costs more than comparing.
struct ValueMemo {
    private var values = InlineArray<4, ContextValue>(repeating: .missing)
    /// One bit for each value that is there.
    private var filled: UInt8 = 0

    /// The value of the key with index `key` in its table, asked for by `fetch` the first time.
    @inline(__always)
    mutating func value(of key: UInt32, _ fetch: () -> ContextValue) -> ContextValue {
        guard key < 4 else { return fetch() }
        let bit = UInt8(1) << UInt8(key)
        if filled & bit == 0 {
            values[Int(key)] = fetch()
            filled |= bit
        }
        return values[Int(key)]
    }

    /// Forgets all values, for the next resource.
    mutating func clear() { filled = 0 }
}
