import Bytes

private enum RouteKey: String, CatalogueKey {
    case method, path, success, creates, bind, fixed, when, view, collection

    static let all = Array(allCases)
}

private enum CreationKey: String, CatalogueKey {
    case id, path

    static let all = Array(allCases)
}

private enum View: String, CaseIterable { case one }

/// A route as read; parameters are still names, since they come later in the file.
struct RouteDraft {
    var offset = 0
    var method: Route.Method?
    var path = ""
    var success: Int?
    var creates: CreationDraft?
    var bind: [(variable: String, parameter: String)] = []
    var fixed: [(parameter: String, value: String)] = []
    var conditions: [Route.Condition] = []
    var isSingle = false
    var collection: String?
}

/// A creation as read.
struct CreationDraft {
    var id: String?
    var path: String
}

extension CatalogueReader {
    /// Reads one route; nil when it is no object.
    mutating func route() throws(JSONError) -> RouteDraft? {
        var draft = RouteDraft()
        let extent = try members(of: "the route", RouteKey.self) { reader, key throws(JSONError) in
            switch key {
            case .method: draft.method = try reader.choice("the method of a route", Route.Method.self)
            case .path: draft.path = try reader.text("the path of a route") ?? ""
            case .success: draft.success = try reader.status()
            case .creates: draft.creates = try reader.creation()
            case .view: draft.isSingle = try reader.choice("the view of a route", View.self) == .one
            case .collection: draft.collection = try reader.text("`collection`")
            case .bind:
                try reader.freeMembers(of: "`bind`") { reader, name throws(JSONError) in
                    if let parameter = try reader.text("a bound parameter") { draft.bind.append((name, parameter)) }
                }
            case .fixed:
                try reader.freeMembers(of: "`fixed`") { reader, name throws(JSONError) in
                    if let value = try reader.scalar("a fixed value") { draft.fixed.append((name, value)) }
                }
            case .when:
                try reader.freeMembers(of: "`when`") { reader, name throws(JSONError) in
                    if let value = try reader.scalar("the value of `when`") {
                        draft.conditions.append(Route.Condition(name: name, value: value))
                    }
                }
            }
        }
        guard let extent else { return nil }
        draft.offset = extent.lowerBound
        return draft
    }

    private mutating func status() throws(JSONError) -> Int? {
        guard let status = try count("`success`") else { return nil }
        if !(200...299).contains(status) { fault("`success` is \(status); allowed: 200 to 299") }
        return status
    }

    private mutating func creation() throws(JSONError) -> CreationDraft? {
        var id: String?
        var path: String?
        let start = try members(of: "`creates`", CreationKey.self) { reader, key throws(JSONError) in
            switch key {
            case .id: id = try reader.text("the id of `creates`")
            case .path: path = try reader.text("the path of `creates`")
            }
        }
        guard let start else { return nil }
        guard let path, path.contains("{}") == (id != nil) else {
            fault(
                "`creates` needs `id` and a `path` with `{}` in place of the id, or a `path` of parameters", at: start.lowerBound)
            return nil
        }
        return CreationDraft(id: id, path: path)
    }
}

extension CatalogueReader {
    /// Joins a route with the parameters of its action; nil when it cannot be used, with the reasons noted.
    mutating func resolve(_ draft: RouteDraft, _ parameters: [Parameter], hasAnswer: Bool) -> Route? {
        guard let method = draft.method else {
            fault("the route has no usable method", at: draft.offset)
            return nil
        }
        guard let segments = Route.segments(of: draft.path) else {
            fault(
                "the path `\(clipping: draft.path)` must be like `/disks/{diskId}`: small letters, digits, hyphens, "
                    + "each variable a whole part and named once", at: draft.offset)
            return nil
        }
        return Route(
            method: method, path: draft.path, segments: segments,
            variables: variables(of: draft, segments, parameters),
            fixed: constants(of: draft, parameters),
            conditions: draft.conditions, collection: draft.collection, isSingle: draft.isSingle,
            success: draft.success ?? method.usualSuccess(hasAnswer: hasAnswer),
            creates: draft.creates.map { creation($0, parameters, draft.offset) }
        )
    }

    private mutating func creation(_ draft: CreationDraft, _ parameters: [Parameter], _ offset: Int) -> Route.Creation {
        var parts: [Route.Creation.Part] = []
        for part in draft.path.split(separator: "/") {
            guard part.hasPrefix("{"), part.hasSuffix("}") else {
                parts.append(.literal(String(part)))
                continue
            }
            let name = String(part.dropFirst().dropLast())
            if name.isEmpty {
                parts.append(.id)
            } else if let position = parameters.firstIndex(where: { $0.restName == name && $0.listLevels == 0 }) {
                parts.append(.parameter(position))
            } else {
                fault(
                    "the path of `creates` names `\(clipping: name)`, which is no single parameter"
                        + Self.nearest(name, among: parameters.map(\.restName)), at: offset)
            }
        }
        return Route.Creation(id: draft.id, parts: parts)
    }

    private mutating func variables(
        of draft: RouteDraft, _ segments: [Route.Segment], _ parameters: [Parameter]
    ) -> [Route.Variable] {
        let names = segments.compactMap { if case .variable(let name) = $0 { name } else { nil } }
        if names.count > Route.maximalVariables {
            fault("the path has \(names.count) variables; allowed: \(Route.maximalVariables)", at: draft.offset)
        }
        for bind in draft.bind where !names.contains(bind.variable) {
            fault("`bind` names `\(clipping: bind.variable)`, which is no variable of the path", at: draft.offset)
        }
        return names.compactMap { name in
            let bound = draft.bind.first { $0.variable == name }?.parameter
            if let bound, let place = field(bound, parameters, draft) {
                return Route.Variable(name: name, parameter: place.parameter, field: place.field)
            }
            let position = parameters.firstIndex { bound == nil ? $0.restName == name : $0.name == bound }
            guard let position else {
                fault(
                    "the variable `\(name)` binds to the unknown parameter `\(clipping: bound ?? name)`"
                        + Self.nearest(bound ?? name, among: parameters.map(bound == nil ? \.restName : \.name)), at: draft.offset
                )
                return nil
            }
            return Route.Variable(name: name, parameter: position, field: nil)
        }
    }

    /// The parameter and field that `BackendServers.ServerId` names; nil when there are none such.
    private mutating func field(
        _ name: String, _ parameters: [Parameter], _ draft: RouteDraft
    ) -> (parameter: Int, field: Int)? {
        let names = name.split(separator: ".", maxSplits: 1)
        guard names.count == 2, let parameter = parameters.firstIndex(where: { $0.name == names[0] }),
            let field = parameters[parameter].fields.firstIndex(where: { $0.name == names[1] })
        else { return nil }
        let others = parameters[parameter].fields.enumerated().filter {
            $0.offset != field && $0.element.requirement == .required
        }
        if let other = others.first {
            fault("`bind` fills `\(name)` only, but `\(other.element.name)` is required as well", at: draft.offset)
        }
        return (parameter, field)
    }

    private mutating func constants(of draft: RouteDraft, _ parameters: [Parameter]) -> [Route.Constant] {
        draft.fixed.compactMap { name, value in
            guard let position = parameters.firstIndex(where: { $0.name == name }) else {
                fault(
                    "`fixed` sets the unknown parameter `\(clipping: name)`"
                        + Self.nearest(name, among: parameters.map(\.name)), at: draft.offset)
                return nil
            }
            if let reason = parameters[position].fault(of: value) {
                fault("`fixed` sets `\(name)`: \(reason)", at: draft.offset)
            }
            return Route.Constant(parameter: position, value: value)
        }
    }

    /// `; did you mean …?` when a candidate is near.
    static func nearest(_ name: String, among candidates: [String]) -> String {
        NearestName.find(name, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
    }
}

extension Parameter {
    /// What is wrong with a value, or with an element of a comma list, if anything.
    fileprivate func fault(of value: String) -> String? {
        var texts = AllowedTexts()
        let rule = ValueRule(self, namesResource: false, &texts)
        let elements = format?.elements(of: value) ?? [value]
        for element in elements {
            let verdict = Array(element.utf8).withView { rule.judge($0, texts) }
            if verdict != .fine { return FaultText(self).reason(verdict, element) }
        }
        return nil
    }
}

extension Route {
    /// The parts of a path template; nil when it is none.
    static func segments(of path: String) -> [Segment]? {
        let bytes = Array(path.utf8)
        guard bytes.count > 1, bytes[0] == UInt8(ascii: "/") else { return nil }
        var segments: [Segment] = []
        for part in bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if part.first == UInt8(ascii: "{"), part.last == UInt8(ascii: "}") {
                let name = part.dropFirst().dropLast()
                let segment = Segment.variable(String(decoding: name, as: UTF8.self))
                guard !name.isEmpty, name.allSatisfy(isName), !segments.contains(segment) else { return nil }
                segments.append(segment)
            } else {
                guard !part.isEmpty, part.allSatisfy(isLiteral) else { return nil }
                segments.append(.literal(String(decoding: part, as: UTF8.self)))
            }
        }
        return segments
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_")
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        byte.isASCIILetter && byte == byte.asciiLowercased || byte.isASCIIDigit || byte == UInt8(ascii: "-")
    }
}

extension Route.Method {
    /// The status of success when a route names none.
    func usualSuccess(hasAnswer: Bool) -> Int {
        switch self {
        case .get, .post: 200
        case .put, .patch, .delete: hasAnswer ? 200 : 204
        }
    }
}
