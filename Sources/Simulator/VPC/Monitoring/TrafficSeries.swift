/// Traffic of a public address, made from its name and the time: the same whenever and however it is asked for.
struct TrafficSeries {
    /// Bytes per second that a series never passes, so that an hour of it fits 32 bits.
    private static let greatestRate = 280_000
    private static let bytesPerPacket = 700

    /// What passed in a stretch of time.
    struct Amount {
        /// Bytes.
        var received = 0
        /// Bytes.
        var sent = 0

        var flow: Int { received + sent }
        var packets: Int { flow / TrafficSeries.bytesPerPacket }
    }

    private let seed: UInt64
    private let rate: Int

    /// The series of something with an id and a bandwidth in Mbit/s; 0 for nothing at all.
    init(of id: String, bandwidth: Int) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        seed = hash
        rate = min(max(0, bandwidth) * 50_000, Self.greatestRate)
    }

    /// What passes from `start` on in a number of minutes.
    func amount(from start: SimulatedTime, minutes: Int) -> Amount {
        var amount = Amount()
        let first = start.milliseconds / 60_000
        for minute in first..<first + Int64(minutes) {
            // Busiest in the middle of the day, and some noise on top.
            let ofDay = Int(minute % 1440)
            let load = 100 + min(ofDay, 1440 - ofDay) * 600 / 720
            var generator = IdentifierGenerator(seed: seed ^ UInt64(bitPattern: minute))
            let received = rate * 60 / 1000 * (load + generator.below(300)) / 1000
            amount.received += received * 1000
            amount.sent += received * (60 + generator.below(240))
        }
        return amount
    }
}
