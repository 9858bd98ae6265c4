/// The rules for texts that users choose.
enum Naming {
    /// A name of 2 to 128 characters that starts with a letter (Chinese ones included) and goes on with letters, digits,
    /// `.`, `:`, `_` and `-`; not a web address.
    static func isResourceName(_ text: String) -> Bool {
        guard (2...128).contains(text.unicodeScalars.count), let first = text.first, first.isLetter else { return false }
        return !isAddress(text) && text.allSatisfy { $0.isLetter || $0.isNumber || ".:_-".contains($0) }
    }

    /// A text of 2 to 256 characters that is no web address.
    static func isDescription(_ text: String) -> Bool {
        (2...256).contains(text.unicodeScalars.count) && !isAddress(text)
    }

    /// A password of 8 to 30 characters of three kinds among capitals, small letters, digits and symbols.
    static func isPassword(_ text: String) -> Bool {
        guard (8...30).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        let kinds: [(Character) -> Bool] = [
            { $0.isUppercase }, { $0.isLowercase }, { $0.isNumber }, { !$0.isLetter && !$0.isNumber },
        ]
        return kinds.count { text.contains(where: $0) } >= 3
    }

    /// A host name: letters, digits and hyphens in parts joined by dots; Windows has 2 to 15 characters, no dots, and not
    /// digits only.
    static func isHostName(_ text: String, windows: Bool) -> Bool {
        guard (2...(windows ? 15 : 64)).contains(text.utf8.count) else { return false }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard
            parts.allSatisfy({ part in
                !part.isEmpty && !part.hasPrefix("-") && !part.hasSuffix("-") && !part.contains("--")
                    && part.utf8.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D }
            })
        else { return false }
        return !windows || parts.count == 1 && !text.allSatisfy(\.isNumber)
    }

    private static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("http://") || text.hasPrefix("https://")
    }
}
