import Bytes

/// A key in a JSON document, read where the document lies: the secret and the token go from there into the secure heap and
/// nowhere else.
struct KeyDocument {
    /// What the members of a key are called.
    struct Names {
        /// The member of the document that holds the key; nil when the document itself does.
        var container: StaticString?
        var id: StaticString
        var secret: StaticString
        var token: StaticString
        var expiration: StaticString
        /// Says `Success` when all is well, if it is there.
        var code: StaticString?
        /// Whether the key is a temporary one, whose token and end must be there.
        var isTemporary: Bool

        /// STS and the services that hand on its keys.
        static func service(in container: StaticString? = nil) -> Names {
            Names(
                container: container, id: "AccessKeyId", secret: "AccessKeySecret", token: "SecurityToken",
                expiration: "Expiration", code: "Code", isTemporary: true)
        }

        /// The vendor's command line tool, and the commands that it calls.
        static var tool: Names {
            Names(
                id: "access_key_id", secret: "access_key_secret", token: "sts_token", expiration: "expiration",
                isTemporary: false)
        }
    }

    /// Reads a key. `correction` is added to its end, which is told by somebody else's clock.
    /// - Throws: what is wrong with the document, without anything of its content.
    static func read(
        _ bytes: ByteView, _ names: Names, for name: String, correction: Int = 0
    ) throws(CredentialError) -> Credentials {
        var parts = Parts()
        do throws(JSONError) {
            try parts.read(bytes, names)
        } catch {
            throw CredentialError(name, "the answer is no valid JSON: \(error)")
        }
        if let code = parts.code, code != "Success" { throw CredentialError(name, "answered `\(code)`") }
        var missing: [String] = []
        if parts.id.isEmpty { missing.append("\(names.id)") }
        if parts.secret == nil { missing.append("\(names.secret)") }
        if names.isTemporary, parts.token == nil { missing.append("\(names.token)") }
        if names.isTemporary, parts.expiration.isEmpty { missing.append("\(names.expiration)") }
        guard missing.isEmpty, let secret = parts.secret.take() else {
            throw CredentialError(name, "the answer has no \(missing.joined(separator: " and no "))")
        }
        var end: Timestamp?
        if !parts.expiration.isEmpty {
            guard let told = parts.expiration.withView({ Timestamp($0) }) else {
                throw CredentialError(name, "the answer's \(names.expiration) is no instant such as `2027-01-31T00:00:00Z`")
            }
            end = Timestamp(secondsSinceEpoch: told.secondsSinceEpoch + Int64(correction))
        }
        return Credentials(key: AccessKey(id: parts.id, secret: secret, securityToken: parts.token.take()), expiration: end)
    }

    /// The code of an error document, `{"Code": …}`; nil when it has none that looks like one.
    static func errorCode(_ bytes: ByteView) -> String? {
        var scanner = JSONScanner(bytes)
        guard let first = try? scanner.next(), first == .beginObject else { return nil }
        while case .name(let member)? = try? scanner.next() {
            guard let value = try? scanner.next() else { return nil }
            if case .string(let text) = value, bytes.slice(member.range).equals("Code") {
                let code = bytes.slice(text.range)
                let isSane =
                    (1...64).contains(code.count)
                    && code.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
                return isSane ? code.text : nil
            }
            guard (try? scanner.skipRest(of: value)) != nil else { return nil }
        }
        return nil
    }

    private struct Parts: ~Copyable {
        var id: [UInt8] = []
        var expiration: [UInt8] = []
        var code: String?
        var secret: SecretBytes?
        var token: SecretBytes?

        mutating func read(_ bytes: ByteView, _ names: Names) throws(JSONError) {
            var scanner = JSONScanner(bytes)
            guard try scanner.next() == .beginObject else { throw JSONError(.unexpectedByte, at: 0) }
            try readMembers(&scanner, names, isInside: names.container == nil)
            guard try scanner.next() == .end else { throw JSONError(.trailingBytes, at: scanner.offset) }
        }

        private mutating func readMembers(
            _ scanner: inout JSONScanner, _ names: Names, isInside: Bool
        ) throws(JSONError) {
            let bytes = scanner.bytes
            while case .name(let member) = try scanner.next() {
                let member = bytes.slice(member.range)
                let value = try scanner.next()
                switch value {
                case .beginObject where !isInside && names.container.map(member.equals) == true:
                    try readMembers(&scanner, names, isInside: true)
                case .string(let text) where isInside && !text.range.isEmpty:
                    if member.equals(names.id) {
                        id = Array(JSONText.string(text, of: bytes).utf8)
                    } else if member.equals(names.secret) {
                        secret = SecretBytes(text, of: bytes)
                    } else if member.equals(names.token) {
                        token = SecretBytes(text, of: bytes)
                    } else if member.equals(names.expiration) {
                        expiration = Array(bytes.slice(text.range))
                    } else if names.code.map(member.equals) == true {
                        code = String(JSONText.string(text, of: bytes).prefix(64))
                    }
                default: try scanner.skipRest(of: value)
                }
            }
        }
    }
}

extension CredentialAnswer {
    /// The key in the body. Its end is told by the clock of whoever answered, which is corrected by the answer's date.
    func credentials(
        _ names: KeyDocument.Names, for name: String, at now: Timestamp
    ) throws(CredentialError) -> Credentials {
        var correction = 0
        if let theirs = date?.withView({ Timestamp(httpDate: $0) }) {
            let difference = now.secondsSinceEpoch - theirs.secondsSinceEpoch
            if (2...Int64(ClockSkew.limit)).contains(difference.magnitude.asInt64) { correction = Int(difference) }
        }
        return try body.withView { (bytes) throws(CredentialError) in
            try KeyDocument.read(bytes, names, for: name, correction: correction)
        }
    }

    /// What an answer that is no success means. Nothing of its text is repeated but a code.
    func refusal(for name: String) -> CredentialError {
        let code = body.withView(KeyDocument.errorCode)
        return CredentialError(name, "refused with status \(status)" + (code.map { " and code `\($0)`" } ?? ""))
    }
}

extension UInt64 {
    fileprivate var asInt64: Int64 { Int64(clamping: self) }
}
