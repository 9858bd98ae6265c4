import Auth
import Bytes
import Yams

/// The API tokens that stand in a configuration, read by themselves: a fault elsewhere in the file must not keep anybody from
/// revoking one.
struct TokenList {
    struct Entry: Equatable {
        var principal: String
        /// Place in the principal's list.
        var index: Int
        var name: String?
        var hash: TokenHash
        /// As it is written; nil for never.
        var expires: String?

        /// `sha256:` and the first digits, enough to tell tokens apart and to name one.
        var shortHash: String { String(hash.description.prefix(7 + 12)) }

        func isExpired(at now: Timestamp) -> Bool {
            expires.flatMap { text in Array(text.utf8).withView { Timestamp($0) } }.map { $0 <= now } ?? false
        }
    }

    let root: Node
    let entries: [Entry]

    /// - Throws: why `text` is no configuration that can be read.
    init(_ text: String, file: String) throws(CommandFailure) {
        let composed: Node?
        do {
            composed = try Parser(yaml: text, encoding: .utf8).singleRoot()
        } catch {
            throw CommandFailure("\(file) cannot be read as YAML; `gateway check` tells why", exitCode: ExitStatus.configuration)
        }
        guard let composed, case .mapping(let principals)? = composed["principals"] else {
            throw CommandFailure("\(file) has no `principals`", exitCode: ExitStatus.configuration)
        }
        root = composed
        var entries: [Entry] = []
        for (key, value) in principals {
            guard let name = key.scalar?.string, case .sequence(let tokens)? = value["tokens"] else { continue }
            for (index, token) in tokens.enumerated() {
                guard let entry = Self.entry(token, principal: name, index: index) else { continue }
                entries.append(entry)
            }
        }
        self.entries = entries
    }

    private static func entry(_ node: Node, principal: String, index: Int) -> Entry? {
        let text = node.scalar?.string ?? node["hash"]?.scalar?.string ?? ""
        guard let hash = Array(text.utf8).withView({ try? TokenHash(parsing: $0) }) else { return nil }
        return Entry(
            principal: principal, index: index, name: node.mapping == nil ? nil : node["name"]?.scalar?.string, hash: hash,
            expires: node.mapping == nil ? nil : node["expires"]?.scalar?.string)
    }

    /// The entries whose hash begins with `digits`, `sha256:` in front or not, and whose name and principal are those given.
    func find(digits: String?, name: String?, principal: String?) -> [Entry] {
        entries.filter { entry in
            (digits.map { entry.hash.description.hasPrefix("sha256:" + $0.lowercased().trimmingPrefix("sha256:")) } ?? true)
                && (name.map { entry.name == $0 } ?? true) && (principal.map { entry.principal == $0 } ?? true)
        }
    }
}
