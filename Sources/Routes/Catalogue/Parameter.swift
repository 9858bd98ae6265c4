/// One request parameter of an action, as documented.
public struct Parameter: Sendable {
    public enum ValueType: String, Hashable, Sendable, CaseIterable {
        case string = "String"
        /// 32 bits, signed.
        case integer = "Integer"
        /// 64 bits, signed.
        case long = "Long"
        case float = "Float"
        case boolean = "Boolean"
    }

    /// What the text of a value has to look like on the wire.
    public enum Format: String, Hashable, Sendable, CaseIterable {
        /// A JSON array in one string; a list in REST.
        case jsonArray = "json-array"
        /// A JSON object or array in one string.
        case json
        /// Values with commas between them; a list in REST.
        case commaList = "comma-list"
        /// Values with semicolons between them; a list in REST.
        case semicolonList = "semicolon-list"
        /// `YYYY-MM-DDThh:mm:ssZ`; the seconds, or minutes and seconds, may be left out.
        case iso8601
        case base64
        /// An IPv4 or IPv6 address with a prefix length, or an address alone.
        case cidr
        case ip
        /// `first/last`, or `-1/-1` for all.
        case portRange = "port-range"

        /// What stands between the values of a list in one text; nil for every other form.
        var separator: UInt8? {
            switch self {
            case .commaList: UInt8(ascii: ",")
            case .semicolonList: UInt8(ascii: ";")
            default: nil
            }
        }

        /// Whether one text holds a list.
        var isList: Bool { self == .jsonArray || separator != nil }

        /// The values in a separated list; of every other form the text itself.
        func elements(of text: String) -> [String] {
            guard let separator else { return [text] }
            return text.split(separator: Character(UnicodeScalar(separator))).map(String.init)
        }
    }

    public enum Requirement: Hashable, Sendable {
        case optional
        /// Needed under a condition that only the cloud can judge.
        case conditional
        case required
    }

    /// A part of a dotted wire name: `Tag.n.Key` has a name, an index and a name.
    public enum Segment: Hashable, Sendable {
        case name(String)
        case index
    }

    /// Wire name, `n` for each repetition: `DataDisk.n.Size`.
    public let name: String
    /// REST name: `dataDisk[].size`.
    public var restName: String { RESTName.from(wire: name) }
    /// The parts of the name.
    public var segments: [Segment] { Self.segments(of: name) ?? [] }
    public let type: ValueType
    public let requirement: Requirement
    /// The value must not be logged or shown.
    public let isSecret: Bool
    public let isDeprecated: Bool
    /// The only values allowed, as text; empty when there is no such list. For a list, of each element.
    /// A string with a list and a range may be either: one of the values, or a number in the range.
    public let allowedValues: [String]
    /// Letter case does not matter in ``allowedValues``; what is sent is the spelling given.
    public let ignoresCase: Bool
    /// What the cloud takes when the parameter is absent; never sent.
    public let defaultValue: String?
    /// Smallest number allowed; also for strings that hold a number.
    public let minimum: Double?
    /// Greatest number allowed; also for strings that hold a number.
    public let maximum: Double?
    /// Least number of characters.
    public let minLength: Int?
    /// Greatest number of characters.
    public let maxLength: Int?
    /// Greatest number of elements or repetitions.
    public let maxItems: Int?
    /// A regular expression for documents (OpenAPI); the gateway itself does not judge by it.
    public let pattern: String?
    public let format: Format?
    /// Other wire names that are accepted for this parameter.
    public let aliases: [String]
    /// The members of the object that a JSON value is, or of those that a JSON array holds, under their names in it. Empty
    /// when there are no such objects, or nobody says what they hold.
    public let fields: [Parameter]

    /// Whether REST shows the parameter's values as a list: a JSON array, a separated list or a repeated plain value.
    public var isList: Bool { format?.isList ?? false || segments.last == .index }

    /// How often the name holds an index.
    public var indexCount: Int { segments.count { $0 == .index } }
}
