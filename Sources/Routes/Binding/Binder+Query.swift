import Bytes

extension Binder {
    /// Binds `name=value` pairs: names in either spelling, dotted numbers, repeated keys and comma lists for lists.
    mutating func bindQuery(
        _ query: ByteView, _ operation: Operation, _ group: RouteGroup, _ candidate: RouteGroup.Candidate
    ) throws(StopBinding) {
        for pair in QueryPairs(query) { try bindPair(pair.name, pair.value, operation, group, candidate) }
    }

    private mutating func bindPair(
        _ rawName: ByteView, _ rawValue: ByteView, _ operation: Operation, _ group: RouteGroup,
        _ candidate: RouteGroup.Candidate
    ) throws(StopBinding) {
        if rawName.isPlain { return try bindPair(named: rawName, rawValue, operation, group, candidate) }
        var decoded: [UInt8] = []
        if let reason = Self.decode(rawName, plusIsSpace: true, into: &decoded) {
            return try fault("\(clipping: rawName)", "the name \(reason)")
        }
        try decoded.withView { (name) throws(StopBinding) in
            try bindPair(named: name, rawValue, operation, group, candidate)
        }
    }

    private mutating func bindPair(
        named name: ByteView, _ rawValue: ByteView, _ operation: Operation, _ group: RouteGroup,
        _ candidate: RouteGroup.Candidate
    ) throws(StopBinding) {
        let mark = bound.arena.count
        if let reason = decode(rawValue, plusIsSpace: true) {
            return try fault("\(clipping: name)", "the value \(reason)")
        }
        if !group.conditionNames.isEmpty, try isCondition(name, .text(mark), operation, group, candidate) { return }
        guard let place = resolve(name, operation) else { return try unknown(name, operation, inQuery: true) }
        switch place.target {
        case .page(let member): try bindPage(member, .text(mark), operation)
        case .node(let node): try bindText(node, place.first, place.second, mark, name, operation)
        }
    }

    private mutating func bindText(
        _ node: Int, _ first: Int, _ second: Int, _ start: Int, _ name: ByteView, _ operation: Operation
    ) throws(StopBinding) {
        if let position = operation.tree.nodes[node].parameter {
            if operation.rules[position].isList { return try addList(operation, position, first, .query, start) }
            if operation.rules[position].format == .json { return try addJSONText(operation, position, first, .query, start) }
            return try add(operation, position, first, second, .query, start)
        }
        if let element = operation.tree.nodes[node].element, let position = operation.tree.nodes[element].parameter {
            return try addList(operation, position, first, .query, start)
        }
        try fault("\(clipping: name)", "has parts of its own and takes no value", allowed: partsText(node, operation))
    }
}

extension Binder {
    /// A place in the parameter tree that a flat name means, with the numbers in the name.
    struct Place {
        var target: ParameterTree.Target
        var first = 0
        var second = 0
    }

    /// Finds what a name such as `instanceId` or `Tag.2.Key` means; nil when nothing is called so.
    mutating func resolve(_ name: ByteView, _ operation: Operation) -> Place? {
        if let target = operation.tree.find(name) { return Place(target: target) }
        guard name.firstOffset(of: UInt8(ascii: ".")) != nil else { return nil }
        return resolveDotted(name, operation)
    }

    private mutating func resolveDotted(_ name: ByteView, _ operation: Operation) -> Place? {
        var node = ParameterTree.root
        var place = Place(target: .node(node))
        var start = 0
        while start <= name.count {
            let end = name.firstOffset(of: UInt8(ascii: "."), from: start) ?? name.count
            let part = name.slice(start..<end)
            start = end + 1
            if let element = operation.tree.nodes[node].element, let number = Scalars.integer(part) {
                guard number >= 1, number <= Int64(Self.maximalItems) + 1 else { return nil }
                if place.first == 0 { place.first = Int(number) } else { place.second = Int(number) }
                node = element
                hasNumberedNames = true
            } else {
                guard case .node(let child) = operation.tree.find(part, below: node) else { return nil }
                node = child
            }
        }
        place.target = .node(node)
        return place
    }

    /// Notes that nothing is called `name`, with the nearest name that there is.
    mutating func unknown(
        _ name: ByteView, _ operation: Operation, below prefix: String = "", inQuery: Bool = false
    ) throws(StopBinding) {
        let text = name.text
        let location = prefix + "\(clipping: text)"
        if prefix.isEmpty, ReservedNames.contains(text) {
            return try fault(location, "is set by the gateway; a request may not give it")
        }
        var reason = "unknown parameter of \(operation.entry.action)"
        if remainingHints > 0 {
            remainingHints -= 1
            // RegionId is taken everywhere, but helps only where there are regions.
            let parameters = operation.isRegional ? operation.parameters : operation.entry.parameters
            let known = parameters.map(\.restName) + (operation.isList ? PageMember.allCases.map(\.name) : [])
            if let near = NearestName.find(prefix + Self.withoutNumbers(text), among: known) {
                reason += "; did you mean `\(inQuery ? RESTName.inQuery(near) : near)`?"
            }
        }
        try fault(location, reason)
    }

    /// A flat name as REST names are listed: `tag.1.key` as `tag[].key`.
    private static func withoutNumbers(_ name: String) -> String {
        guard name.utf8.count <= 128 else { return name }
        return RESTName.from(wire: name)
    }

    /// The parts below a node, for messages.
    func partsText(_ node: Int, _ operation: Operation) -> String {
        let below = operation.tree.parameters(below: node)
        let names = below.prefix(8).map { operation.parameters[$0].restName }
        return names.joined(separator: ", ") + (below.count > 8 ? ", …" : "")
    }
}
