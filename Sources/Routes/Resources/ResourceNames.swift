import Bytes

/// The resources that a request touches, as ARNs. Reused, it allocates nothing once its buffers have grown.
public struct ResourceNames: Sendable {
    /// Stands where a request leaves open what it touches; only a statement that covers everything there covers it.
    private static var anything: ByteView { ("*" as StaticString).view }

    private var arena: [UInt8] = []
    private var ends: [Int] = []

    public init() {}

    public var count: Int { ends.count }

    /// Calls `body` with each ARN in turn, valid during the call only, until it returns false. Returns whether it never did.
    public func allSatisfy(_ body: (ByteView) -> Bool) -> Bool {
        arena.withView { arena in
            var start = 0
            for end in ends {
                if !body(arena.slice(start..<end)) { return false }
                start = end
            }
            return true
        }
    }

    /// Calls `body` with the ARN at `index`, valid during the call only; with no bytes beyond ``count``.
    public func withName<Result>(_ index: Int, _ body: (ByteView) -> Result) -> Result {
        arena.withView { arena in
            guard ends.indices.contains(index) else { return body(.empty) }
            return body(arena.slice((index == 0 ? 0 : ends[index - 1])..<ends[index]))
        }
    }

    /// Calls `body` with all ARNs, valid during the call only.
    public func withNames<Result>(_ body: (UnsafeBufferPointer<ByteView>) -> Result) -> Result {
        arena.withView { arena in
            withUnsafeTemporaryAllocation(of: ByteView.self, capacity: ends.count) { names in
                var start = 0
                for (index, end) in ends.enumerated() {
                    names.initializeElement(at: index, to: arena.slice(start..<end))
                    start = end
                }
                return body(UnsafeBufferPointer(names))
            }
        }
    }

    /// The ARNs as text.
    public var texts: [String] { (0..<count).map { withName($0) { $0.text } } }

    /// Names what `request` touches, in place of what was named before. All of them are needed. An action without
    /// resources, and a request that touches none, are judged on the single resource `*`: nothing is allowed by emptiness.
    public mutating func name(_ request: BoundRequest, account: ByteView) {
        arena.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        if let operation = request.operation {
            for template in operation.resourcePrograms.templates { append(template, request, operation, account) }
        }
        if ends.isEmpty { nameEverything() }
    }

    /// Names the single resource `*`: of an action that the catalogue lacks.
    public mutating func nameEverything() {
        arena.removeAll(keepingCapacity: true)
        arena.append(Self.anything)
        ends.removeAll(keepingCapacity: true)
        ends.append(arena.count)
    }

    /// Names a single resource by its ARN.
    public mutating func name(arn: [UInt8]) {
        arena = arn
        ends = [arn.count]
    }

    private mutating func append(
        _ template: ResourcePrograms.Template, _ request: BoundRequest, _ operation: Operation, _ account: ByteView
    ) {
        if let condition = template.condition, !holds(condition, request, operation) { return }
        let isNamed = template.steps.allSatisfy { step in
            guard let position = operation.resourcePrograms.steps[step].parameter else { return true }
            return request.firstText(of: position) != nil
        }
        if isNamed { return appendEach(template.steps, request, operation, account) }
        if template.isOptional { return }
        appendEach(template.otherwise ?? template.steps, request, operation, account)
    }

    private func holds(
        _ condition: ResourcePrograms.Condition, _ request: BoundRequest, _ operation: Operation
    ) -> Bool {
        guard let entry = request.firstText(of: condition.parameter) else { return condition.isDefault }
        return request.withValue(of: entry) { value in
            operation.resourcePrograms.literals.withView { $0.slice(condition.value).elementsEqual(value) }
        }
    }

    /// Appends one name, or one for each element of the list in it.
    private mutating func appendEach(
        _ steps: Range<Int>, _ request: BoundRequest, _ operation: Operation, _ account: ByteView
    ) {
        for step in steps {
            let program = operation.resourcePrograms.steps[step]
            guard let position = program.parameter,
                operation.rules[position].isList || operation.rules[position].indexCount > 0,
                request.firstText(of: position) != nil
            else { continue }
            let before = ends.count
            let format = operation.rules[position].format
            var member: Range<Int>?
            if case .field(_, let name) = program { member = name }
            for entry in request.entries where entry.parameter == position {
                request.withValue(of: entry) { value in
                    operation.resourcePrograms.literals.withView { literals in
                        Elements.forEach(of: value, format, member: member.map { literals.slice($0) }) { element in
                            if !element.isEmpty { append(steps, request, operation, account, element: element, of: position) }
                        }
                    }
                }
            }
            if ends.count == before { append(steps, request, operation, account, element: Self.anything, of: position) }
            return
        }
        append(steps, request, operation, account, element: .empty, of: -1)
    }

    private mutating func append(
        _ steps: Range<Int>, _ request: BoundRequest, _ operation: Operation, _ account: ByteView, element: ByteView,
        of list: Int
    ) {
        for step in steps {
            switch operation.resourcePrograms.steps[step] {
            case .literal(let range): operation.resourcePrograms.literals.withView { arena.append($0.slice(range)) }
            case .account: arena.append(account)
            case .region: request.withRegion { arena.append($0.isEmpty ? Self.anything : $0) }
            case .parameter(list), .field(list, _): arena.append(element)
            case .field: arena.append(Self.anything)
            case .parameter(let position):
                if let entry = request.firstText(of: position) {
                    request.withValue(of: entry) { arena.append($0) }
                } else {
                    arena.append(Self.anything)
                }
            }
        }
        ends.append(arena.count)
    }
}

extension BoundRequest {
    /// The first value of a parameter that is not empty. An empty value says nothing: to the cloud it is no filter.
    fileprivate func firstText(of position: Int) -> Entry? {
        for entry in entries where entry.parameter == position && entry.start < entry.end { return entry }
        return nil
    }
}

/// The elements of a list in one wire value.
private enum Elements {
    /// Calls `body` with each element, or with the member `member` of each element that is an object.
    static func forEach(of value: ByteView, _ format: Parameter.Format?, member: ByteView?, _ body: (ByteView) -> Void) {
        switch format {
        case .commaList, .semicolonList:
            let separator = format?.separator ?? UInt8(ascii: ",")
            var start = 0
            while start <= value.count {
                let end = value.firstOffset(of: separator, from: start) ?? value.count
                body(value.slice(start..<end))
                start = end + 1
            }
        case .jsonArray: forEachJSON(of: value, member, body)
        default: body(value)
        }
    }

    private static func forEachJSON(of value: ByteView, _ member: ByteView?, _ body: (ByteView) -> Void) {
        var scanner = JSONScanner(value)
        var decoded: [UInt8] = []
        var isWanted = member == nil
        let depth = member == nil ? 1 : 2
        while let token = try? scanner.next(), token != .end {
            // Binding has written the names, so that they hold no escapes.
            if case .name(let name) = token, let member {
                isWanted = scanner.depth == 2 && value.slice(name.range).equals(member)
            }
            guard case .string(let text) = token, scanner.depth == depth, isWanted else { continue }
            if !text.isEscaped {
                body(value.slice(text.range))
                continue
            }
            decoded.removeAll(keepingCapacity: true)
            JSONText.append(text, of: value, to: &decoded)
            decoded.withView(body)
        }
    }
}
