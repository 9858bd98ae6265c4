import Bytes

/// The conditions of a policy set as plain numbers, with operands of one kind side by side, so that judging one touches
/// no reference counts.
struct ConditionTable {
    struct Entry {
        let test: ConditionOperator
        /// Index in ``keys``.
        let key: UInt32
        /// Operands in the table that the operator's family reads.
        let operands: Range<UInt32>
    }

    private(set) var entries: [Entry] = []
    /// Each key once.
    private(set) var keys: [ConditionKey] = []

    private var places: [ConditionKey: UInt32] = [:]
    private var bytes: [UInt8] = []
    /// Strings and numbers as ranges of ``bytes``.
    private var texts: [Range<UInt32>] = []
    private var instants: [Instant] = []
    private var booleans: [Bool] = []
    private var blocks: [AddressBlock] = []

    mutating func add(_ condition: PolicyCondition) {
        let key = places[condition.key] ?? UInt32(keys.count)
        if key == keys.count {
            keys.append(condition.key)
            places[condition.key] = key
        }
        let start = operandCount(of: condition.test.family)
        for operand in condition.operands { add(operand) }
        let operands = start..<operandCount(of: condition.test.family)
        entries.append(Entry(test: condition.test, key: key, operands: operands))
    }

    private mutating func add(_ operand: ConditionOperand) {
        switch operand {
        case .text(let text), .number(let text):
            texts.append(UInt32(bytes.count)..<UInt32(bytes.count + text.count))
            bytes += text
        case .instant(let instant): instants.append(instant)
        case .boolean(let value): booleans.append(value)
        case .addresses(let block): blocks.append(block)
        }
    }

    private func operandCount(of family: ConditionOperator.Family) -> UInt32 {
        switch family {
        case .string, .numeric: UInt32(texts.count)
        case .date: UInt32(instants.count)
        case .boolean: UInt32(booleans.count)
        case .address: UInt32(blocks.count)
        }
    }

    /// Judges one condition. A missing key never meets a positive operator and always meets a negated one; a value that
    /// the operator cannot read leaves either undecided.
    func verdict(_ entry: Entry, on value: ContextValue) -> ConditionVerdict {
        let positive: ConditionVerdict
        switch value {
        case .missing: positive = .notMet
        case .list(let values): positive = verdict(entry, onAny: values)
        default: positive = positiveVerdict(entry, on: value)
        }
        return entry.test.isNegated ? positive.negated : positive
    }

    private func verdict(_ entry: Entry, onAny values: [ContextValue]) -> ConditionVerdict {
        var verdict = ConditionVerdict.notMet
        for value in values {
            switch positiveVerdict(entry, on: value) {
            case .met: return .met
            case .undecided: verdict = .undecided
            case .notMet: continue
            }
        }
        return verdict
    }

    private func positiveVerdict(_ entry: Entry, on value: ContextValue) -> ConditionVerdict {
        if case .unknown = value { return .undecided }
        switch entry.test.family {
        case .string:
            return value.withText { text in
                ConditionVerdict(hasText(entry) { Self.matches(text, $0, entry.test) })
            }
        case .numeric:
            return value.withText { text in
                guard let number = Decimal(text) else { return .undecided }
                return ConditionVerdict(
                    hasText(entry) { Decimal($0).map { entry.test.accepts(number.order(to: $0)) } ?? false })
            }
        case .date:
            guard let instant = value.instant else { return .undecided }
            for index in entry.operands where entry.test.accepts(Order(instant, instants[Int(index)])) { return .met }
        case .boolean:
            guard let boolean = value.boolean else { return .undecided }
            for index in entry.operands where booleans[Int(index)] == boolean { return .met }
        case .address:
            guard let address = value.address else { return .undecided }
            for index in entry.operands where blocks[Int(index)].contains(address) { return .met }
        }
        return .notMet
    }

    private func hasText(_ entry: Entry, where accepts: (ByteView) -> Bool) -> Bool {
        bytes.withView { bytes in
            for index in entry.operands {
                let range = texts[Int(index)]
                if accepts(bytes.slice(Int(range.lowerBound)..<Int(range.upperBound))) { return true }
            }
            return false
        }
    }

    private static func matches(_ text: ByteView, _ operand: ByteView, _ test: ConditionOperator) -> Bool {
        switch test {
        case .stringLike, .stringNotLike: return Wildcard.matches(operand, text)
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
            guard operand.count == text.count else { return false }
            return operand.indices.allSatisfy { operand[$0].asciiLowercased == text[$0].asciiLowercased }
        default: return operand.equals(text)
        }
    }
}
