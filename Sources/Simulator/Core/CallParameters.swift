import Bytes

/// The decoded parameters of one request, query and form together. Names are the wire's: `Tag.1.Key`.
struct CallParameters: Hashable, Sendable {
    private(set) var values: [String: String] = [:]

    init() {}

    init(_ values: [String: String]) {
        self.values = values
    }

    init(_ parameters: WireParameters) {
        parameters.forEach { name, value in values[name.text] = value.text }
    }

    /// The value as it was sent, or nil when the parameter is absent.
    subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The value, or nil when it is absent or empty, which the cloud takes for the same.
    func text(_ name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    /// A number; nil when it is absent or none.
    func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    /// A number; nil when it is absent or none.
    func number(_ name: String) -> Double? { text(name).flatMap { Double($0) } }

    /// A truth value; nil when it is absent or none.
    func flag(_ name: String) -> Bool? { text(name).flatMap { Bool($0) } }

    /// An instant `YYYY-MM-DDThh:mm[:ss]Z`; nil when it is absent or none.
    func time(_ name: String) -> SimulatedTime? {
        guard var value = text(name) else { return nil }
        return value.withUTF8 { Timestamp($0) }.map { SimulatedTime($0) }
    }

    /// The values of `name.1`, `name.2` … in the order of their numbers; gaps are skipped, empty values left out.
    func list(_ name: String) -> [String] {
        indices(below: name).compactMap { text("\(name).\($0)") }
    }

    /// The structures `name.1.…`, `name.2.…` in the order of their numbers, each with the rest of the names.
    func structures(_ name: String) -> [CallParameters] {
        indices(below: name).map { index in
            let prefix = "\(name).\(index)."
            var members: [String: String] = [:]
            for (key, value) in values where key.hasPrefix(prefix) {
                members[String(key.dropFirst(prefix.count))] = value
            }
            return CallParameters(members)
        }
    }

    /// The strings of a JSON array in one string; nil when the parameter is absent or no such array.
    func jsonArray(_ name: String) -> [String]? {
        guard var value = text(name), let tree = try? value.withUTF8({ try JSONValue(parsing: $0, maxDepth: 2) }),
            case .array(let elements) = tree
        else { return nil }
        return elements.compactMap {
            switch $0 {
            case .string(let text), .number(let text): text
            default: nil
            }
        }
    }

    /// The objects of a JSON array in one string, each by the names of its members; nil when the parameter is absent or no
    /// such array.
    func objects(_ name: String) -> [CallParameters]? {
        guard var value = text(name), let tree = try? value.withUTF8({ try JSONValue(parsing: $0) }),
            case .array(let elements) = tree
        else { return nil }
        return elements.compactMap { element in
            guard case .object(let members) = element else { return nil }
            var values: [String: String] = [:]
            for member in members {
                switch member.value {
                case .string(let text), .number(let text): values[member.name] = text
                case .bool(let value): values[member.name] = String(value)
                case .null, .array, .object: break
                }
            }
            return CallParameters(values)
        }
    }

    /// The values of a comma list; nil when the parameter is absent.
    func commaList(_ name: String) -> [String]? {
        text(name)?.split(separator: ",").map { String($0.trimmingBlanks) }
    }

    private func indices(below name: String) -> [Int] {
        let prefix = name + "."
        var found: Set<Int> = []
        for key in values.keys where key.hasPrefix(prefix) {
            let rest = key.dropFirst(prefix.count)
            if let index = Int(rest.prefix { $0 != "." }), index > 0 { found.insert(index) }
        }
        return found.sorted()
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        drop { $0 == " " }.reversedDrop
    }

    private var reversedDrop: Substring {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
