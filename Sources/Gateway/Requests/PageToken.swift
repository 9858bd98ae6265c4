import Bytes
import Signer

/// Page tokens: opaque to callers, sealed so that they can be neither made nor changed, and bound to the request that they
/// continue. The key lives as long as the process; a token of an earlier one is refused like a forged one.
struct PageToken: Sendable {
    /// Where a page of a list begins, in the cloud's terms.
    struct Position: Sendable, Equatable {
        enum Place: Sendable, Equatable {
            case number(Int)
            case token([UInt8])
        }

        var place: Place
        /// Items on a page; nil leaves it to the cloud.
        var size: Int?
    }

    private let sealer = Sealer()

    /// The token for `position` of the list that `scope` tells apart, in base64url.
    func seal(_ position: Position, for scope: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        switch position.place {
        case .number(let number):
            text.append(UInt8(ascii: "n"))
            text.append(decimal: number)
            text.append(UInt8(ascii: ","))
            text.append(decimal: position.size ?? 0)
        case .token(let token):
            text.append(UInt8(ascii: "t"))
            text.append(decimal: position.size ?? 0)
            text.append(UInt8(ascii: ","))
            text.append(contentsOf: token)
        }
        let sealed = text.withView { text in scope.withView { sealer.seal(text, bound: $0) } }
        var token: [UInt8] = []
        sealed.withView { token.append(base64: $0, .url) }
        return token
    }

    /// The position in a token that was sealed here for the same scope; nil for any other.
    func open(_ token: ByteView, for scope: [UInt8]) -> Position? {
        guard let sealed = Base64.decode(token, .url),
            let text = sealed.withView({ sealed in scope.withView { sealer.open(sealed, bound: $0) } })
        else { return nil }
        return text.withView { text in
            guard let kind = text.first, let comma = text.firstOffset(of: UInt8(ascii: ",")),
                let first = Int(text.slice(1..<comma).text)
            else { return nil }
            let rest = text.slice(comma + 1..<text.count)
            switch kind {
            case UInt8(ascii: "n"):
                guard let size = Int(rest.text) else { return nil }
                return Position(place: .number(first), size: size > 0 ? size : nil)
            case UInt8(ascii: "t"): return Position(place: .token(Array(rest)), size: first > 0 ? first : nil)
            default: return nil
            }
        }
    }
}
