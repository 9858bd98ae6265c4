import Bytes
import Testing

@testable import Routes

@Suite struct BinderPropertyTests {
    /// Pieces that random requests are made of, so that they get past the first check now and then.
    static let pieces: [String] = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0041", "\\ud83d\\ude00", "null", "true", "false", "0", "-1", "40", "1e9",
        "99999999999999999999",
        "\"imageId\"", "\"dataDisk\"", "\"size\"", "\"systemDisk\"", "\"network\"", "\"groupIds\"", "\"vSwitchId\"",
        "\"servers\"", "\"policy\"",
        "\"DataDisk.1.Size\"", "\"network.2.groupIds.3\"", "\"start\"", "\"region\"", "\"tag.1.key\"", "x", " ", "\n", "é",
        "\u{0}", "%", "%41", "%zz", "&", "=",
        "thingIds", "names", "ZoneId.1", "tag.1.key", "pageSize", "pageToken", "all", "+", ".", "..", "/",
    ]

    static func random(_ count: Int, using random: inout SystemRandomNumberGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...count, using: &random) {
            if Int.random(in: 0..<12, using: &random) == 0 {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            } else {
                bytes.append(text: pieces.randomElement(using: &random) ?? "")
            }
        }
        return bytes
    }

    @Test func `no bytes trap, and every fault is text of bearable length`() throws {
        let bench = try Bench()
        var random = SystemRandomNumberGenerator()
        var binder = Binder()
        var bound = BoundRequest()
        var names = ResourceNames()
        for round in 0..<5_000 {
            let path = Array((round % 3 == 0 ? "/things" : "/things/\(round % 7)/tags").utf8)
            let query = Self.random(12, using: &random)
            var body = Self.random(30, using: &random)
            if round % 2 == 0 { body = Array("{\"imageId\":\"m\",".utf8) + body }
            path.withView { path in
                for method in [Route.Method.get, .post] {
                    guard case .found(let match) = bench.table.match(.route(method), path, dialect: .publicCloud) else {
                        continue
                    }
                    query.withView { query in
                        body.withView { body in
                            do throws(BindFaults) {
                                try binder.bind(
                                    match, .init(path: path, query: query, body: method == .get ? .empty : body), into: &bound)
                                names.name(bound, account: .empty)
                                #expect(names.count > 0)
                            } catch {
                                #expect(!error.faults.isEmpty)
                                for fault in error.faults {
                                    #expect(
                                        !fault.reason.isEmpty && fault.reason.utf8.count < 1000
                                            && fault.location.utf8.count < 1000)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// One random value that a parameter takes, as its text on the wire.
    static func value(of parameter: Parameter, using random: inout SystemRandomNumberGenerator) -> String {
        if Parameter.regionNames.contains(parameter.name) { return "cn-hangzhou" }
        if ["PageNumber", "PageSize"].contains(parameter.name) { return "10" }
        if let value = parameter.allowedValues.randomElement(using: &random) { return value }
        switch parameter.type {
        case .boolean: return Bool.random(using: &random) ? "true" : "false"
        case .float: return "0.5"
        case .integer, .long:
            let least = Int(parameter.minimum ?? 0)
            return String(Int.random(in: least...max(least, Int(parameter.maximum ?? 100)), using: &random))
        case .string: break
        }
        if let least = parameter.minimum { return String(Int(least)) }
        switch parameter.format {
        case .iso8601: return "2026-01-31T12:00:00Z"
        case .base64: return "aGVsbG8="
        case .cidr: return "10.0.0.0/8"
        case .ip: return "2001:db8::1"
        case .portRange: return "1/200"
        case .json where parameter.fields.isEmpty: return #"{"a":[1,"b c"]}"#
        case .json: return object(parameter.fields, using: &random)
        case .jsonArray where !parameter.fields.isEmpty: return "[\(object(parameter.fields, using: &random))]"
        case .jsonArray: return #"["a-1","b\"2"]"#
        case .commaList: return "a,b"
        case .semicolonList: return "a;b"
        case nil:
            let length = max(parameter.minLength ?? 1, min(parameter.maxLength ?? 8, 8))
            return String((0..<length).map { _ in "aé-&=+% 😀".randomElement(using: &random) ?? "a" })
        }
    }

    /// A random object with all its fields.
    static func object(_ fields: [Parameter], using random: inout SystemRandomNumberGenerator) -> String {
        let members = fields.map { field -> JSONValue.Member in
            let text = value(of: field, using: &random)
            return .init(field.name, field.type == .string ? .string(text) : .number(text))
        }
        var output: [UInt8] = []
        JSONValue.object(members).append(to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `what was bound and written by wire names binds to the same again, by /rpc, query and body`() throws {
        let catalogue = try WholeCatalogue.get()
        let table = RouteTable(catalogue)
        var random = SystemRandomNumberGenerator()
        var binder = Binder()
        for operation in catalogue.operations {
            for _ in 0..<4 {
                var wire = WireParameters()
                for parameter in operation.entry.parameters
                where parameter.requirement == .required || Int.random(in: 0..<3, using: &random) == 0 {
                    let name = parameter.name.replacing(".n", with: ".1").replacing(".m", with: ".1")
                    wire.append(name, Self.value(of: parameter, using: &random))
                }
                wire.completeLists(of: operation)
                var first = BoundRequest()
                var second = BoundRequest()
                try Array("/rpc/\(operation.entry.product)/\(operation.entry.action)".utf8).withView { path in
                    guard case .found(let match) = table.match(.route(.post), path, dialect: operation.entry.dialect) else {
                        Issue.record("\(operation.entry.action) has no /rpc")
                        return
                    }
                    do {
                        try wire.query.withView { try binder.bind(match, .init(path: path, query: $0), into: &first) }
                        try wire.body(of: operation).withView {
                            try binder.bind(match, .init(path: path, body: $0), into: &second)
                        }
                    } catch let error as BindFaults {
                        Issue.record("\(operation.entry.action): \(error.faults)")
                    }
                }
                #expect(first.wireTexts == second.wireTexts)
                #expect(Set(first.wireTexts + first.pageTexts) == Set(wire.texts))
                var (left, right): ([UInt8], [UInt8]) = ([], [])
                first.appendCacheKey(to: &left)
                second.appendCacheKey(to: &right)
                #expect(left == right)
            }
        }
    }
}

extension WireParameters {
    var texts: [String] { (0..<count).map { "\(self[$0].name)=\(self[$0].value)" } }

    /// Gives each list that has an element the members that every element needs.
    mutating func completeLists(of operation: Operation) {
        for parameter in operation.entry.parameters where parameter.requirement == .required && parameter.indexCount > 0 {
            let name = parameter.name.replacing(".n", with: ".1").replacing(".m", with: ".1")
            if !(0..<count).contains(where: { self[$0].name == name }) { append(name, "x") }
        }
    }

    /// As a query string.
    var query: [UInt8] {
        var output: [UInt8] = []
        forEach { name, value in
            if !output.isEmpty { output.append(UInt8(ascii: "&")) }
            output.append(percentEncoded: name)
            output.append(UInt8(ascii: "="))
            output.append(percentEncoded: value)
        }
        return output
    }

    /// As a flat JSON object in which every value has its type.
    func body(of operation: Operation) -> [UInt8] {
        var output: [UInt8] = [UInt8(ascii: "{")]
        for index in 0..<count {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.append(jsonString: self[index].name)
            output.append(UInt8(ascii: ":"))
            let normal = RESTName.from(wire: self[index].name)
            let type = operation.parameters.first { $0.restName == normal }?.type ?? .string
            if type == .string { output.append(jsonString: self[index].value) } else { output.append(text: self[index].value) }
        }
        output.append(UInt8(ascii: "}"))
        return output
    }
}

extension BoundRequest {
    /// What was taken as a wish for pages, as wire parameters.
    var pageTexts: [String] {
        [page.size.map { "PageSize=\($0)" }, page.number.map { "PageNumber=\($0)" }].compactMap { $0 }
    }
}
