import Bytes

/// The name of a requested resource, split at its first four colons. Wildcards in it are plain characters.
struct ResourceName {
    let text: ByteView
    /// Whether it is `acs:` and four more fields. Anything else is covered by the pattern `*` only.
    let isARN: Bool
    let service: ByteView
    let region: ByteView
    let account: ByteView
    /// Everything behind the fourth colon; may hold colons itself.
    let relative: ByteView
    let serviceHash: UInt64
    let regionHash: UInt64
    let accountHash: UInt64
    let relativeHash: UInt64

    init(_ text: ByteView) {
        self.text = text
        let service = text.hasPrefix("acs:") ? text.firstOffset(of: UInt8(ascii: ":"), from: 4) : nil
        let region = service.flatMap { text.firstOffset(of: UInt8(ascii: ":"), from: $0 + 1) }
        let account = region.flatMap { text.firstOffset(of: UInt8(ascii: ":"), from: $0 + 1) }
        guard let service, let region, let account else {
            isARN = false
            (self.service, self.region, self.account, relative) = (.empty, .empty, .empty, .empty)
            (serviceHash, regionHash, accountHash, relativeHash) = (0, 0, 0, 0)
            return
        }
        isARN = true
        self.service = text.slice(4..<service)
        self.region = text.slice(service + 1..<region)
        self.account = text.slice(region + 1..<account)
        relative = text.slice(account + 1..<text.count)
        serviceHash = FieldHash.of(self.service, FieldHash.product)
        regionHash = FieldHash.of(self.region, FieldHash.region)
        accountHash = FieldHash.of(self.account, FieldHash.account)
        relativeHash = FieldHash.of(relative, FieldHash.relative)
    }
}
