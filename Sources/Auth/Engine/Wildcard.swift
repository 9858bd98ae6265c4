import Bytes
import Glibc

/// Text with `*` (any run of characters, also none) and `?` (exactly one), compared byte by byte without normalisation.
/// A character is a Unicode code point; there is no escape.
///
/// The bytes live in the arena of the policy set that the pattern belongs to; the pattern itself is plain numbers, so
/// that walking over patterns touches no reference counts.
struct Wildcard: Hashable {
    enum Kind: UInt8 {
        case any
        case literal
        /// Literal text and a final `*`.
        case prefix
        /// One `*` with literal text behind it, and perhaps before it.
        case affixes
        case general
    }

    let kind: Kind
    let offset: UInt32
    /// Bytes of the pattern; without the final `*` for a prefix.
    let length: UInt32
    /// Bytes in front of the first wildcard.
    let head: UInt32
    /// Bytes behind the last wildcard.
    let tail: UInt32

    /// Compiles `pattern` and appends it to `arena`.
    init(_ pattern: ByteView, arena: inout [UInt8]) {
        offset = UInt32(arena.count)
        let wildcards = pattern.indices.filter { Self.isWildcard(pattern[$0]) }
        let first = wildcards.first ?? pattern.count
        let endsInStars = pattern[first...].allSatisfy { $0 == UInt8(ascii: "*") }
        if wildcards.isEmpty {
            kind = .literal
        } else if endsInStars {
            kind = first == 0 ? .any : .prefix
        } else {
            kind = wildcards.count == 1 && pattern[first] == UInt8(ascii: "*") ? .affixes : .general
        }
        head = UInt32(first)
        tail = UInt32(wildcards.last.map { pattern.count - $0 - 1 } ?? 0)
        let kept = kind == .prefix || kind == .any ? pattern.slice(0..<first) : pattern
        length = UInt32(kept.count)
        arena.append(kept)
    }

    /// Whether all of `text` matches. `arena` is the one that the pattern was compiled into.
    @inline(__always)
    func matches(_ text: ByteView, arena: ByteView) -> Bool {
        switch kind {
        case .any: true
        case .literal: text.count == Int(length) && hasAffixes(text, arena)
        case .prefix, .affixes: hasAffixes(text, arena)
        case .general:
            hasAffixes(text, arena) && Self.matches(arena.slice(Int(offset)..<Int(offset) + Int(length)), text)
        }
    }

    /// Whether `text` begins and ends as the pattern does, without overlap.
    @inline(__always)
    private func hasAffixes(_ text: ByteView, _ arena: ByteView) -> Bool {
        let head = Int(head)
        let tail = Int(tail)
        if text.count < head + tail { return false }
        guard let text = (text.baseAddress.map { ($0, text.count) }), let arena = arena.baseAddress else { return true }
        // INVARIANT: the pattern is arena[offset ..< offset + length], head and tail lie inside it, and the text is at
        // least as long as both together.
        let pattern = arena + Int(offset)
        return Self.equal(text.0 + (text.1 - tail), pattern + (Int(length) - tail), tail)
            && Self.equal(text.0, pattern, head)
    }

    @inline(__always)
    private static func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        // The first byte mostly decides, and saves the call.
        count == 0 || (left[0] == right[0] && memcmp(left, right, count) == 0)
    }

    /// The bytes in front of the first wildcard; all of a literal.
    func headBytes(arena: ByteView) -> ByteView { arena.slice(Int(offset)..<Int(offset) + Int(head)) }

    @inline(__always)
    static func isWildcard(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") }

    /// Whether all of `text` matches `pattern`. Only the last `*` is ever tried again: when what follows a later star
    /// was found, an earlier one need not take more. So the time is at most the product of the lengths, and linear for
    /// patterns as people write them.
    static func matches(_ pattern: ByteView, _ text: ByteView) -> Bool {
        var patternOffset = 0
        var textOffset = 0
        var star = -1
        var textAfterStar = 0
        while textOffset < text.count {
            if patternOffset < pattern.count {
                let wanted = pattern[patternOffset]
                if wanted == UInt8(ascii: "*") {
                    star = patternOffset
                    textAfterStar = textOffset
                    patternOffset += 1
                    continue
                }
                if wanted == UInt8(ascii: "?") {
                    patternOffset += 1
                    textOffset = text.endOfCharacter(at: textOffset)
                    continue
                }
                if wanted == text[textOffset] {
                    patternOffset += 1
                    textOffset += 1
                    continue
                }
            }
            guard star >= 0 else { return false }
            patternOffset = star + 1
            // By whole characters, so that a `?` after the star never sees a part of one.
            textAfterStar = text.endOfCharacter(at: textAfterStar)
            textOffset = textAfterStar
        }
        while patternOffset < pattern.count, pattern[patternOffset] == UInt8(ascii: "*") { patternOffset += 1 }
        return patternOffset == pattern.count
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// The offset behind the character that begins at `offset`; a byte that begins no well-formed one is one itself.
    @inline(__always)
    fileprivate func endOfCharacter(at offset: Int) -> Int {
        self[offset] < 0x80 ? offset + 1 : offset + Swift.max(1, utf8SequenceLength(at: offset))
    }
}
