import Bytes

/// One operator applied to one key: met when any operand is, and for negated operators exactly when their positive form
/// is not.
public struct PolicyCondition: Hashable, Sendable {
    public var test: ConditionOperator
    public var key: ConditionKey
    /// Never empty.
    public var operands: [ConditionOperand]
    /// The key as the policy spells it, for messages.
    public var spelling: String

    public init(test: ConditionOperator, key: ConditionKey, operands: [ConditionOperand], spelling: String) {
        self.test = test
        self.key = key
        self.operands = operands
        self.spelling = spelling
    }

    /// Three-valued: a value that the operator cannot read leaves it undecided, negated operators too.
    func verdict(on value: ContextValue) -> ConditionVerdict {
        let positive: ConditionVerdict
        switch value {
        case .missing: positive = .notMet
        case .list(let values): positive = verdict(onAny: values)
        default: positive = positiveVerdict(on: value)
        }
        return test.isNegated ? positive.negated : positive
    }

    private func verdict(onAny values: [ContextValue]) -> ConditionVerdict {
        var verdict = ConditionVerdict.notMet
        for value in values {
            switch positiveVerdict(on: value) {
            case .met: return .met
            case .undecided: verdict = .undecided
            case .notMet: continue
            }
        }
        return verdict
    }

    private func positiveVerdict(on value: ContextValue) -> ConditionVerdict {
        if case .unknown = value { return .undecided }
        switch test.family {
        case .string: return value.withText { text in ConditionVerdict(operands.contains { matches(text, $0) }) }
        case .numeric:
            return value.withText { text in
                guard let number = Decimal(text) else { return .undecided }
                return ConditionVerdict(operands.contains { matches(number, $0) })
            }
        case .date:
            guard let instant = value.instant else { return .undecided }
            return ConditionVerdict(
                operands.contains {
                    if case .instant(let other) = $0 { test.accepts(Order(instant, other)) } else { false }
                })
        case .boolean:
            guard let boolean = value.boolean else { return .undecided }
            return ConditionVerdict(operands.contains(.boolean(boolean)))
        case .address:
            guard let address = value.address else { return .undecided }
            return ConditionVerdict(
                operands.contains { if case .addresses(let block) = $0 { block.contains(address) } else { false } })
        }
    }

    private func matches(_ text: ByteView, _ operand: ConditionOperand) -> Bool {
        guard case .text(let pattern) = operand else { return false }
        return pattern.withView { pattern in
            switch test {
            case .stringLike, .stringNotLike: return Wildcard.matches(pattern, text)
            case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
                guard pattern.count == text.count else { return false }
                return pattern.indices.allSatisfy { pattern[$0].asciiLowercased == text[$0].asciiLowercased }
            default: return pattern.equals(text)
            }
        }
    }

    private func matches(_ number: Decimal, _ operand: ConditionOperand) -> Bool {
        guard case .number(let digits) = operand else { return false }
        return digits.withView { Decimal($0).map { test.accepts(number.order(to: $0)) } ?? false }
    }
}

/// The outcome of one condition, or of a whole block.
enum ConditionVerdict: Hashable {
    case met, notMet, undecided

    init(_ isMet: Bool) { self = isMet ? .met : .notMet }

    var negated: ConditionVerdict {
        switch self {
        case .met: .notMet
        case .notMet: .met
        case .undecided: .undecided
        }
    }
}
