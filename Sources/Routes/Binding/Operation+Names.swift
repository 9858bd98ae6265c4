import Bytes

extension Operation {
    /// Appends the wire name of a bound value: `DataDisk.2.Size`.
    func appendWireName(of entry: BoundRequest.Entry, to output: inout [UInt8]) {
        let parameter = parameters[entry.parameter]
        guard entry.first > 0, parameter.indexCount > 0 else { return output.append(text: parameter.name) }
        var indices = [entry.first, entry.second].makeIterator()
        for (position, segment) in parameter.segments.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ".")) }
            switch segment {
            case .name(let name): output.append(text: name)
            case .index: output.append(decimal: indices.next() ?? 1)
            }
        }
    }

    /// The REST name of a place in a request: `dataDisk[2].size`, elements counted from 0. Index 0 stands for "no index".
    func restPath(_ position: Int, _ first: Int, _ second: Int) -> String {
        var indices = [first, second].filter { $0 > 0 }[...]
        var output = ""
        for segment in parameters[position].segments {
            switch segment {
            case .name(let name): output += (output.isEmpty ? "" : ".") + RESTName.from(segment: name[...])
            case .index: output += indices.popFirst().map { "[\($0 - 1)]" } ?? "[]"
            }
        }
        // What is left counts the elements of a list that is one parameter on the wire.
        return output + indices.map { "[\($0 - 1)]" }.joined()
    }
}
