extension Naming {
    /// The rules of this product for names, which differ by the kind of resource.
    enum NetworkRule: Sendable {
        /// 2 to 128 letters, digits, `_` and `-`, a letter first.
        case plain
        /// The same with `.`.
        case dotted
        /// Up to 100 characters, otherwise as ``dotted``.
        case short
        /// 2 to 128 characters, whatever they are.
        case free
    }

    /// Whether a text is a name by `rule`; a web address never is.
    static func isNetworkName(_ text: String, _ rule: NetworkRule) -> Bool {
        let length = text.unicodeScalars.count
        guard !text.hasPrefix("http://"), !text.hasPrefix("https://"), let first = text.first else { return false }
        guard rule == .short ? length <= 100 : (2...128).contains(length) else { return false }
        if rule == .free { return true }
        let marks = rule == .plain ? "_-" : "._-"
        return first.isLetter && text.allSatisfy { $0.isLetter || $0.isNumber || marks.contains($0) }
    }
}
