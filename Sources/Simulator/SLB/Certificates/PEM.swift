import Bytes

/// A block of Base64 between marks (RFC 7468).
struct PEM: Hashable, Sendable {
    /// `CERTIFICATE`, `RSA PRIVATE KEY`.
    let label: String
    let bytes: [UInt8]
    /// Whether a header says that the contents are encrypted.
    let isEncrypted: Bool

    /// Reads the first block of a text; nil when there is none. White space of any kind may stand between the lines.
    init?(_ text: String) {
        guard let begin = text.firstRange(of: "-----BEGIN "),
            let mark = text[begin.upperBound...].firstRange(of: "-----")
        else { return nil }
        label = String(text[begin.upperBound..<mark.lowerBound])
        guard !label.isEmpty, let end = text[mark.upperBound...].firstRange(of: "-----END \(label)-----") else { return nil }
        var body = text[mark.upperBound..<end.lowerBound]
        isEncrypted = label.hasPrefix("ENCRYPTED ") || body.contains("ENCRYPTED")
        // The headers of an older form end with an empty line.
        if body.contains(":"), let gap = body.firstRange(of: "\n\n") { body = body[gap.upperBound...] }
        let digits = Array(body.utf8.filter { $0 > 0x20 })
        guard let decoded = digits.withView({ Base64.decode($0) }), !decoded.isEmpty else { return nil }
        bytes = decoded
    }
}
