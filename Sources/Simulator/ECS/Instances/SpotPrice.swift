/// Prices of spot instances: deterministic, a fraction of the list price that moves with the hour and the zone.
enum SpotPrice {
    /// Yuan an hour for a type in a zone at an instant, rounded to three decimals.
    static func current(_ type: InstanceType, _ zoneId: String, _ now: SimulatedTime) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (type.id + zoneId).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let hour = UInt64(bitPattern: now.milliseconds / 3_600_000)
        var generator = IdentifierGenerator(seed: hash ^ hour)
        let share = 0.12 + Double(generator.below(180)) / 1000
        return rounded(type.hourlyPrice * share)
    }

    /// Three decimals, as the cloud writes prices.
    static func rounded(_ price: Double) -> Double { (price * 1000).rounded() / 1000 }
}
