/// RAM's condition operators, all of them. Names mind case.
public enum ConditionOperator: String, CaseIterable, Hashable, Sendable {
    case stringEquals = "StringEquals"
    case stringNotEquals = "StringNotEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
    case stringLike = "StringLike"
    case stringNotLike = "StringNotLike"
    case numericEquals = "NumericEquals"
    case numericNotEquals = "NumericNotEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateNotEquals = "DateNotEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case ipAddress = "IpAddress"
    case notIpAddress = "NotIpAddress"

    /// How the operator reads values, those of the policy and those of the request alike.
    public enum Family: Hashable, Sendable {
        case string, numeric, date, boolean, address

        /// What a policy may give as a value, for messages.
        var allowedOperands: String {
            switch self {
            case .string: "a string"
            case .numeric: "a number: an optional sign, digits, optionally a point and digits; no exponent, no blanks"
            case .date: "a date and time with zone, as in `2026-01-31T23:59:59Z` or `2026-01-31T23:59:59+08:00`"
            case .boolean: "\"true\" or \"false\""
            case .address:
                "an IPv4 or IPv6 address or CIDR block, as in `192.168.0.0/16`; no leading zeros, ports, zones or wildcards; IPv4-mapped IPv6 written as IPv4"
            }
        }
    }

    public var family: Family {
        switch self {
        case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase, .stringLike,
            .stringNotLike:
            .string
        case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
            .numericGreaterThanEquals:
            .numeric
        case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
            .date
        case .bool: .boolean
        case .ipAddress, .notIpAddress: .address
        }
    }

    /// Whether the operator is the exact negation of its positive form, also over several values and a missing key.
    public var isNegated: Bool {
        switch self {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals, .dateNotEquals,
            .notIpAddress:
            true
        default: false
        }
    }

    /// The order that a number or date must have to a value of the policy, or to be equal to it.
    func accepts(_ order: Order) -> Bool {
        switch self {
        case .numericLessThan, .dateLessThan: order == .less
        case .numericLessThanEquals, .dateLessThanEquals: order != .greater
        case .numericGreaterThan, .dateGreaterThan: order == .greater
        case .numericGreaterThanEquals, .dateGreaterThanEquals: order != .less
        default: order == .equal
        }
    }
}

/// How one value stands to another.
enum Order: Hashable {
    case less, equal, greater

    init<Value: Comparable>(_ left: Value, _ right: Value) {
        self = left == right ? .equal : left < right ? .less : .greater
    }

    var reversed: Order {
        switch self {
        case .less: .greater
        case .equal: .equal
        case .greater: .less
        }
    }
}
