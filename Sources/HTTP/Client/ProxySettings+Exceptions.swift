extension ProxySettings {
    /// Whether `host`, a name or an address, is reached without a proxy: this machine always, and what ``exceptions`` names.
    func excepts(host: String) -> Bool {
        let host = host.lowercased()
        let address = IPAddress(host)
        let entries = "\(exceptions),localhost,127.0.0.1,::1".lowercased().split { $0 == "," || $0 == " " }
        return entries.contains { entry in
            if entry == "*" { return true }
            if let address { return Self.block(entry, contains: address) }
            // A domain stands for itself and everything below it.
            let domain = entry.hasPrefix(".") ? entry.dropFirst() : entry
            return host == domain || host.hasSuffix("." + domain)
        }
    }

    /// Whether `text` is the address, or a CIDR block with it.
    private static func block(_ text: Substring, contains address: IPAddress) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1)
        let name = parts[0].hasPrefix("[") && parts[0].hasSuffix("]") ? parts[0].dropFirst().dropLast() : parts[0]
        guard let base = IPAddress(String(name)), base.isIPv4 == address.isIPv4 else { return false }
        guard parts.count == 2 else { return base == address }
        let width = base.isIPv4 ? 32 : 128
        guard let length = Int(parts[1]), (0...width).contains(length) else { return false }
        return base.sharesPrefix(with: address, bits: 128 - width + length)
    }
}

extension IPAddress {
    /// Whether the first `bits` of the 128 are the same.
    fileprivate func sharesPrefix(with other: IPAddress, bits: Int) -> Bool {
        let highMask = bits >= 64 ? UInt64.max : ~(UInt64.max >> UInt64(bits))
        let lowMask = bits >= 128 ? UInt64.max : bits <= 64 ? 0 : ~(UInt64.max >> UInt64(bits - 64))
        return (high ^ other.high) & highMask == 0 && (low ^ other.low) & lowMask == 0
    }
}
