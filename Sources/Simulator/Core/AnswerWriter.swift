import Bytes

/// Writes answers and errors in the two formats of the cloud.
enum AnswerWriter {
    enum Format: Sendable {
        case json, xml

        var contentType: String {
            switch self {
            case .json: "application/json;charset=utf-8"
            case .xml: "text/xml;charset=utf-8"
            }
        }

        /// The format that a call names, letter case ignored; nil for one that does not exist.
        init?(_ name: String) {
            switch name.lowercased() {
            case "json": self = .json
            case "xml": self = .xml
            default: return nil
            }
        }
    }

    /// A success: the members of `answer` behind the request id, in XML below `<ActionResponse>`. Some actions answer
    /// without the id.
    static func success(_ answer: JSONValue, requestId: String?, action: String, _ format: Format) -> [UInt8] {
        var members: [JSONValue.Member] = requestId.map { [.init("RequestId", .string($0))] } ?? []
        if case .object(let own) = answer { members += own }
        return document(.object(members), root: action + "Response", format)
    }

    /// An error: `<Error>` in XML.
    static func failure(_ row: ErrorBook.Row, requestId: String, hostId: String, _ format: Format) -> [UInt8] {
        let members: JSONValue = [
            "RequestId": .string(requestId), "HostId": .string(hostId), "Code": .string(row.code),
            "Message": .string(row.message),
        ]
        return document(members, root: "Error", format)
    }

    private static func document(_ value: JSONValue, root: String, _ format: Format) -> [UInt8] {
        var output: [UInt8] = []
        switch format {
        case .json: value.append(to: &output)
        case .xml:
            output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            appendElement(root, value, to: &output)
        }
        return output
    }

    /// An object is an element with its members in it, an array a repetition of its name, null an empty element.
    private static func appendElement(_ name: String, _ value: JSONValue, to output: inout [UInt8]) {
        if case .array(let elements) = value {
            for element in elements { appendElement(name, element, to: &output) }
            return
        }
        output.append(UInt8(ascii: "<"))
        output.append(text: name)
        output.append(UInt8(ascii: ">"))
        switch value {
        case .object(let members):
            for member in members { appendElement(member.name, member.value, to: &output) }
        case .string(let text), .number(let text): appendEscaped(text, to: &output)
        case .bool(let value): output.append(value ? "true" : "false")
        case .null, .array: break
        }
        output.append("</")
        output.append(text: name)
        output.append(UInt8(ascii: ">"))
    }

    /// Characters that XML 1.0 cannot hold become U+FFFD.
    private static func appendEscaped(_ text: String, to output: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output.append("&amp;")
            case "<": output.append("&lt;")
            case ">": output.append("&gt;")
            case "\"": output.append("&quot;")
            case "'": output.append("&apos;")
            case "\r": output.append("&#13;")
            case "\t", "\n": output.append(contentsOf: scalar.utf8)
            case _ where scalar.value < 0x20, "\u{FFFE}", "\u{FFFF}": output.append("\u{FFFD}")
            default: output.append(contentsOf: scalar.utf8)
            }
        }
    }
}
