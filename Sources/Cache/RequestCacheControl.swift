import Bytes

/// What a caller's Cache-Control header asks for (RFC 9111, section 5.2.1), as far as the cache heeds it.
public struct RequestCacheControl: Hashable, Sendable {
    /// `no-cache`: no stored answer will do, nor one that is on its way for somebody else.
    public var noCache = false
    /// `no-store`: as `no-cache`, and the answer is not stored either.
    public var noStore = false
    /// `only-if-cached`: a stored answer or none.
    public var onlyIfCached = false
    /// `max-age`: the greatest age accepted, in seconds; 0 is as `no-cache`.
    public var maxAge: UInt64?

    public init() {}

    /// Reads the value of a Cache-Control header; several header lines are joined by commas.
    ///
    /// Directives that are unknown, or have no sense in a request, are passed over. Of a directive that is repeated the
    /// strictest counts. A `max-age` without a valid number is taken as 0, the safe side.
    public static func parse(_ value: ByteView) -> RequestCacheControl {
        var result = RequestCacheControl()
        var rest = value
        while !rest.isEmpty {
            let (directive, end) = splitDirective(rest)
            result.apply(directive.trimmed)
            rest = rest.slice(end..<rest.count)
        }
        return result
    }

    private mutating func apply(_ directive: ByteView) {
        let equals = directive.firstOffset(of: UInt8(ascii: "="))
        let name = directive.slice(0..<(equals ?? directive.count)).trimmed
        if name.equalsIgnoringCase("no-cache") { noCache = true }
        if name.equalsIgnoringCase("no-store") { noStore = true }
        if name.equalsIgnoringCase("only-if-cached") { onlyIfCached = true }
        if name.equalsIgnoringCase("max-age") {
            let argument = equals.map { directive.slice($0 + 1..<directive.count).trimmed } ?? .empty
            maxAge = min(maxAge ?? .max, Self.seconds(argument))
        }
    }

    /// The first directive, and where what follows its comma begins. A comma within a quoted string separates nothing.
    private static func splitDirective(_ text: ByteView) -> (ByteView, Int) {
        var isQuoted = false
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case UInt8(ascii: ",") where !isQuoted: return (text.slice(0..<index), index + 1)
            default: break
            }
            index += 1
        }
        return (text, text.count)
    }

    /// A number of seconds, also in quotation marks; too many count as the greatest number (RFC 9111, section 1.2.2).
    private static func seconds(_ argument: ByteView) -> UInt64 {
        var digits = argument
        if digits.count >= 2, digits.first == UInt8(ascii: "\""), digits.last == UInt8(ascii: "\"") {
            digits = digits.slice(1..<digits.count - 1)
        }
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return 0 }
        var value: UInt64 = 0
        for digit in digits {
            value = min(value * 10 + UInt64(digit - UInt8(ascii: "0")), 1 << 31)
        }
        return value
    }
}
