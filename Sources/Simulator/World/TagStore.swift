/// A key and a value that a user put on a resource.
struct ResourceTag: Hashable, Sendable {
    var key: String
    var value: String
}

/// The kinds of resources that carry tags, by their name on the wire.
enum TaggedKind: String, Hashable, Sendable, CaseIterable {
    case instance, disk, snapshot, image, securitygroup, eni, keypair, volume, ddh, launchtemplate
    case snapshotpolicy
}

/// The tags of all resources.
struct TagStore: Sendable {
    struct Key: Hashable, Sendable {
        var kind: TaggedKind
        var id: String
    }

    private var tags: [Key: [ResourceTag]] = [:]

    /// The tags of one resource, sorted by key. Setting an empty list forgets the resource.
    subscript(kind: TaggedKind, id: String) -> [ResourceTag] {
        get { tags[Key(kind: kind, id: id)] ?? [] }
        set {
            tags[Key(kind: kind, id: id)] = newValue.isEmpty ? nil : newValue.sorted { $0.key < $1.key }
        }
    }

    /// Every tagged resource with its tags, in a stable order.
    var all: [(key: Key, tags: [ResourceTag])] {
        tags.sorted { ($0.key.kind.rawValue, $0.key.id) < ($1.key.kind.rawValue, $1.key.id) }
            .map { (key: $0.key, tags: $0.value) }
    }

    /// Puts `added` on a resource; a key that is there gets the new value.
    mutating func add(_ added: [ResourceTag], to kind: TaggedKind, _ id: String) {
        let keys = Set(added.map(\.key))
        self[kind, id] = self[kind, id].filter { !keys.contains($0.key) } + added
    }

    /// Whether a resource has every tag of `filter`; a filter without a value matches any value.
    func matches(_ filter: [TagFilter], _ kind: TaggedKind, _ id: String) -> Bool {
        let own = self[kind, id]
        return filter.allSatisfy { wanted in
            own.contains { $0.key == wanted.key && (wanted.value == nil || $0.value == wanted.value) }
        }
    }
}

/// A condition on tags: a key, and perhaps a value.
struct TagFilter: Hashable, Sendable {
    var key: String
    var value: String?
}
