/// The rules written down as plainly as possible, without any regard to speed: what the compiled engine must agree with.
enum ReferenceEngine {
    enum Outcome: String {
        case allow = "Allow"
        case explicitDeny = "ExplicitDeny"
        case implicitDeny = "ImplicitDeny"
    }

    /// The outcome, and the place of the first statement that denies a resource or allows the first one.
    static func decide(
        _ policies: [[ModelStatement]], _ request: ModelRequest
    ) -> (outcome: Outcome, statement: [Int]?) {
        let resources = request.resources.isEmpty ? ["*"] : request.resources
        func first(deny: Bool, _ index: Int) -> [Int]? {
            for (policy, statements) in policies.enumerated() {
                for (number, statement) in statements.enumerated()
                where statement.isDeny == deny && applies(statement, request, resources[index], index) {
                    return [policy, number]
                }
            }
            return nil
        }
        for index in resources.indices {
            if let denying = first(deny: true, index) { return (.explicitDeny, denying) }
        }
        for index in resources.indices where first(deny: false, index) == nil { return (.implicitDeny, nil) }
        return (.allow, first(deny: false, 0))
    }

    static func applies(_ statement: ModelStatement, _ request: ModelRequest, _ resource: String, _ index: Int) -> Bool {
        let isListed = statement.actions.contains { matchesAction($0, request.action) }
        guard isListed != statement.isNotAction else { return false }
        guard statement.resources.contains(where: { matchesResource($0, resource) }) else { return false }
        var undecided = false
        for condition in statement.conditions {
            let value = lookUp(condition.key, request, index)
            switch verdict(condition, value) {
            case false?: return false
            case true?: continue
            case nil: undecided = true
            }
        }
        return !undecided || statement.isDeny
    }

    // MARK: - Matching

    static func matchesAction(_ pattern: String, _ action: String) -> Bool {
        if pattern == "*" { return true }
        let wanted = fields(pattern.lowercased(), at: 1)
        let given = fields(action.lowercased(), at: 1)
        return given.count == 2 && zip(wanted, given).allSatisfy { wildcard($0, $1) }
    }

    static func matchesResource(_ pattern: String, _ resource: String) -> Bool {
        if pattern == "*" { return true }
        let wanted = fields(pattern, at: 4)
        let given = fields(resource, at: 4)
        guard given.count == 5, given[0] == "acs" else { return false }
        return zip(wanted, given).allSatisfy { wildcard($0, $1) }
    }

    private static func fields(_ text: String, at splits: Int) -> [String] {
        text.split(separator: ":", maxSplits: splits, omittingEmptySubsequences: false).map(String.init)
    }

    static func wildcard(_ pattern: String, _ text: String) -> Bool {
        wildcard(Array(pattern.unicodeScalars)[...], Array(text.unicodeScalars)[...])
    }

    private static func wildcard(
        _ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        guard let wanted = pattern.first else { return text.isEmpty }
        if wanted == "*" {
            return wildcard(pattern.dropFirst(), text) || (!text.isEmpty && wildcard(pattern, text.dropFirst()))
        }
        guard let given = text.first, wanted == "?" || wanted == given else { return false }
        return wildcard(pattern.dropFirst(), text.dropFirst())
    }

    // MARK: - Conditions

    private static func lookUp(_ key: String, _ request: ModelRequest, _ index: Int) -> String? {
        func find(_ values: [String: String]?) -> String? { values?.first { normal($0.key) == normal(key) }?.value }
        return find(request.resourceContext[index]) ?? find(request.context)
    }

    private static func normal(_ key: String) -> String {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        return ([parts[0].lowercased()] + parts.dropFirst().map(String.init)).joined(separator: "/")
    }

    /// Nil is undecided.
    static func verdict(_ condition: ModelStatement.Condition, _ value: String?) -> Bool? {
        let name = condition.test
        let isNegated = name.contains("Not")
        let positive = name.replacing("Not", with: "")
        guard let value else { return isNegated }
        var met = false
        for wanted in condition.values {
            guard let one = compare(positive, value, wanted) else { return nil }
            met = met || one
        }
        return met != isNegated
    }

    private static func compare(_ test: String, _ value: String, _ wanted: String) -> Bool? {
        switch test {
        case "StringEquals": return Array(value.utf8) == Array(wanted.utf8)
        case "StringEqualsIgnoreCase": return Array(value.lowercased().utf8) == Array(wanted.lowercased().utf8)
        case "StringLike": return wildcard(wanted, value)
        case "Bool":
            guard ["true", "false"].contains(value.lowercased()) else { return nil }
            return value.lowercased() == wanted.lowercased()
        case "IpAddress": return contains(wanted, value)
        default: break
        }
        let isDate = test.hasPrefix("Date")
        guard let left = isDate ? seconds(value) : thousandths(value),
            let right = isDate ? seconds(wanted) : thousandths(wanted)
        else { return nil }
        if test.hasSuffix("LessThan") { return left < right }
        if test.hasSuffix("LessThanEquals") { return left <= right }
        if test.hasSuffix("GreaterThan") { return left > right }
        if test.hasSuffix("GreaterThanEquals") { return left >= right }
        return left == right
    }

    /// Numbers of at most three decimal places, as the random tests use.
    private static func thousandths(_ text: String) -> Int? {
        guard let match = text.wholeMatch(of: /([+-]?)(\d+)(?:\.(\d{1,3}))?/) else { return nil }
        let fraction = (match.3.map(String.init) ?? "").padding(to: 3)
        guard let whole = Int(match.2), let part = Int(fraction) else { return nil }
        return (match.1 == "-" ? -1 : 1) * (whole * 1000 + part)
    }

    /// Dates of January 2026, as the random tests use.
    private static func seconds(_ text: String) -> Int? {
        guard let match = text.wholeMatch(of: /2026-01-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|([+-])(\d\d):(\d\d))/),
            let day = Int(match.1), let hour = Int(match.2), let minute = Int(match.3), let second = Int(match.4)
        else { return nil }
        let local = ((day * 24 + hour) * 60 + minute) * 60 + second
        guard let sign = match.6, let hours = match.7.flatMap({ Int($0) }), let minutes = match.8.flatMap({ Int($0) })
        else { return local }
        return local - (sign == "-" ? -1 : 1) * (hours * 60 + minutes) * 60
    }

    /// IPv4 only.
    private static func contains(_ block: String, _ address: String) -> Bool? {
        let parts = block.split(separator: "/").map(String.init)
        guard let network = bits(parts[0]), let given = bits(address) else { return nil }
        let length = parts.count > 1 ? Int(parts[1]) ?? 32 : 32
        return network.prefix(length) == given.prefix(length)
    }

    private static func bits(_ address: String) -> [Bool]? {
        let octets = address.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        guard octets.count == 4 else { return nil }
        return octets.flatMap { octet in (0..<8).map { octet >> (7 - UInt8($0)) & 1 == 1 } }
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String { self + String(repeating: "0", count: max(0, count - self.count)) }
}
