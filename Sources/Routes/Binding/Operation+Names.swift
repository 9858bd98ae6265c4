extension Operation {
    /// The REST name of a place in a request: `dataDisk[2].size`, elements counted from 0. Index 0 stands for "no index".
    func restPath(_ position: Int, _ first: Int, _ second: Int) -> String {
        var indices = [first, second].filter { $0 > 0 }[...]
        var output = ""
        for segment in parameters[position].segments {
            switch segment {
            case .name(let name): output += (output.isEmpty ? "" : ".") + RESTName.from(part: name)
            case .index: output += indices.popFirst().map { "[\($0 - 1)]" } ?? "[]"
            }
        }
        // What is left counts the elements of a list that is one parameter on the wire.
        return output + indices.map { "[\($0 - 1)]" }.joined()
    }
}
