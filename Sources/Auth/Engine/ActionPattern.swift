import Bytes

/// One entry of Action or NotAction, in lower case.
struct ActionPattern {
    /// `*` alone, which covers every action.
    let isAny: Bool
    let service: Wildcard
    let name: Wildcard

    /// `text` is `*` or has one colon; the parser saw to that.
    init(lowercased text: [UInt8], arena: inout [UInt8]) {
        isAny = text == [UInt8(ascii: "*")]
        let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.count
        (service, name) = text.withView { view in
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
