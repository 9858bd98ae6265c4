import Bytes
import CSystem

/// The strict check of a request's head, over every byte as received.
///
/// libmicrohttpd is lenient where RFC 9112 lets a server be, and in places where it does not. Whatever another HTTP
/// implementation in front of this one could read differently is refused here, so that no second request can hide in the
/// first. The answer to a refused head closes the connection.
enum HeadCheck {
    /// Checks `head` and fills `index`, which has a zero for every known header, with the position of its first field plus one.
    static func check(
        _ head: RequestHead, index: UnsafeMutableBufferPointer<UInt8>
    ) -> Result<CheckedHead, HeadFault> {
        guard requestLineIsWhole(head) else { return .failure(.malformedRequestLine) }
        guard !head.method.isEmpty, head.method.allSatisfy(CharacterClass.token.contains) else {
            return .failure(.invalidMethod)
        }
        let isOldVersion = head.version.equals("HTTP/1.0")
        guard isOldVersion || head.version.equals("HTTP/1.1") else { return .failure(.unsupportedVersion) }
        guard let originForm = originForm(of: head.target, method: head.method) else {
            return .failure(.invalidTarget)
        }
        var checked = CheckedHead(originForm: originForm)
        if let fault = checkFields(head, index: index) { return .failure(fault) }
        if let fault = checkFraming(head.fields, index, isOldVersion: isOldVersion, &checked) {
            return .failure(fault)
        }
        return .success(checked)
    }

    /// Whether method, target and version follow each other with one byte between them, from the block's start.
    private static func requestLineIsWhole(_ head: RequestHead) -> Bool {
        guard let start = head.block.baseAddress, let method = head.method.baseAddress,
            let target = head.target.baseAddress, let version = head.version.baseAddress
        else { return false }
        return method == start && target == method + head.method.count + 1
            && version == target + head.target.count + 1 && head.version.count == 8
    }

    /// The part of `target` from its path on, or nil when it is neither of origin form nor of absolute form, nor `*` for
    /// OPTIONS (RFC 9112, section 3.2).
    private static func originForm(of target: ByteView, method: ByteView) -> ByteView? {
        for byte in target where byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "#") { return nil }
        if target.first == UInt8(ascii: "/") { return target }
        if target.equals("*") { return method.equals("OPTIONS") ? target : nil }
        let schemeLength =
            target.slice(0..<7).equalsIgnoringCase("http://")
            ? 7
            : target.slice(0..<8).equalsIgnoringCase("https://") ? 8 : 0
        guard schemeLength > 0, let path = target.firstOffset(of: UInt8(ascii: "/"), from: schemeLength),
            path > schemeLength, target.slice(schemeLength..<path).allSatisfy(CharacterClass.authority.contains)
        else { return nil }
        return target.slice(path..<target.count)
    }

    /// Checks names and values, and that the lines account for every byte of the head: what libmicrohttpd skipped or
    /// moved (white space before a colon, folded lines, bare line feeds, NUL) leaves a gap.
    private static func checkFields(
        _ head: RequestHead, index: UnsafeMutableBufferPointer<UInt8>
    ) -> HeadFault? {
        guard let start = head.block.baseAddress, let version = head.version.baseAddress else {
            return .malformedRequestLine
        }
        var position = version - start + head.version.count
        guard skipLineEnd(head.block, &position) else { return .malformedRequestLine }
        for (number, field) in head.fields.enumerated() {
            guard field.name_length > 0, field.nameView.allSatisfy(CharacterClass.token.contains) else {
                return .invalidHeaderName
            }
            guard !hasControlCharacter(field.valueView) else { return .invalidHeaderValue }
            guard field.name == start + position else { return .malformedHeaderLine }
            position += field.name_length + 1
            while position < head.block.count, head.block[position] == 0x20 || head.block[position] == 9 {
                position += 1
            }
            guard field.value == start + position else { return .malformedHeaderLine }
            position += field.value_length
            guard skipLineEnd(head.block, &position) else { return .malformedHeaderLine }
            if let known = KnownHeader(field.nameView) {
                if index[Int(known.rawValue)] == 0 {
                    index[Int(known.rawValue)] = UInt8(clamping: number + 1)
                } else if let fault = faultWhenRepeated(known) {
                    return fault
                }
            }
        }
        guard skipLineEnd(head.block, &position), position == head.block.count else { return .malformedHeaderLine }
        return nil
    }

    /// Whether `value` has a control character other than a tab. Without an early exit, so that it is vectorised.
    @inline(__always)
    private static func hasControlCharacter(_ value: ByteView) -> Bool {
        var found: UInt8 = 0
        for byte in value { found |= (byte < 0x20 && byte != 9) || byte == 0x7F ? 1 : 0 }
        return found != 0
    }

    /// Skips the two NULs that stand for CR LF.
    @inline(__always)
    private static func skipLineEnd(_ block: ByteView, _ position: inout Int) -> Bool {
        guard position + 2 <= block.count, block[position] == 0, block[position + 1] == 0 else { return false }
        position += 2
        return true
    }

    private static func faultWhenRepeated(_ header: KnownHeader) -> HeadFault? {
        switch header {
        case .host: .repeatedHost
        case .contentLength: .repeatedContentLength
        case .transferEncoding: .repeatedTransferEncoding
        case .authorization: .repeatedAuthorization
        default: nil
        }
    }

    /// Checks what decides where the request ends (RFC 9112, section 6) and whom it is for.
    private static func checkFraming(
        _ fields: UnsafeBufferPointer<mhd_field>, _ index: UnsafeMutableBufferPointer<UInt8>, isOldVersion: Bool,
        _ checked: inout CheckedHead
    ) -> HeadFault? {
        func value(_ header: KnownHeader) -> ByteView? {
            let position = Int(index[Int(header.rawValue)])
            return position == 0 ? nil : fields[position - 1].valueView
        }
        if let host = value(.host) {
            guard host.trimmed.allSatisfy(CharacterClass.authority.contains) else { return .invalidHost }
        } else if !isOldVersion {
            return .missingHost
        }
        if let coding = value(.transferEncoding) {
            guard value(.contentLength) == nil else { return .contentLengthWithTransferEncoding }
            guard !isOldVersion, coding.equals("chunked") else { return .unsupportedTransferEncoding }
            checked.body = .chunked
        } else if let length = value(.contentLength) {
            guard let count = decimal(length) else { return .invalidContentLength }
            checked.body = count == 0 ? .none : .length(count)
        }
        return nil
    }

    /// The number that the 1 to 19 decimal digits of `text` stand for, or nil.
    private static func decimal(_ text: ByteView) -> UInt64? {
        guard (1...19).contains(text.count) else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
