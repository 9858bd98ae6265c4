/// A network carrier of China, which edge nodes belong to.
enum ENSCarrier: String, Hashable, Sendable, CaseIterable {
    case telecom, unicom, cmcc

    /// The name that people know it by.
    var name: String {
        switch self {
        case .telecom: "电信"
        case .unicom: "联通"
        case .cmcc: "移动"
        }
    }

    /// The first half of its public addresses.
    var addressRange: String {
        switch self {
        case .telecom: "119.147"
        case .unicom: "123.6"
        case .cmcc: "223.71"
        }
    }
}
