/// The limits of a parameter in words, for documents.
extension Parameter {
    /// `5 to 2000`; nil without a limit.
    var rangeText: String? { Self.text(minimum.map(Self.text), maximum.map(Self.text)) }

    /// The number of characters, `2 to 128`; nil without a limit.
    var lengthText: String? { Self.text(minLength.map(String.init), maxLength.map(String.init)) }

    private static func text(_ low: String?, _ high: String?) -> String? {
        switch (low, high) {
        case (nil, nil): nil
        case (let low?, nil): "\(low) or more"
        case (nil, let high?): "up to \(high)"
        case (let low?, let high?): low == high ? low : "\(low) to \(high)"
        }
    }

    private static func text(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
