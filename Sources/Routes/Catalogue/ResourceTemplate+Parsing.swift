import Bytes

/// Why a text is no resource template, as the end of a sentence.
struct ResourceTemplateError: Error {
    let message: String
}

extension ResourceTemplate {
    /// The parts of an ARN with variables `$RegionId`, `$AccountId` and `$` before the wire name of a parameter.
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
        let lists = parts.filter { if case .parameter(let index) = $0 { parameters[index].listLevels > 0 } else { false } }
        guard Set(lists).count <= 1 else { throw ResourceTemplateError(message: "names more than one list") }
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
