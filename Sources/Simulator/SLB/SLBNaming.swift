extension SLB {
    /// The rules for texts that users of load balancers choose.
    enum Naming {
        /// A name that starts with a letter (Chinese ones included) and goes on with letters, digits, `.`, `_` and `-`.
        static func isName(_ text: String, _ lengths: ClosedRange<Int> = 1...80) -> Bool {
            guard lengths.contains(text.unicodeScalars.count), let first = text.first, first.isLetter else { return false }
            return text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
        }

        /// A label of 1 to 80 letters (Chinese ones included), digits, `-`, `/`, `.` and `_`.
        static func isLabel(_ text: String, _ lengths: ClosedRange<Int> = 1...80) -> Bool {
            lengths.contains(text.unicodeScalars.count)
                && text.allSatisfy { $0.isLetter || $0.isNumber || "-/._".contains($0) }
        }

        /// A domain name of 1 to 80 letters, digits, periods and hyphens, perhaps with a wildcard in front.
        static func isDomain(_ text: String, wildcard: Bool = false) -> Bool {
            let body = wildcard && text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
            guard (1...80).contains(text.utf8.count) else { return false }
            return body.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
        }

        /// A path of 2 to 80 characters that starts with `/`.
        static func isPath(_ text: String) -> Bool {
            (2...80).contains(text.utf8.count) && text.hasPrefix("/")
                && text.utf8.allSatisfy { isAlphanumeric($0) || "-/.%?#&_=~@:".utf8.contains($0) }
        }

        /// A cookie of 1 to 200 letters and digits of ASCII.
        static func isCookie(_ text: String) -> Bool {
            (1...200).contains(text.utf8.count) && !text.hasPrefix("$")
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") }
        }

        /// Letters and digits of ASCII only.
        static func isAlphanumeric(_ text: String) -> Bool { text.utf8.allSatisfy(isAlphanumeric) }

        private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }
    }
}
