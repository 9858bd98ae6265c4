import Glibc

/// An IPv6 network: `2001:db8:1234:1a00::/56`.
struct IPv6Network: Hashable, Sendable {
    /// The address in its canonical form (RFC 5952), a slash and the prefix length.
    let text: String

    /// Reads an address and a prefix length; an address alone is a network of one. Bits behind the prefix must be 0.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        var length = 128
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...128).contains(number), String(number) == parts[1] else { return nil }
            length = number
        }
        var address = in6_addr()
        guard parts.count <= 2, let first = parts.first, inet_pton(AF_INET6, String(first), &address) == 1,
            withUnsafeBytes(of: address, { Self.isZero($0, behind: length) })
        else { return nil }
        var characters = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &characters, socklen_t(characters.count)) != nil else { return nil }
        let digits = characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        self.text = String(decoding: digits, as: UTF8.self) + "/\(length)"
    }

    private static func isZero(_ bytes: UnsafeRawBufferPointer, behind length: Int) -> Bool {
        bytes.indices.allSatisfy { index in
            let free = min(8, max(0, (index + 1) * 8 - length))
            return bytes[index] & UInt8(truncatingIfNeeded: (1 << free) - 1) == 0
        }
    }
}
