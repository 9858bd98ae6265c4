import Bytes

/// Why a text is no resource template, as the end of a sentence.
struct ResourceTemplateError: Error {
    let message: String
}

extension ResourceTemplate {
    /// The parts of an ARN with variables `$RegionId`, `$AccountId` and `$` before the wire name of a parameter.
    static func parse(_ text: String, _ parameters: [Parameter]) throws(ResourceTemplateError) -> [Part] {
        let fields = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0] == "acs" else {
            throw ResourceTemplateError(message: "must be like `acs:ecs:$RegionId:$AccountId:disk/$DiskId`")
        }
        var parts: [Part] = []
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            if dollar > rest.startIndex { parts.append(.literal(String(rest[..<dollar]))) }
            rest = rest[rest.index(after: dollar)...]
            let name = rest.prefix { $0.utf8.allSatisfy(isNameByte) }
            rest = rest[name.endIndex...]
            parts.append(try variable(String(name), parameters))
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        let lists = Set(parts.filter { if case .parameter(let index) = $0 { parameters[index].listLevels > 0 } else { false } })
        guard lists.count <= 1 else { throw ResourceTemplateError(message: "names more than one list") }
        return parts
    }

    private static func variable(_ name: String, _ parameters: [Parameter]) throws(ResourceTemplateError) -> Part {
        switch name {
        case "RegionId": return .region
        case "AccountId": return .account
        default:
            if let index = parameters.firstIndex(where: { $0.name == name }) { return .parameter(index) }
            throw ResourceTemplateError(message: "names the unknown parameter `\(name)`"
                + CatalogueReader.nearest(name, among: parameters.map(\.name)))
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}

extension Parameter {
    /// How many lists a single value of the parameter lies in: numbers in the name, and one when a value holds a list.
    var listLevels: Int { indexCount + (format == .jsonArray || format == .commaList ? 1 : 0) }
}
