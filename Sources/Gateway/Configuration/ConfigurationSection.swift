import Bytes

/// A mapping with fixed keys, while it is read. It remembers what it was asked for, so that the rest is unknown.
final class ConfigurationSection {
    struct Entry {
        let key: String
        let keyPosition: Position?
        let value: ConfigurationValue
    }

    /// The place of the mapping itself.
    let value: ConfigurationValue
    private let entries: [Entry]
    private var asked: [String] = []
    private var refused: Set<String> = []

    init(entries: [Entry], value: ConfigurationValue) {
        self.entries = entries
        self.value = value
    }

    /// The place under `key`, whether something stands there or not.
    subscript(key: String) -> ConfigurationValue {
        if !asked.contains(key) { asked.append(key) }
        if let entry = entries.first(where: { $0.key == key }) { return entry.value }
        let path = value.path.isEmpty ? key : "\(value.path).\(key)"
        return ConfigurationValue(node: nil, position: value.position, path: path, faults: value.faults)
    }

    /// Reports `keys` where they stand, without their values, and `allowed` in their place.
    func refuse(_ keys: [String], found: String, allowed: String) {
        for entry in entries where keys.contains(entry.key) {
            refused.insert(entry.key)
            value.faults.report(at: entry.keyPosition, path: entry.value.path, found: found, allowed: allowed)
        }
    }

    func reportUnknownKeys() {
        for entry in entries where !asked.contains(entry.key) && !refused.contains(entry.key) {
            let nearest = NearestName.find(entry.key, among: asked)
            value.faults.report(
                at: entry.keyPosition, path: value.path, found: "unknown key \(entry.key.quoted)",
                allowed: nearest.map { "did you mean `\($0)`?" } ?? asked.sorted().alternatives
            )
        }
    }
}
