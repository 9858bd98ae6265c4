/// Random numbers that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }
}

/// Policies and requests over a vocabulary so small that they often meet.
struct RandomPolicies {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    static let services = ["ecs", "vpc", "slb"]
    static let verbs = ["Describe", "Delete", "Create", "Stop"]
    static let nouns = ["Instances", "Disk", "Vpc", "Vpcs"]
    static let regions = ["cn-hangzhou", "cn-beijing", "", "*"]
    static let accounts = ["123", "456", ""]
    static let relatives = [
        "instance/i-1", "instance/i-12", "instance/*", "disk/d-1", "disk/d-1:x", "vpc/vpc-é", "vpc/vpc-e", "*", "",
    ]

    mutating func request() -> ModelRequest {
        var request = ModelRequest()
        request.action = action()
        request.resources = (0..<random.pick([0, 1, 1, 1, 2, 3])).map { _ in arn() }
        for key in Self.values.keys.sorted() where random.chance(60) {
            request.context[random.chance(20) ? key.uppercasedUpToSlash : key] = value(key)
        }
        for index in request.resources.indices where random.chance(50) {
            request.resourceContext[index] = ["acs:ResourceTag/team": random.pick(["a", "b", ""])]
        }
        return request
    }

    private mutating func action() -> String {
        let action = "\(random.pick(Self.services)):\(random.pick(Self.verbs))\(random.pick(Self.nouns))"
        return random.chance(20) ? action.uppercased() : random.chance(2) ? "odd" : action
    }

    private mutating func arn() -> String {
        if random.chance(10) { return random.pick(["*", "acs:ecs", "acs:ecs:cn-hangzhou:123", "odd", ""]) }
        return "acs:\(random.pick(Self.services)):\(random.pick(Self.regions)):\(random.pick(Self.accounts)):"
            + random.pick(Self.relatives)
    }

    mutating func policies(_ counts: ClosedRange<Int> = 1...3, _ statements: ClosedRange<Int> = 1...6) -> [[ModelStatement]] {
        (0..<Int.random(in: counts, using: &random)).map { _ in
            (0..<Int.random(in: statements, using: &random)).map { _ in statement() }
        }
    }

    mutating func statement(isDeny: Bool? = nil) -> ModelStatement {
        var statement = ModelStatement()
        statement.isDeny = isDeny ?? random.chance(25)
        statement.isNotAction = random.chance(15)
        statement.actions = (0..<random.pick([1, 1, 2, 3])).map { _ in actionPattern() }
        statement.resources = (0..<random.pick([1, 1, 2, 3])).map { _ in resourcePattern() }
        if random.chance(35) {
            let keys = Self.values.keys.sorted().filter { _ in random.chance(30) }
            statement.conditions = keys.compactMap { condition($0) }
        }
        return statement
    }

    private mutating func actionPattern() -> String {
        if random.chance(10) { return "*" }
        let service = random.pick(Self.services + ["*", "e*", "?cs"])
        let verb = random.pick(Self.verbs)
        let noun = random.pick(Self.nouns)
        let name = random.pick([verb + noun, verb + "*", "*" + noun, "*", "?" + verb.dropFirst() + "*", "*c*", verb + noun])
        return random.chance(20) ? "\(service):\(name)".lowercased() : "\(service):\(name)"
    }

    private mutating func resourcePattern() -> String {
        if random.chance(25) { return "*" }
        let relative = random.pick(Self.relatives + ["instance/*", "instance/i-?", "*/*1", "disk/*", "vpc/vpc-?", "*", "i*-1*"])
        return "acs:\(random.pick(Self.services + ["*"])):\(random.pick(Self.regions + ["cn-*", "*", "*"])):"
            + "\(random.pick(Self.accounts + ["*", "*", "1?3"])):\(relative)"
    }

    // MARK: - Conditions

    /// Values that requests give, by key; some that the key's operators cannot read.
    private static let values: [String: [String]] = [
        "acs:SourceIp": ["10.0.0.1", "10.1.2.3", "192.168.1.1", "host"],
        "acs:CurrentTime": ["2026-01-05T00:00:00Z", "2026-01-05T08:00:00+08:00", "2026-01-20T12:30:00Z", "today"],
        "acs:SecureTransport": ["true", "False", "1"],
        "ecs:Count": ["10", "9.5", "-3", "010.0", "ten"],
        "acs:RequestTag/team": ["a", "A", "b", ""],
        "acs:ResourceTag/team": ["a", "b", "ab", ""],
    ]

    private mutating func value(_ key: String) -> String { random.pick(Self.values[key] ?? []) }

    private mutating func condition(_ key: String) -> ModelStatement.Condition? {
        let test: String
        let values: [String]
        switch key {
        case "acs:SourceIp":
            test = random.pick(["IpAddress", "NotIpAddress"])
            values = ["10.0.0.0/8", "10.0.0.1", "192.168.1.1/24", "0.0.0.0/0"]
        case "acs:CurrentTime":
            test = "Date" + random.pick(Self.comparisons)
            values = ["2026-01-05T00:00:00Z", "2026-01-20T12:30:01Z", "2026-01-05T08:00:00+08:00"]
        case "acs:SecureTransport":
            return ModelStatement.Condition(test: "Bool", key: key, values: [random.pick(["true", "false", "TRUE"])])
        case "ecs:Count":
            test = "Numeric" + random.pick(Self.comparisons)
            values = ["10", "10.0", "9.5", "-3", "0"]
        default:
            test = random.pick([
                "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
                "StringNotLike",
            ])
            values = ["a", "A", "b", "", "*", "a?", "?"]
        }
        let picked = (0..<random.pick([1, 1, 2, 3])).map { _ in random.pick(values) }
        return ModelStatement.Condition(test: test, key: key, values: picked)
    }

    private static let comparisons = [
        "Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals",
    ]
}

extension String {
    fileprivate var uppercasedUpToSlash: String {
        let end = firstIndex(of: "/") ?? endIndex
        return self[..<end].uppercased() + self[end...]
    }
}
