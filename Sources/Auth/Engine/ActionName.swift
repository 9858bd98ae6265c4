import Bytes

/// The action of a request, split at its first colon and in lower case, borrowed from whoever holds the bytes.
struct ActionName {
    let service: ByteView
    let name: ByteView
    /// Without a colon only the pattern `*` covers it.
    let isSplit: Bool
    let serviceHash: UInt64
    let nameHash: UInt64

    @inline(__always)
    init(lowercased text: ByteView, colon: Int?, serviceHash: UInt64, nameHash: UInt64) {
        service = text.slice(0..<(colon ?? text.count))
        name = text.slice((colon.map { $0 + 1 } ?? text.count)..<text.count)
        isSplit = colon != nil
        self.serviceHash = serviceHash
        self.nameHash = nameHash
    }

    init(lowercased text: ByteView) {
        let colon = text.firstOffset(of: UInt8(ascii: ":"))
        service = text.slice(0..<(colon ?? text.count))
        name = text.slice((colon.map { $0 + 1 } ?? text.count)..<text.count)
        isSplit = colon != nil
        serviceHash = FieldHash.of(service, FieldHash.service)
        nameHash = FieldHash.of(name, FieldHash.name)
    }
}

/// An action in the form the engine looks it up by. Made once for each action of the catalogue, so that a decision need
/// not fold letters or hash.
public struct PreparedAction: Hashable, Sendable {
    /// `service:Name` in lower case.
    let text: [UInt8]
    private let colon: Int?
    private let serviceHash: UInt64
    private let nameHash: UInt64

    /// `action` in any letter case, `ecs:DescribeInstances`.
    public init(_ action: String) {
        let text = Array(action.utf8).map(\.asciiLowercased)
        self.text = text
        colon = text.firstIndex(of: UInt8(ascii: ":"))
        (serviceHash, nameHash) = text.withView {
            let name = ActionName(lowercased: $0)
            return (name.serviceHash, name.nameHash)
        }
    }

    @inline(__always)
    func withName<Result>(_ body: (ActionName) -> Result) -> Result {
        text.withUnsafeBufferPointer {
            body(ActionName(lowercased: $0, colon: colon, serviceHash: serviceHash, nameHash: nameHash))
        }
    }
}
