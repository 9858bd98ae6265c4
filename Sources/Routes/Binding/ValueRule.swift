import Bytes

/// What the text of one value of a parameter has to be; made from the catalogue, applied without allocation.
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
    /// Whether JSON numbers are as good as strings: the documented values are numbers.
    let takesNumbers: Bool
    /// Whether "true" and "false" are documented values of a string, so that JSON's are as good.
    let takesBooleans: Bool
    /// Whether the elements of a JSON array may be objects: no documented value is a text, and no resource is named by it.
    let takesObjects: Bool
    private let hasRange: Bool
    private let integers: ClosedRange<Int64>
    private let floats: ClosedRange<Double>
    private let lengths: ClosedRange<Int>
    private let allowed: AllowedValues

    /// `namesResource` says that a resource of the action is named by the parameter.
    init(_ parameter: Parameter, namesResource: Bool) {
        type = parameter.type
        format = parameter.format
        hasRange = parameter.minimum != nil || parameter.maximum != nil
        let natural: ClosedRange<Int64> = parameter.type == .integer ? Int64(Int32.min)...Int64(Int32.max) : .min ... .max
        let lower = parameter.minimum.flatMap(Int64.init(exactly:)) ?? natural.lowerBound
        let upper = parameter.maximum.flatMap(Int64.init(exactly:)) ?? natural.upperBound
        integers = lower...max(lower, upper)
        let least = parameter.minimum ?? -.greatestFiniteMagnitude
        floats = least...max(least, parameter.maximum ?? .greatestFiniteMagnitude)
        let shortest = parameter.minLength ?? 0
        lengths = shortest...max(shortest, parameter.maxLength ?? .max)
        allowed = AllowedValues(parameter.allowedValues, ignoringCase: parameter.ignoresCase)
        takesNumbers = hasRange || allowed.areNumbers
        takesObjects = parameter.format == .jsonArray && parameter.allowedValues.isEmpty && !hasRange && !namesResource
        takesBooleans = parameter.allowedValues.contains("true") || parameter.allowedValues.contains("false")
    }

    /// Whether one wire value holds a list.
    var isList: Bool { format == .jsonArray || format == .commaList }

    /// Judges one value; of a list, one element.
    func judge(_ value: ByteView) -> Verdict {
        switch type {
        case .string: return judgeString(value)
        case .integer, .long:
            guard let number = Scalars.integer(value) else { return .notInteger }
            if !integers.contains(number) { return .outOfRange }
        case .float:
            guard let number = Scalars.float(value) else { return .notNumber }
            if !floats.contains(number) { return .outOfRange }
        case .boolean:
            if !value.equals("true") && !value.equals("false") { return .notBoolean }
        }
        return allowed.isEmpty || allowed.contains(value) ? .fine : .notAllowed
    }

    private func judgeString(_ value: ByteView) -> Verdict {
        if !allowed.isEmpty {
            if allowed.contains(value) { return .fine }
            if !hasRange { return .notAllowed }
        }
        if hasRange {
            guard let number = Scalars.integer(value) else { return allowed.isEmpty ? .notInteger : .notAllowed }
            if !integers.contains(number) { return .outOfRange }
        }
        if lengths != 0...Int.max {
            let length = value.scalarCount
            if length < lengths.lowerBound { return .tooShort }
            if length > lengths.upperBound { return .tooLong }
        }
        return Formats.isWellFormed(value, format) ? .fine : .malformed
    }
}

/// A list of allowed texts, flat in memory.
struct AllowedValues: Sendable {
    private let bytes: [UInt8]
    private let ends: [Int]
    private let ignoresCase: Bool
    /// Whether there is a value and each is a whole number.
    let areNumbers: Bool

    init(_ values: [String], ignoringCase: Bool) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for value in values {
            bytes.append(contentsOf: ignoringCase ? value.utf8.map(\.asciiLowercased) : Array(value.utf8))
            ends.append(bytes.count)
        }
        self.bytes = bytes
        self.ends = ends
        ignoresCase = ignoringCase
        areNumbers = !values.isEmpty && values.allSatisfy { Int64($0) != nil }
    }

    var isEmpty: Bool { ends.isEmpty }

    func contains(_ value: ByteView) -> Bool {
        bytes.withView { bytes in
            var start = 0
            for end in ends {
                if end - start == value.count, matches(bytes.slice(start..<end), value) { return true }
                start = end
            }
            return false
        }
    }

    private func matches(_ allowed: ByteView, _ value: ByteView) -> Bool {
        guard ignoresCase else { return allowed.equals(value) }
        return zip(allowed, value).allSatisfy { $0 == $1.asciiLowercased }
    }
}
