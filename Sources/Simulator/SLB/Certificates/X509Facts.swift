import Bytes

/// What the simulated cloud tells of a certificate. Read out of it where it is one (RFC 5280); else made up from its bytes,
/// always the same for the same bytes.
struct X509Facts: Hashable, Sendable {
    var commonName: String
    var alternativeNames: [String] = []
    /// End of its validity.
    var expiry: SimulatedTime
    /// SHA-1 of the bytes, hexadecimal pairs with colons.
    var fingerprint: String

    /// The facts about the certificate in `bytes`, made up as of `now` where they cannot be read.
    init(_ bytes: [UInt8], at now: SimulatedTime) {
        let digest = SHA1.digest(bytes)
        var digits: [UInt8] = []
        digits.append(hex: digest)
        let text = String(decoding: digits, as: UTF8.self)
        fingerprint = stride(from: 0, to: digits.count, by: 2)
            .map { String(decoding: digits[$0..<$0 + 2], as: UTF8.self) }.joined(separator: ":")
        commonName = "\(text.prefix(8)).example.com"
        expiry = now.adding(seconds: 365 * 86_400)
        read(bytes)
    }

    private mutating func read(_ bytes: [UInt8]) {
        guard let certificate = DER(bytes[...], tag: 0x30), let signed = certificate.children.first, signed.tag == 0x30 else {
            return
        }
        // Serial number and signature algorithm; the version in front of them may be left out.
        let fields = signed.children.drop { $0.tag == 0xA0 }.dropFirst(2)
        guard fields.count >= 3 else { return }
        let parts = Array(fields.prefix(3))
        if let end = parts[1].children.last?.time { expiry = end }
        for name in parts[2].children.flatMap(\.children) {
            let pair = name.children
            if pair.count == 2, Array(pair[0].content) == [0x55, 0x04, 0x03] { commonName = pair[1].text }
        }
        for list in fields.dropFirst(3) where list.tag == 0xA3 {
            for entry in list.children.flatMap(\.children)
            where entry.children.first.map({ Array($0.content) }) == [0x55, 0x1D, 0x11] {
                guard let value = entry.children.last, let names = DER(value.content, tag: 0x30) else { continue }
                alternativeNames = names.children.filter { $0.tag == 0x82 }.map(\.text)
            }
        }
    }
}

/// An element of DER (ITU-T X.690): a tag, a length and the content.
private struct DER {
    let tag: UInt8
    let content: ArraySlice<UInt8>
    /// What follows the element.
    let rest: ArraySlice<UInt8>

    /// Reads the first element of `bytes`; nil when there is none, or one with another tag than the wanted.
    init?(_ bytes: ArraySlice<UInt8>, tag wanted: UInt8? = nil) {
        var bytes = bytes
        guard let tag = bytes.popFirst(), wanted == nil || tag == wanted, let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), bytes.count >= count else { return nil }
            length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(count)
        }
        guard bytes.count >= length else { return nil }
        self.tag = tag
        content = bytes.prefix(length)
        rest = bytes.dropFirst(length)
    }

    /// The elements in the content.
    var children: [DER] {
        var children: [DER] = []
        var bytes = content
        while let child = DER(bytes) {
            children.append(child)
            bytes = child.rest
        }
        return children
    }

    var text: String { String(decoding: content, as: UTF8.self) }

    /// A UTCTime or GeneralizedTime; nil when it is none.
    var time: SimulatedTime? {
        var digits = text
        guard digits.hasSuffix("Z") else { return nil }
        digits.removeLast()
        if tag == 0x17, digits.count == 12 { digits = (digits < "5" ? "20" : "19") + digits }
        guard digits.count == 14, digits.allSatisfy(\.isNumber) else { return nil }
        let parts = [0, 4, 6, 8, 10, 12, 14].map { digits.index(digits.startIndex, offsetBy: $0) }
        let pieces = zip(parts, parts.dropFirst()).map { digits[$0..<$1] }
        var text = "\(pieces[0])-\(pieces[1])-\(pieces[2])T\(pieces[3]):\(pieces[4]):\(pieces[5])Z"
        return text.withUTF8 { Timestamp($0) }.map { SimulatedTime($0) }
    }
}
