import Bytes
import Yams

/// One place of the configuration: the value that stands there, or its absence.
///
/// Its readers never fail: they report to the collector and return a stand-in, so that the rest is read and checked as
/// well. A configuration with errors is thrown away in the end.
struct ConfigurationValue {
    /// Nil when nothing stands there.
    let node: Node?
    /// Where the value stands, or, when there is none, the mapping that lacks it.
    let position: Position?
    let path: String
    let faults: FaultCollector

    var isPresent: Bool { node != nil }

    /// Whether it is absent or an empty list.
    var hasNoElements: Bool {
        if case .sequence(let sequence)? = node { sequence.isEmpty } else { node == nil }
    }

    func report(found: String, allowed: String) {
        faults.report(at: position, path: path, found: found, allowed: allowed)
    }

    func warn(found: String, better: String) {
        faults.report(.warning, at: position, path: path, found: found, allowed: better)
    }

    /// What kind of thing stands here, for a message. A text is not repeated: where none is expected it may be a secret.
    var kind: String {
        switch node {
        case nil: "nothing"
        case .scalar(let scalar)?: isEmptyScalar(scalar) ? "nothing" : "a text"
        case .mapping?: "a mapping"
        case .sequence?: "a list"
        case .alias?: "an alias"
        }
    }

    /// The scalar's text; nil, with a fault, for everything else. Nothing at all is a fault too.
    func scalar(allowed: String) -> String? {
        guard case .scalar(let scalar)? = node, !isEmptyScalar(scalar) else {
            report(found: kind, allowed: allowed)
            return nil
        }
        return scalar.string
    }

    /// The elements of a list.
    func list(allowed: String) -> [ConfigurationValue] {
        guard case .sequence(let sequence)? = node else {
            report(found: kind, allowed: allowed)
            return []
        }
        return sequence.enumerated().map { index, node in
            ConfigurationValue(node: node, position: node.position ?? position, path: "\(path)[\(index)]", faults: faults)
        }
    }

    /// Reads a mapping with fixed keys. Every key that `body` did not ask for is a fault.
    func section<Value>(allowed: String, _ body: (ConfigurationSection) -> Value) -> Value? {
        guard let entries = entries(allowed: allowed) else { return nil }
        let section = ConfigurationSection(entries: entries, value: self)
        let value = body(section)
        section.reportUnknownKeys()
        return value
    }

    /// A mapping of settings that all have defaults; `standIn` when nothing stands here.
    func settings<Value>(_ standIn: Value, _ read: (ConfigurationSection) -> Value) -> Value {
        isPresent ? section(allowed: "a mapping", read) ?? standIn : standIn
    }

    /// The entries of a mapping whose keys are names of the user's choosing, in their order.
    func named(allowed: String) -> [(name: String, value: ConfigurationValue)] {
        let entries = entries(allowed: allowed) ?? []
        return entries.map { ($0.key, $0.value) }
    }

    private func entries(allowed: String) -> [ConfigurationSection.Entry]? {
        guard case .mapping(let mapping)? = node else {
            report(found: kind, allowed: allowed)
            return nil
        }
        var entries: [ConfigurationSection.Entry] = []
        for (keyNode, valueNode) in mapping {
            guard let key = keyNode.scalar?.string else {
                faults.report(at: keyNode.position, path: path, found: "a key that is no text", allowed: "a name")
                continue
            }
            let value = ConfigurationValue(
                node: valueNode, position: valueNode.position ?? keyNode.position, path: path.isEmpty ? key : "\(path).\(key)",
                faults: faults
            )
            entries.append(ConfigurationSection.Entry(key: key, keyPosition: keyNode.position, value: value))
        }
        reportRepeatedKeys(entries)
        return entries.filter { !YAMLDocument.isRepeated($0.key) }
    }

    /// An earlier key of several equal ones carries a mark in place of its first letter; the later one is whole.
    private func reportRepeatedKeys(_ entries: [ConfigurationSection.Entry]) {
        for entry in entries where YAMLDocument.isRepeated(entry.key) {
            let rest = entry.key.unicodeScalars.dropFirst()
            let whole = entries.first {
                !YAMLDocument.isRepeated($0.key) && $0.key.unicodeScalars.dropFirst().elementsEqual(rest)
            }
            let name = whole?.key ?? String(String.UnicodeScalarView(rest))
            faults.report(
                at: whole?.keyPosition ?? entry.keyPosition, path: path,
                found: "\(name.quoted) a second time, first in line \(entry.keyPosition?.line ?? 0)", allowed: "each key once"
            )
        }
    }

    private func isEmptyScalar(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }
}
