import Bytes

/// One entry of Resource: `*`, or five fields that are matched one by one.
struct ResourcePattern {
    /// `*` alone, which covers everything, also names that are no ARN.
    let isAny: Bool
    let service: Wildcard
    let region: Wildcard
    let account: Wildcard
    let relative: Wildcard

    /// `text` is `*` or an ARN of at least five fields; the parser saw to that.
    init(_ text: [UInt8], arena: inout [UInt8]) {
        isAny = text == [UInt8(ascii: "*")]
        let fields = text.split(separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false)
            .map { Array($0) }
        let patterns = (1...4).map { index in
            (index < fields.count ? fields[index] : []).withView { Wildcard($0, arena: &arena) }
        }
        (service, region, account, relative) = (patterns[0], patterns[1], patterns[2], patterns[3])
    }

    @inline(__always)
    func matches(_ resource: ResourceName, arena: ByteView) -> Bool {
        if isAny { return true }
        return resource.isARN && relative.matches(resource.relative, arena: arena)
            && service.matches(resource.service, arena: arena) && region.matches(resource.region, arena: arena)
            && account.matches(resource.account, arena: arena)
    }
}
