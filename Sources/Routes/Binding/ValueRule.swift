import Bytes

/// What the text of one value of a parameter has to be; made from the catalogue, applied without allocation.
///
/// Plain numbers only, so that reading one costs nothing; the allowed texts lie in an ``AllowedTexts``.
struct ValueRule: Sendable {
    enum Verdict: Equatable {
        case fine
        case notInteger, notNumber, notBoolean
        case outOfRange
        case notAllowed
        case tooShort, tooLong
        case malformed
    }

    let type: Parameter.ValueType
    let format: Parameter.Format?
    /// Whether one wire value holds a list.
    let isList: Bool
    /// What stands between the values of such a list on the wire; nil for a JSON array.
    let separator: UInt8?
    /// Numbers in the wire name.
    let indexCount: Int
    /// Greatest number of elements or repetitions.
    let maxItems: Int
    /// Whether JSON numbers are as good as strings: the documented values are numbers.
    let takesNumbers: Bool
    /// Whether "true" and "false" are documented values of a string, so that JSON's are as good.
    let takesBooleans: Bool
    /// Whether the elements of a JSON array may be objects: they are documented so, or nothing else is documented and no
    /// resource is named by them.
    let takesObjects: Bool
    private let hasRange: Bool
    private let integers: ClosedRange<Int64>
    private let floats: ClosedRange<Double>
    private let hasLengths: Bool
    private let lengths: ClosedRange<Int>
    private let allowed: Range<Int>
    private let ignoresCase: Bool

    /// `namesResource` says that a resource of the action is named by the parameter. The allowed values go into `texts`.
    init(_ parameter: Parameter, namesResource: Bool, _ texts: inout AllowedTexts) {
        type = parameter.type
        format = parameter.format
        isList = parameter.format?.isList ?? false
        separator = parameter.format?.separator
        indexCount = parameter.indexCount
        maxItems = parameter.maxItems ?? Binder.maximalItems
        hasRange = parameter.minimum != nil || parameter.maximum != nil
        let natural: ClosedRange<Int64> = parameter.type == .integer ? Int64(Int32.min)...Int64(Int32.max) : .min ... .max
        let lower = parameter.minimum.flatMap(Int64.init(exactly:)) ?? natural.lowerBound
        integers = lower...max(lower, parameter.maximum.flatMap(Int64.init(exactly:)) ?? natural.upperBound)
        let least = parameter.minimum ?? -.greatestFiniteMagnitude
        floats = least...max(least, parameter.maximum ?? .greatestFiniteMagnitude)
        let shortest = parameter.minLength ?? 0
        hasLengths = parameter.minLength != nil || parameter.maxLength != nil
        lengths = shortest...max(shortest, parameter.maxLength ?? .max)
        allowed = texts.add(parameter.allowedValues, ignoringCase: parameter.ignoresCase)
        ignoresCase = parameter.ignoresCase
        let areNumbers = !parameter.allowedValues.isEmpty && parameter.allowedValues.allSatisfy { Int64($0) != nil }
        takesNumbers = hasRange || areNumbers
        let isOpen = parameter.allowedValues.isEmpty && !hasRange && !namesResource
        takesObjects = parameter.format == .jsonArray && (isOpen || !parameter.fields.isEmpty)
        takesBooleans = parameter.allowedValues.contains {
            ["true", "false"].contains(parameter.ignoresCase ? $0.lowercased() : $0)
        }
    }

    /// Judges one value; of a list, one element.
    func judge(_ value: ByteView, _ texts: AllowedTexts) -> Verdict {
        switch type {
        case .string: return judgeString(value, texts)
        case .integer, .long:
            guard let number = Scalars.integer(value) else { return .notInteger }
            if !integers.contains(number) { return .outOfRange }
        case .float:
            guard let number = Scalars.float(value) else { return .notNumber }
            if !floats.contains(number) { return .outOfRange }
        case .boolean:
            if !value.equals("true") && !value.equals("false") { return .notBoolean }
        }
        return isAllowed(value, texts) ? .fine : .notAllowed
    }

    private func judgeString(_ value: ByteView, _ texts: AllowedTexts) -> Verdict {
        if !allowed.isEmpty {
            if isAllowed(value, texts) { return .fine }
            if !hasRange { return .notAllowed }
        }
        if hasRange {
            guard let number = Scalars.integer(value) else { return allowed.isEmpty ? .notInteger : .notAllowed }
            if !integers.contains(number) { return .outOfRange }
        }
        if hasLengths {
            let length = value.scalarCount
            if length < lengths.lowerBound { return .tooShort }
            if length > lengths.upperBound { return .tooLong }
        }
        return Formats.isWellFormed(value, format) ? .fine : .malformed
    }

    private func isAllowed(_ value: ByteView, _ texts: AllowedTexts) -> Bool {
        allowed.isEmpty || texts.contains(value, in: allowed, ignoringCase: ignoresCase)
    }
}

/// The allowed texts of all parameters of an action, flat in memory.
struct AllowedTexts: Sendable {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []

    /// Adds some texts and returns where they are.
    mutating func add(_ values: [String], ignoringCase: Bool) -> Range<Int> {
        let first = ranges.count
        for value in values {
            let start = bytes.count
            for byte in value.utf8 { bytes.append(ignoringCase ? byte.asciiLowercased : byte) }
            ranges.append(start..<bytes.count)
        }
        return first..<ranges.count
    }

    /// Whether `value` is among the texts at `positions`.
    func contains(_ value: ByteView, in positions: Range<Int>, ignoringCase: Bool) -> Bool {
        bytes.withView { bytes in
            for position in positions {
                let allowed = bytes.slice(ranges[position])
                guard allowed.count == value.count else { continue }
                if !ignoringCase, allowed.equals(value) { return true }
                if ignoringCase, zip(allowed, value).allSatisfy({ $0 == $1.asciiLowercased }) { return true }
            }
            return false
        }
    }
}
