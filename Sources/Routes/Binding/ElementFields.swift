import Bytes

/// What binding needs to know of the objects that a JSON value holds: the members, by either spelling of their names.
struct ElementFields: Sendable {
    /// Members that can be told apart in one bit set.
    static let maximalCount = 64

    let fields: [Parameter]
    let rules: [ValueRule]
    /// The members that every object needs, one bit each.
    let required: UInt64
    private var names: NameTable

    /// The allowed values of the members go into `texts`.
    init(_ fields: [Parameter], _ texts: inout AllowedTexts) {
        self.fields = fields
        names = NameTable(capacity: fields.count * 2)
        var rules: [ValueRule] = []
        var required: UInt64 = 0
        for (index, field) in fields.enumerated() {
            rules.append(ValueRule(field, namesResource: false, &texts))
            if field.requirement == .required { required |= 1 << UInt64(index) }
            for name in [field.name, field.restName] + field.aliases { names.insert(0, name, index) }
        }
        self.rules = rules
        self.required = required
    }

    /// The position of the member that is called `name`, or nil.
    func find(_ name: ByteView) -> Int? { names.find(0, name) }
}
