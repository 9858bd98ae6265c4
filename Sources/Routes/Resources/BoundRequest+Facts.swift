import Bytes

extension BoundRequest {
    /// What the request answers for condition keys of its service. A value is nil where the fact exists and is not to be
    /// seen in the request.
    public func conditionFacts(account: ByteView) -> [(key: String, value: [UInt8]?)] {
        guard let operation else { return [] }
        return operation.entry.conditionFacts.compactMap { fact in
            if let position = fact.hiddenBy, text(of: position) != nil { return (fact.key, nil) }
            guard let value = value(of: fact.parts, account) ?? fact.otherwise.flatMap({ value(of: $0, account) }) else {
                return nil
            }
            return (fact.key, value)
        }
    }

    /// Nil when a parameter is absent.
    private func value(of parts: [ResourceTemplate.Part], _ account: ByteView) -> [UInt8]? {
        var output: [UInt8] = []
        for part in parts {
            switch part {
            case .literal(let text): output.append(text: text)
            case .account: output.append(account)
            case .region: withRegion { output.append($0) }
            case .parameter(let position):
                guard let text = text(of: position) else { return nil }
                output += text
            // A fact is one value; what objects of a list hold is none.
            case .field: return nil
            }
        }
        return output
    }

    /// The first value of a parameter that is not empty.
    private func text(of position: Int) -> [UInt8]? {
        let entry = entries.first { $0.parameter == position && $0.start < $0.end }
        return entry.map { withValue(of: $0) { Array($0) } }
    }
}
