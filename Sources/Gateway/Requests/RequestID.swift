import Bytes

/// The id of one request: what the caller sent as `X-Request-Id` when that is sane, else one of ours.
struct RequestID: Sendable {
    /// Longest id taken from a caller, in bytes.
    static let longest = 128

    private(set) var bytes: [UInt8] = []

    /// Takes the caller's id, or makes one. Reuses this value's storage.
    mutating func set(from header: ByteView?, _ generator: inout RequestIDGenerator) {
        bytes.removeAll(keepingCapacity: true)
        if let header, Self.isSane(header) {
            bytes.append(header)
        } else {
            generator.append(to: &bytes)
        }
    }

    /// Letters, digits and `-_.:/+=@`, so that an id can neither break a log line nor a header.
    static func isSane(_ text: ByteView) -> Bool {
        guard !text.isEmpty, text.count <= longest else { return false }
        return text.allSatisfy { byte in
            if byte.isASCIILetter || byte.isASCIIDigit { return true }
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"),
                UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "@"):
                return true
            default:
                return false
            }
        }
    }
}

/// Makes request ids of 32 hexadecimal digits: a random half for each loop and process, and a count.
struct RequestIDGenerator {
    private let prefix = SystemRandom.bits64()
    private var count = SystemRandom.bits64() >> 16

    mutating func append(to output: inout [UInt8]) {
        count &+= 1
        output.append(hex: prefix)
        output.append(hex: count)
    }
}
