/// The outcome of one condition.
enum ConditionVerdict: Hashable {
    case met, notMet
    /// The request's value cannot be read, or is not known.
    case undecided

    init(_ isMet: Bool) { self = isMet ? .met : .notMet }

    var negated: ConditionVerdict {
        switch self {
        case .met: .notMet
        case .notMet: .met
        case .undecided: .undecided
        }
    }
}
