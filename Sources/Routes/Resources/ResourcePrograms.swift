import Bytes

/// The resource templates of an action as plain steps, so that naming resources copies no strings.
struct ResourcePrograms: Sendable {
    enum Step: Sendable {
        /// Bytes of ``literals``.
        case literal(Range<Int>)
        case region
        case account
        case parameter(Int)
        /// A member, whose name is in ``literals``, of each object that a parameter holds.
        case field(Int, Range<Int>)

        /// The parameter that the step needs; nil when it needs none.
        var parameter: Int? {
            switch self {
            case .parameter(let position), .field(let position, _): position
            case .literal, .region, .account: nil
            }
        }
    }

    struct Template: Sendable {
        var steps: Range<Int>
        var otherwise: Range<Int>?
        var isOptional: Bool
        var condition: Condition?
    }

    struct Condition: Sendable {
        var parameter: Int
        /// Bytes of ``literals``.
        var value: Range<Int>
        var isDefault: Bool
    }

    private(set) var templates: [Template] = []
    private(set) var steps: [Step] = []
    private(set) var literals: [UInt8] = []

    init(_ resources: [ResourceTemplate]) {
        for resource in resources {
            let steps = add(resource.parts)
            templates.append(
                Template(
                    steps: steps, otherwise: resource.otherwise.map { add($0) }, isOptional: resource.isOptional,
                    condition: resource.condition.map { add($0) }))
        }
    }

    private mutating func add(_ condition: ResourceTemplate.Condition) -> Condition {
        let start = literals.count
        literals.append(text: condition.value)
        return Condition(parameter: condition.parameter, value: start..<literals.count, isDefault: condition.isDefault)
    }

    private mutating func add(text: String) -> Range<Int> {
        let start = literals.count
        literals.append(text: text)
        return start..<literals.count
    }

    private mutating func add(_ parts: [ResourceTemplate.Part]) -> Range<Int> {
        let first = steps.count
        for part in parts {
            switch part {
            case .literal(let text): steps.append(.literal(add(text: text)))
            case .region: steps.append(.region)
            case .account: steps.append(.account)
            case .parameter(let position): steps.append(.parameter(position))
            case .field(let position, let name): steps.append(.field(position, add(text: name)))
            }
        }
        return first..<steps.count
    }
}
