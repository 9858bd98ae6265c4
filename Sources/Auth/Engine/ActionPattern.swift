import Bytes

/// One entry of Action or NotAction, in lower case.
struct ActionPattern {
    /// `*` alone, which covers every action.
    let isAny: Bool
    let service: Wildcard
    let name: Wildcard

    /// `text` is `*` or has one colon; the parser saw to that.
    init(_ text: String, arena: inout [UInt8]) {
        let bytes = Array(text.utf8).map(\.asciiLowercased)
        isAny = bytes == [UInt8(ascii: "*")]
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        (service, name) = bytes.withView { view in
            (
                Wildcard(view.slice(0..<colon), arena: &arena),
                Wildcard(view.slice(colon + 1..<max(colon + 1, view.count)), arena: &arena)
            )
        }
    }

    @inline(__always)
    func matches(_ action: ActionName, arena: ByteView) -> Bool {
        if isAny { return true }
        return action.isSplit && service.matches(action.service, arena: arena)
            && name.matches(action.name, arena: arena)
    }
}
