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
}
