/// Things with dotted names, put into the tree that their JSON has. `[]` after a part of a name makes it a list.
struct NameTree<Leaf> {
    /// The part of the name that leads here, without `[]`; empty at the root.
    private(set) var name = ""
    private(set) var isList = false
    private(set) var leaf: Leaf?
    private(set) var children: [NameTree] = []

    init() {}

    init(_ named: some Sequence<(name: String, leaf: Leaf)>) {
        for element in named {
            insert(element.name.split(separator: ".", omittingEmptySubsequences: false)[...], element.leaf)
        }
    }

    /// A tree of things whose names are in parts already; a part may hold full stops.
    init(parts: some Sequence<(parts: [Substring], leaf: Leaf)>) {
        for element in parts { insert(element.parts[...], element.leaf) }
    }

    private mutating func insert(_ path: ArraySlice<Substring>, _ leaf: Leaf) {
        guard let first = path.first else {
            self.leaf = leaf
            return
        }
        let isList = first.hasSuffix("[]")
        let name = isList ? String(first.dropLast(2)) : String(first)
        if let index = children.firstIndex(where: { $0.name == name }) {
            children[index].isList = children[index].isList || isList
            children[index].insert(path.dropFirst(), leaf)
        } else {
            var child = NameTree()
            child.name = name
            child.isList = isList
            child.insert(path.dropFirst(), leaf)
            children.append(child)
        }
    }
}
