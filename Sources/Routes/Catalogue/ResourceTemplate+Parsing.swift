import Bytes

/// Why a text is no resource template, as the end of a sentence.
struct ResourceTemplateError: Error {
    let message: String
}

extension ResourceTemplate {
    /// The parts of an ARN with variables `$RegionId`, `$AccountId` and `$` before the wire name of a parameter, or of a
    /// parameter and one of its fields (`$BackendServers.ServerId`).
    static func parse(_ text: String, _ parameters: [Parameter]) throws(ResourceTemplateError) -> [Part] {
        guard text.hasPrefix("acs:"), text.utf8.count(where: { $0 == UInt8(ascii: ":") }) >= 4 else {
            throw ResourceTemplateError(message: "must be like `acs:ecs:$RegionId:$AccountId:disk/$DiskId`")
        }
        return try self.parts(of: text, parameters)
    }

    /// The parts of any text with such variables.
    static func parts(of text: String, _ parameters: [Parameter]) throws(ResourceTemplateError) -> [Part] {
        let bytes = Array(text.utf8)
        var parts: [Part] = []
        var start = 0
        while start < bytes.count {
            let isVariable = bytes[start] == UInt8(ascii: "$")
            var end = start + 1
            while end < bytes.count, isVariable ? isNameByte(bytes[end]) : bytes[end] != UInt8(ascii: "$") { end += 1 }
            if isVariable {
                parts.append(try variable(String(decoding: bytes[(start + 1)..<end], as: UTF8.self), parameters))
            } else {
                parts.append(.literal(String(decoding: bytes[start..<end], as: UTF8.self)))
            }
            start = end
        }
        let lists = parts.filter { part in
            switch part {
            case .parameter(let index): parameters[index].listLevels > 0
            case .field: true
            case .literal, .region, .account: false
            }
        }
        guard Set(lists).count <= 1 else { throw ResourceTemplateError(message: "names more than one list") }
        return parts
    }

    private static func variable(_ name: String, _ parameters: [Parameter]) throws(ResourceTemplateError) -> Part {
        switch name {
        case "RegionId": return .region
        case "AccountId": return .account
        default:
            if let index = parameters.firstIndex(where: { $0.name == name }) { return .parameter(index) }
            let names = name.split(separator: ".", maxSplits: 1)
            if names.count == 2, let index = parameters.firstIndex(where: { $0.name == names[0] }),
                let field = parameters[index].fields.first(where: { $0.name == names[1] })
            {
                // An object without the member would go unnamed.
                guard field.requirement == .required else {
                    throw ResourceTemplateError(message: "names `\(name)`, which is not required")
                }
                return .field(parameter: index, name: field.name)
            }
            throw ResourceTemplateError(
                message: "names the unknown parameter `\(name)`"
                    + CatalogueReader.nearest(name, among: parameters.map(\.name)))
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}

extension Parameter {
    /// How many lists a single value of the parameter lies in: numbers in the name, and one when a value holds a list.
    var listLevels: Int { indexCount + (format?.isList == true ? 1 : 0) }
}
