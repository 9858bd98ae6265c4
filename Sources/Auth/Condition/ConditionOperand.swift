import Bytes

/// One value of a condition in a policy, read when the policy is loaded the way its operator reads values.
public enum ConditionOperand: Hashable, Sendable {
    case text([UInt8])
    /// The text of a number, known to be readable.
    case number([UInt8])
    case instant(Instant)
    case boolean(Bool)
    case addresses(AddressBlock)

    /// Nil when operators of `family` cannot read `text`.
    public init?(_ text: String, for family: ConditionOperator.Family) {
        let bytes = Array(text.utf8)
        let operand: ConditionOperand? = bytes.withView { view in
            switch family {
            case .string: .text(bytes)
            case .numeric: Decimal(view) == nil ? nil : .number(bytes)
            case .date: Instant(view).map { .instant($0) }
            case .boolean: Bool(conditionText: view).map { .boolean($0) }
            case .address: AddressBlock(view).map { .addresses($0) }
            }
        }
        guard let operand else { return nil }
        self = operand
    }
}

extension Bool {
    /// Reads `true` or `false` in any case; nil for everything else.
    init?(conditionText text: ByteView) {
        if text.equalsIgnoringCase("true") {
            self = true
        } else if text.equalsIgnoringCase("false") {
            self = false
        } else {
            return nil
        }
    }
}
