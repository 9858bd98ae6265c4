import Bytes

/// Which fields of an action and a resource a rule fixes, and how long the fixed beginnings of its name and relative id
/// are. Rules of one shape are found with one probe of the table: the request's hashes of exactly these fields.
///
/// This is tuple space search, as packet classifiers do it: the number of shapes in a set of policies is small and hardly
/// grows with the number of its statements.
struct RuleShape: Hashable {
    /// Whether a field is compared as a whole; the other fields are left to the verification of a hit.
    struct Fields: OptionSet, Hashable {
        let rawValue: UInt8

        static let service = Fields(rawValue: 1)
        static let name = Fields(rawValue: 2)
        static let product = Fields(rawValue: 4)
        static let region = Fields(rawValue: 8)
        static let account = Fields(rawValue: 16)
        static let relative = Fields(rawValue: 32)
        /// The rule has an ARN pattern, so a resource that is no ARN is not even looked up.
        static let arn = Fields(rawValue: 64)
    }

    var fields: Fields = []
    /// Bytes of the action name, and of the relative id, that are fixed in front of a wildcard; 0 for none.
    var namePrefix = 0
    var relativePrefix = 0

    /// Keeps equal field hashes of different shapes apart.
    var seed: UInt64 {
        let packed = UInt64(fields.rawValue) | UInt64(namePrefix) << 8 | UInt64(relativePrefix) << 32
        return FieldHash.step(packed, 0x2545_F491_4F6C_DD1D)
    }
}

/// A shape in the form that lookups read.
struct PreparedShape {
    let seed: UInt64
    let fields: RuleShape.Fields
    let namePrefix: Int
    let relativePrefix: Int
    /// The first statement that has a rule of this shape.
    let firstStatement: UInt32

    init(_ shape: RuleShape, firstStatement: UInt32) {
        seed = shape.seed
        fields = shape.fields
        namePrefix = shape.namePrefix
        relativePrefix = shape.relativePrefix
        self.firstStatement = firstStatement
    }

    /// The place of a request in this shape's part of the table; nil when nothing of this shape can match.
    @inline(__always)
    func hash(_ action: ActionName, _ resource: ResourceName) -> UInt64? {
        if fields.contains(.arn), !resource.isARN { return nil }
        if action.name.count < namePrefix || resource.relative.count < relativePrefix { return nil }
        var sum = seed
        if fields.contains(.service) { sum &+= action.serviceHash }
        if fields.contains(.name) { sum &+= action.nameHash }
        if namePrefix > 0 { sum &+= FieldHash.of(action.name.slice(0..<namePrefix), FieldHash.name) }
        if fields.contains(.product) { sum &+= resource.serviceHash }
        if fields.contains(.region) { sum &+= resource.regionHash }
        if fields.contains(.account) { sum &+= resource.accountHash }
        if fields.contains(.relative) { sum &+= resource.relativeHash }
        if relativePrefix > 0 {
            sum &+= FieldHash.of(resource.relative.slice(0..<relativePrefix), FieldHash.relative)
        }
        return FieldHash.step(sum, seed)
    }
}
