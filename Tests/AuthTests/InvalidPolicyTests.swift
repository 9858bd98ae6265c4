import Bytes
import Testing

@testable import Auth

/// Every class of fault that makes a policy invalid, with the place that is reported for it.
struct InvalidPolicyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: PolicyFault.Kind
        var path: String
        var text: String

        init(_ kind: PolicyFault.Kind, _ path: String, _ text: String) {
            self.kind = kind
            self.path = path
            self.text = text
        }

        /// A document whose only statement is `statement`.
        init(_ kind: PolicyFault.Kind, _ path: String, statement: String) {
            self.init(kind, path, "{\"Version\":\"1\",\"Statement\":[\(statement)]}")
        }

        /// A document whose only statement has the condition block `block`.
        init(_ kind: PolicyFault.Kind, _ path: String, condition block: String) {
            self.init(
                kind, path.isEmpty ? "Statement[0].Condition" : "Statement[0].Condition.\(path)",
                statement: "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":\(block)}")
        }

        var testDescription: String { "\(kind.rawValue) at \(path): \(text.prefix(160))" }
    }

    private static let allow = "\"Effect\":\"Allow\",\"Action\":\"ecs:*\",\"Resource\":\"*\""
    private static let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)

    static let cases: [Case] =
        syntax + structure + effects + actions + resources + conditionTypes + operators + keys + values

    private static let syntax = [
        Case(.jsonSyntax, "", ""),
        Case(.jsonSyntax, "", "Version: 1"),
        Case(.jsonSyntax, "", "{\"Version\":\"1\",\"Statement\":[{\(allow)}]"),
        Case(.jsonSyntax, "", "{\"Version\":\"1\",\"Statement\":[{\(allow)}]} x"),
        Case(.jsonSyntax, "", "{\"Version\":\"1\",\"Statement\":[{\(allow)},]}"),
        Case(.jsonSyntax, "", "{\"Version\":\"1\",\"Statement\":[{\(allow)}],}"),
        Case(.jsonSyntax, "", "{\"Version\":\"1\",/* no */\"Statement\":[{\(allow)}]}"),
        Case(.jsonSyntax, "", "{'Version':'1','Statement':[]}"),
        Case(.jsonSyntax, "", "{\"Version\":\"1\",\"Statement\":\(deep)}"),
        Case(.jsonSyntax, "", "\u{FEFF}{\"Version\":\"1\",\"Statement\":[{\(allow)}]}"),
        Case(.duplicateMember, "Statement", "{\"Version\":\"1\",\"Statement\":[{\(allow)}],\"Statement\":[{\(allow)}]}"),
        Case(.duplicateMember, "Statement[0].Effect", statement: "{\(allow),\"Effect\":\"Deny\"}"),
        Case(.duplicateMember, "Statement[0].Effect", statement: "{\(allow),\"\\u0045ffect\":\"Deny\"}"),
        Case(.duplicateMember, "Bool", condition: "{\"Bool\":{\"a:X\":\"true\"},\"Bool\":{\"a:Y\":\"true\"}}"),
        Case(.duplicateMember, "Bool.a:X", condition: "{\"Bool\":{\"a:X\":\"true\",\"a:X\":\"false\"}}"),
        Case(.tooLarge, "", "{\"Version\":\"1\"" + String(repeating: " ", count: PolicyDocument.byteLimit) + "}"),
    ]

    private static let structure = [
        Case(.dataType, "", "[]"),
        Case(.dataType, "", "\"text\""),
        Case(.dataType, "", "null"),
        Case(.invalidVersion, "", "{\"Statement\":[{\(allow)}]}"),
        Case(.invalidVersion, "Version", "{\"Version\":\"2012-10-17\",\"Statement\":[{\(allow)}]}"),
        Case(.invalidVersion, "Version", "{\"Version\":1,\"Statement\":[{\(allow)}]}"),
        Case(.invalidVersion, "Version", "{\"Version\":null,\"Statement\":[{\(allow)}]}"),
        Case(.invalidVersion, "Version", "{\"Version\":\"\",\"Statement\":[{\(allow)}]}"),
        Case(.invalidElement, "Id", "{\"Version\":\"1\",\"Id\":\"x\",\"Statement\":[{\(allow)}]}"),
        Case(.invalidElement, "version", "{\"Version\":\"1\",\"version\":\"1\",\"Statement\":[{\(allow)}]}"),
        Case(.dataType, "", "{\"Version\":\"1\"}"),
        Case(.dataType, "Statement", "{\"Version\":\"1\",\"Statement\":[]}"),
        Case(.dataType, "Statement", "{\"Version\":\"1\",\"Statement\":{\(allow)}}"),
        Case(.dataType, "Statement", "{\"Version\":\"1\",\"Statement\":null}"),
        Case(.dataType, "Statement[1]", "{\"Version\":\"1\",\"Statement\":[{\(allow)},\"x\"]}"),
        Case(.dataType, "Statement[0]", statement: "[]"),
        Case(.invalidElement, "Statement[0].NotResource", statement: "{\(allow),\"NotResource\":\"*\"}"),
        Case(.invalidElement, "Statement[0].Principal", statement: "{\(allow),\"Principal\":\"*\"}"),
        Case(.invalidElement, "Statement[0].Actions", statement: "{\(allow),\"Actions\":\"*\"}"),
        Case(.invalidElement, "Statement[0].effect", statement: "{\(allow),\"effect\":\"Allow\"}"),
        Case(.invalidElement, "Statement[0].condition", statement: "{\(allow),\"condition\":{}}"),
        Case(.dataType, "Statement[0].Sid", statement: "{\(allow),\"Sid\":5}"),
    ]

    private static let effects = [
        Case(.invalidEffect, "Statement[0]", statement: "{\"Action\":\"*\",\"Resource\":\"*\"}"),
        Case(.invalidEffect, "Statement[0].Effect", statement: "{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}"),
        Case(.invalidEffect, "Statement[0].Effect", statement: "{\"Effect\":\"\",\"Action\":\"*\",\"Resource\":\"*\"}"),
        Case(.invalidEffect, "Statement[0].Effect", statement: "{\"Effect\":true,\"Action\":\"*\",\"Resource\":\"*\"}"),
        Case(.invalidEffect, "Statement[0].Effect", statement: "{\"Effect\":[\"Allow\"],\"Action\":\"*\",\"Resource\":\"*\"}"),
    ]

    private static func action(_ kind: PolicyFault.Kind, _ path: String, _ json: String) -> Case {
        Case(kind, "Statement[0].\(path)", statement: "{\"Effect\":\"Allow\",\(json),\"Resource\":\"*\"}")
    }

    private static let actions = [
        Case(.missingAction, "Statement[0]", statement: "{\"Effect\":\"Allow\",\"Resource\":\"*\"}"),
        Case(.missingAction, "Statement[0]", statement: "{\(allow),\"NotAction\":\"ecs:*\"}"),
        action(.dataType, "Action", "\"Action\":[]"),
        action(.dataType, "Action", "\"Action\":5"),
        action(.dataType, "Action", "\"Action\":null"),
        action(.dataType, "Action", "\"Action\":{}"),
        action(.dataType, "Action[1]", "\"Action\":[\"ecs:*\",true]"),
        action(.dataType, "NotAction", "\"NotAction\":[]"),
        action(.invalidAction, "Action", "\"Action\":\"Describe*\""),
        action(.invalidAction, "Action", "\"Action\":\"\""),
        action(.invalidAction, "Action", "\"Action\":\"**\""),
        action(.invalidAction, "Action[1]", "\"Action\":[\"ecs:*\",\"ecs:\"]"),
        action(.invalidAction, "Action[0]", "\"Action\":[\":Describe\",\"ecs:*\"]"),
        action(.invalidAction, "Action", "\"Action\":\"ecs:a:b\""),
        action(.invalidAction, "NotAction", "\"NotAction\":\"ecs\""),
    ]

    private static func resource(_ kind: PolicyFault.Kind, _ path: String, _ json: String) -> Case {
        Case(kind, "Statement[0].\(path)", statement: "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\(json)}")
    }

    private static let resources = [
        Case(.missingResource, "Statement[0]", statement: "{\"Effect\":\"Allow\",\"Action\":\"*\"}"),
        resource(.dataType, "Resource", "[]"),
        resource(.dataType, "Resource", "false"),
        resource(.dataType, "Resource[0]", "[7]"),
        resource(.invalidARNPrefix, "Resource", "\"\""),
        resource(.invalidARNPrefix, "Resource", "\"arn:ecs:*:*:*\""),
        resource(.invalidARNPrefix, "Resource", "\"ACS:ecs:*:*:*\""),
        resource(.invalidARNPrefix, "Resource", "\"*:ecs:*:*:*\""),
        resource(.invalidARNPrefix, "Resource", "\"ac?:ecs:*:*:*\""),
        resource(.invalidARNPrefix, "Resource", "\"**\""),
        resource(.invalidARNPrefix, "Resource", "\" acs:ecs:*:*:*\""),
        resource(.missingARNField, "Resource", "\"acs:*\""),
        resource(.missingARNField, "Resource", "\"acs:ecs:*:instance/*\""),
        resource(.missingARNField, "Resource[1]", "[\"*\",\"acs:vpc:123:vpc/*\"]"),
        resource(.missingARNField, "Resource", "\"acs\""),
    ]

    private static let conditionTypes = [
        Case(.dataType, "", condition: "[]"),
        Case(.dataType, "", condition: "null"),
        Case(.dataType, "", condition: "\"Bool\""),
        Case(.dataType, "Bool", condition: "{\"Bool\":{}}"),
        Case(.dataType, "Bool", condition: "{\"Bool\":[]}"),
        Case(.dataType, "Bool", condition: "{\"Bool\":\"true\"}"),
        Case(.dataType, "Bool.a:X", condition: "{\"Bool\":{\"a:X\":true}}"),
        Case(.dataType, "NumericEquals.a:X", condition: "{\"NumericEquals\":{\"a:X\":5}}"),
        Case(.dataType, "NumericEquals.a:X[1]", condition: "{\"NumericEquals\":{\"a:X\":[\"5\",6]}}"),
        Case(.dataType, "StringEquals.a:X", condition: "{\"StringEquals\":{\"a:X\":[]}}"),
        Case(.dataType, "StringEquals.a:X", condition: "{\"StringEquals\":{\"a:X\":null}}"),
        Case(.dataType, "StringEquals.a:X", condition: "{\"StringEquals\":{\"a:X\":{}}}"),
        Case(.multipleBoolean, "Bool.a:X", condition: "{\"Bool\":{\"a:X\":[\"true\",\"false\"]}}"),
    ]

    private static let operators = [
        "stringEquals", "StringEqual", "StringEqualsIfExists", "BoolIfExists", "Null", "ForAnyValue:StringEquals",
        "ForAllValues:StringLike", "ArnEquals", "ArnLike", "BinaryEquals", "IPAddress", "NumericLessThanOrEquals", "DateBefore",
        " Bool",

    ].map { name in
        Case(.invalidOperator, name, condition: "{\"\(name)\":{\"a:X\":\"true\"}}")
    }

    private static let keys = ["SourceIp", "", ":SourceIp", "acs:", "acs:/team", "tag/acs:x", "/"].map { key in
        Case(.invalidConditionKey, "StringEquals.\(key)", condition: "{\"StringEquals\":{\"\(key)\":\"x\"}}")
    }

    private static let values: [Case] = [
        ("NumericEquals", "ten"), ("NumericEquals", ""), ("NumericEquals", "1e3"), ("NumericEquals", " 1"),
        ("NumericLessThan", "1.2.3"), ("NumericGreaterThan", "0x10"), ("NumericNotEquals", "1,5"),
        ("NumericEquals", "+"), ("NumericEquals", "--1"), ("NumericEquals", "NaN"), ("NumericEquals", "١"),
        ("DateEquals", "2026-01-05"), ("DateEquals", "2026-01-05T00:00:00"), ("DateLessThan", "1767571200"),
        ("DateGreaterThan", "2026-02-30T00:00:00Z"), ("DateEquals", "2026-01-05T00:00:00+8:00"),
        ("DateEquals", "2026-01-05T00:00:60Z"), ("DateEquals", "2026-1-5T00:00:00Z"), ("DateEquals", ""),
        ("DateEquals", "2026-01-05T00:00:00.Z"), ("DateEquals", "2026-01-05T00:00:00+08:60"),
        ("Bool", "1"), ("Bool", "yes"), ("Bool", ""), ("Bool", "true "),
        ("IpAddress", "10.0.0.*"), ("IpAddress", "10.0.0.0/33"), ("IpAddress", "10.0.0.0/"), ("IpAddress", "10.0.0"),
        ("IpAddress", "010.0.0.1"), ("IpAddress", "10.0.0.1:80"), ("IpAddress", "10.0.0.0/08"), ("IpAddress", "host"),
        ("IpAddress", "10.0.0.0/255.0.0.0"), ("NotIpAddress", "2001:db8::/129"), ("NotIpAddress", "fe80::1%eth0"),
        ("IpAddress", "::ffff:10.0.0.0/104"), ("IpAddress", ""), ("IpAddress", "1.2.3.4.5"), ("IpAddress", ":::"),
    ].map { test, value in
        Case(.invalidValue, "\(test).a:X", condition: "{\"\(test)\":{\"a:X\":\"\(value)\"}}")
    }

    @Test("the only fault is the expected one, at its place", arguments: cases)
    func fault(_ line: Case) {
        let faults = faults(of: line.text)
        #expect(faults.map(\.kind) == [line.kind])
        #expect(faults.map(\.path) == [line.path])
        #expect(faults.allSatisfy { !$0.found.isEmpty && !$0.allowed.isEmpty })
    }

    @Test("every class of fault has a case")
    func coverage() {
        #expect(Set(Self.cases.map(\.kind)) == Set(PolicyFault.Kind.allCases))
    }

    @Test("a faulty policy makes its set unusable, whatever the others say", arguments: cases.prefix(12))
    func unusableSet(_ line: Case) throws {
        let good = LoadedPolicy.valid(try document([ModelStatement("Allow *")]))
        let bad = LoadedPolicy.invalid(name: "bad", faults: faults(of: line.text))
        for policies in [[good, bad], [bad, good], [bad]] {
            let set = PolicySet(policies)
            let decision = set.decide(ModelRequest())
            #expect(decision.outcome == .invalidPolicy)
            #expect(!decision.isAllowed)
            #expect(set.reason(for: decision, action: "ecs:X", resources: []).contains("`bad`"))
        }
    }

    @Test("all faults of a document are reported at once, with line and column")
    func allAtOnce() throws {
        let text = """
            {
              "Version": "2",
              "Statement": [
                {"Effect": "allow", "Action": ["Describe*", "ecs:*"], "Resource": "*"},
                {"Effect": "Deny", "Resource": "acs:ecs:*",
                 "Condition": {"StringLikes": {"acs:X": "1"}, "Bool": {"x": "true", "a:Y": "2"}}},
                {"Effect": "Deny", "Action": 5, "Resource": "*", "Foo": 1}
              ]
            }
            """
        let faults = faults(of: text)
        let places = Set(faults.map { "\($0.line) \($0.kind.rawValue) \($0.path)" })
        #expect(
            places == [
                "2 Invalid version Version",
                "4 Invalid effect Statement[0].Effect",
                "4 Invalid action format Statement[0].Action[0]",
                "5 Missing action Statement[1]",
                "5 Missing ARN field Statement[1].Resource",
                "6 Invalid condition operator Statement[1].Condition.StringLikes",
                "6 Invalid condition key format Statement[1].Condition.Bool.x",
                "6 Invalid condition value Statement[1].Condition.Bool.a:Y",
                "7 Data type mismatch Statement[2].Action",
                "7 Invalid policy element Statement[2].Foo",
            ])
        #expect(faults.map(\.line) == faults.map(\.line).sorted())
        #expect(faults.first { $0.kind == .invalidVersion }?.column == 14)
        #expect(faults.allSatisfy { $0.file == "ops.json" })
        let effect = try #require(faults.first { $0.kind == .invalidEffect })
        #expect(
            effect.description
                == "ops.json:4:16: Statement[0].Effect: invalid effect: found `allow`; allowed: \"Allow\" or \"Deny\"")
    }

    @Test("hints: the nearest name, the missing region, the reason of a refusal")
    func hints() throws {
        func only(_ text: String) throws -> PolicyFault { try #require(faults(of: text).first) }
        let statement = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
        #expect(try only(statement + "\"Conditon\":{}}]}").allowed.contains("is Condition meant?"))
        #expect(try only(statement + "\"NotResource\":\"*\"}]}").allowed.contains("2021"))
        #expect(try only(statement + "\"Principal\":\"*\"}]}").allowed.contains("attached to their principals"))
        let short =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"acs:vpc:123:vpc/*\"}]}"
        #expect(try only(short).allowed.contains("`acs:vpc:*:123:vpc/*` meant"))
    }

    @Test(
        "valid documents that look odd",
        arguments: [
            "{\"Version\":\"1\",\"Statement\":[{\(allow),\"Condition\":{}}]}",
            "{\"Version\":\"1\",\"Statement\":[{\(allow),\"Sid\":\"same\"},{\(allow),\"Sid\":\"same\"}]}",
            "{\"Statement\":[{\(allow)}],\"Version\":\"1\"}",
            " \n{\"Version\" : \"\\u0031\", \"Statement\":[{\(allow)}]}\n",
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"NotAction\":[\"ram:*\"],\"Resource\":[\"acs:ram::1:user/a\"]}]}",
            "{\"Version\":\"1\",\"Statement\":[{\(allow),\"Condition\":{\"Bool\":{\"no:such\":[\"TRUE\"]}}}]}",
            "{\"Version\":\"1\",\"Statement\":[{\(allow),\"Condition\":{\"IpAddress\":{\"acs:SourceIp\":\"192.168.0.1/16\"}}}]}",
            "{\"Version\":\"1\",\"Statement\":[{\(allow),\"Condition\":{\"StringEquals\":{\"acs:ResourceTag/\":\"\"}}}]}",
            "{\"Version\":\"1\",\"Statement\":[{\(allow),\"Condition\":{\"StringEquals\":{\"a:X\":\"1\",\"A:x\":\"2\"}}}]}",
        ])
    func odd(_ text: String) {
        #expect(faults(of: text) == [])
    }

    @Test("a document beyond RAM's limit is accepted and known as such")
    func length() throws {
        let ordinary = try document("{\"Version\":\"1\",\"Statement\":[{\(Self.allow)}]}")
        #expect(!ordinary.exceedsRAMLimit)
        let long = try document("{\"Version\":\"1\",\"Statement\":[{\(Self.allow)}]" + String(repeating: " ", count: 6144) + "}")
        #expect(long.exceedsRAMLimit)
        let wide = "{\"Version\":\"1\",\"Statement\":[{\(Self.allow),\"Sid\":\"\(String(repeating: "é", count: 4000))\"}]}"
        #expect(try !document(wide).exceedsRAMLimit, "characters count, not bytes")
    }

    @Test("no text traps the parser, and what it accepts can be decided on")
    func fuzz() {
        var random = SeededGenerator(seed: 3)
        let seeds = Self.cases.map(\.text).filter { $0.utf8.count < 2000 }.map { Array($0.utf8) }
        let pieces: [[UInt8]] = ["\"", "{", "}", "[", "]", ",", ":", "*", "\\u0000", "é", "null", "1"].map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<3000 {
            var text = random.pick(seeds)
            for _ in 0..<random.pick([1, 1, 2, 5]) where !text.isEmpty {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch random.pick([0, 1, 2, 3]) {
                case 0: text.remove(at: place)
                case 1: text[place] = UInt8.random(in: 0...255, using: &random)
                case 2: text.insert(contentsOf: random.pick(pieces), at: place)
                default: text.removeSubrange(place..<min(text.count, place + 9))
                }
            }
            let loaded = load(text)
            if case .valid = loaded { accepted += 1 }
            _ = PolicySet([loaded]).decide(ModelRequest())
        }
        #expect(accepted > 0)
    }

    private func load(_ text: [UInt8]) -> LoadedPolicy {
        text.withView { LoadedPolicy(parsing: $0, name: "ops", file: "ops.json") }
    }

    private func faults(of text: String) -> [PolicyFault] {
        if case .invalid(_, let faults) = load(Array(text.utf8)) { faults } else { [] }
    }
}
