/// The names of the instances of one batch: `InstanceName`, `HostName`, `HostNames.n`, `UniqueSuffix`, and the pattern
/// `name_prefix[begin,bits]suffix`.
struct InstanceNames: Sendable {
    private let name: String?
    private let hostName: String?
    private let hostNames: [String]
    private let hasSuffix: Bool

    init(_ parameters: CallParameters, amount: Int) {
        name = parameters.text("InstanceName")
        hostName = parameters.text("HostName")
        hostNames = parameters.list("HostNames")
        hasSuffix = amount > 1 && parameters.flag("UniqueSuffix") == true
    }

    /// Display name of the instance at `index`, from 0; nil when the caller gave none.
    func name(_ index: Int) -> String? { name.map { numbered($0, index) } }

    /// Host name of the instance at `index`, from 0; nil when the caller gave none.
    func hostName(_ index: Int) -> String? {
        index < hostNames.count ? hostNames[index] : hostName.map { numbered($0, index) }
    }

    private func numbered(_ text: String, _ index: Int) -> String {
        if let open = text.firstIndex(of: "["), let close = text.lastIndex(of: "]"), open < close {
            let inside = text[text.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
            if inside.count == 2 {
                let begin = Int(inside[0]) ?? 0
                let bits = min(6, max(0, Int(inside[1]) ?? 0))
                return text[..<open] + Self.padded(begin &+ index, bits) + text[text.index(after: close)...]
            }
        }
        return hasSuffix ? text + Self.padded(index + 1, 3) : text
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
