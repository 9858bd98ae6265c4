/// What things cost: deterministic, in yuan, and about as much as in the real cloud.
enum PriceList {
    /// The length that a price is for.
    enum Unit: String, Sendable {
        case hour = "Hour"
        case week = "Week"
        case month = "Month"
        case year = "Year"

        /// Periods of this length that can be bought.
        var periods: ClosedRange<Int> {
            switch self {
            case .hour: 1...1
            case .week: 1...4
            case .month: 1...9
            case .year: 1...5
            }
        }

        /// Hours that are paid for: a subscription is cheaper than its hours.
        var paidHours: Double {
            switch self {
            case .hour: 1
            case .week: 7 * 24 * 0.7
            case .month: 30 * 24 * 0.65
            case .year: 365 * 24 * 0.65
            }
        }

        /// What is taken off, from 0 to 1.
        var discount: Double { self == .year ? 0.15 : 0 }
    }

    /// One part of a price.
    struct Part: Sendable {
        /// As in answers: `instanceType`, `systemDisk`, `dataDisk`, `bandwidth`, …
        var name: String
        /// Before anything is taken off.
        var listPrice: Double
    }

    /// Yuan for an hour of one GiB.
    static func perGiB(_ category: String, level: String?) -> Double {
        let base: Double =
            switch category {
            case "cloud_essd": 0.0021
            case "cloud_ssd": 0.0020
            case "cloud_auto": 0.0018
            case "cloud_essd_entry": 0.0011
            case "cloud_efficiency": 0.0007
            default: 0.0006
            }
        return category == "cloud_essd" ? base * (levelFactors[level ?? "PL1"] ?? 1) : base
    }

    private static let levelFactors = ["PL0": 0.5, "PL1": 1.0, "PL2": 2.0, "PL3": 4.0]

    /// Yuan for an hour of bandwidth, which by traffic costs nothing until it is used.
    static func bandwidth(_ megabits: Int, _ chargeType: String) -> Double {
        guard chargeType == "PayByBandwidth" else { return 0 }
        return 0.063 * Double(min(megabits, 5)) + 0.248 * Double(max(0, megabits - 5))
    }

    /// Yuan for a GiB that goes out.
    static let perGiBOfTraffic = 0.8

    /// Yuan for an hour of a licence for Windows on one vCPU; other systems cost nothing.
    static let windowsPerCPU = 0.065
}
