import Bytes

extension ContextValue {
    /// Calls `body` with the value as text, as string and number operators read it. Only values that are no text are
    /// written out for it.
    func withText<Result>(_ body: (ByteView) -> Result) -> Result {
        switch self {
        case .text(let view): return body(view)
        case .bytes(let bytes): return bytes.withView(body)
        case .boolean(let value): return body(value ? ("true" as StaticString).view : ("false" as StaticString).view)
        default: return written.withView(body)
        }
    }

    /// The value as an instant; nil when it cannot be read as one.
    var instant: Instant? {
        switch self {
        case .instant(let instant): instant
        case .text(let view): Instant(view)
        case .bytes(let bytes): bytes.withView { Instant($0) }
        default: nil
        }
    }

    /// The value as a truth value; nil when it cannot be read as one.
    var boolean: Bool? {
        switch self {
        case .boolean(let value): value
        case .text(let view): Bool(conditionText: view)
        case .bytes(let bytes): bytes.withView { Bool(conditionText: $0) }
        default: nil
        }
    }

    /// The value as an address; nil when it cannot be read as one.
    var address: NetworkAddress? {
        switch self {
        case .address(let address): address
        case .text(let view): NetworkAddress(view)
        case .bytes(let bytes): bytes.withView { NetworkAddress($0) }
        default: nil
        }
    }

    /// The value written out as text; of a list or an absent value nothing.
    var written: [UInt8] {
        var output: [UInt8] = []
        switch self {
        case .missing, .unknown, .list: break
        case .text(let view): output.append(view)
        case .bytes(let bytes): output = bytes
        case .boolean(let value): output.append(text: value ? "true" : "false")
        case .instant(let instant): instant.append(to: &output)
        case .address(let address): address.append(to: &output)
        }
        return output
    }
}
