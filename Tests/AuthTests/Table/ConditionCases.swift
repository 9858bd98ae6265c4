@testable import Auth

/// Condition operators: rules C1 to C8 and the table of formats.
///
/// Each row is one condition and a request's value. It gives a case with an Allow under that condition, one with a Deny
/// under it beside an Allow of everything, and both again with the negated operator where there is one.
enum ConditionCases {
    static let all = rows.flatMap(\.cases) + combinations

    struct Row {
        var rule: String
        var test: ConditionOperator
        var operands: [String]
        /// Nil for a missing key.
        var value: String?
        var verdict: ConditionVerdict

        var cases: [DecisionCase] {
            let positive = cases(test, verdict)
            guard let negated = Self.negations[test] else { return positive }
            return positive + cases(negated, verdict.negated)
        }

        private func cases(_ test: ConditionOperator, _ verdict: ConditionVerdict) -> [DecisionCase] {
            let values = operands.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: " ")
            let condition = "if \(test.rawValue) test:Key \(values)"
            let context = value.map { ["test:Key": $0] } ?? [:]
            return [
                DecisionCase(
                    rule, verdict == .met ? .allow : .implicitDeny, "Allow ecs:* \(condition)", context: context),
                DecisionCase(
                    rule, verdict == .notMet ? .allow : .explicitDeny, "Allow *", "Deny ecs:* \(condition)",
                    context: context),
            ]
        }

        private static let negations: [ConditionOperator: ConditionOperator] = [
            .stringEquals: .stringNotEquals, .stringEqualsIgnoreCase: .stringNotEqualsIgnoreCase,
            .stringLike: .stringNotLike, .numericEquals: .numericNotEquals, .dateEquals: .dateNotEquals,
            .ipAddress: .notIpAddress,
        ]
    }

    private static func row(
        _ rule: String, _ test: ConditionOperator, _ operands: [String], _ value: String?, _ verdict: ConditionVerdict
    ) -> Row {
        Row(rule: rule, test: test, operands: operands, value: value, verdict: verdict)
    }

    static let rows = missing + strings + numbers + dates + booleans + addresses

    /// A missing key never meets a positive operator and always meets a negated one.
    private static let missing: [Row] = ConditionOperator.allCases.filter { !$0.isNegated }.map { test in
        let operand =
            switch test.family {
            case .string: "*"
            case .numeric: "0"
            case .date: "2026-01-01T00:00Z"
            case .boolean: "false"
            case .address: "0.0.0.0/0"
            }
        return row("C3/C4 missing key", test, [operand], nil, .notMet)
    }

    private static let strings = [
        row("StringEquals", .stringEquals, ["web"], "web", .met),
        row("StringEquals minds case", .stringEquals, ["web"], "Web", .notMet),
        row("StringEquals whole value", .stringEquals, ["web"], "web1", .notMet),
        row("StringEquals plain star", .stringEquals, ["w*"], "web", .notMet),
        row("StringEquals plain star", .stringEquals, ["w*"], "w*", .met),
        row("StringEquals plain question mark", .stringEquals, ["we?"], "web", .notMet),
        row("C1 any of the values", .stringEquals, ["a", "b", "c"], "b", .met),
        row("C2 none of the values", .stringEquals, ["a", "b", "c"], "d", .notMet),
        row("C5 empty value", .stringEquals, [""], "", .met),
        row("C5 empty value", .stringEquals, ["a"], "", .notMet),
        row("C5 empty value is no absence", .stringEquals, [""], nil, .notMet),
        row("M8 no variables", .stringEquals, ["${acs:user}"], "${acs:user}", .met),
        row("M1 no normalisation", .stringEquals, ["é"], "e\u{301}", .notMet),
        row("StringEqualsIgnoreCase", .stringEqualsIgnoreCase, ["WEB"], "web", .met),
        row("StringEqualsIgnoreCase", .stringEqualsIgnoreCase, ["web"], "WEB", .met),
        row("StringEqualsIgnoreCase ASCII only", .stringEqualsIgnoreCase, ["É"], "é", .notMet),
        row("StringEqualsIgnoreCase plain star", .stringEqualsIgnoreCase, ["W*"], "web", .notMet),
        row("StringEqualsIgnoreCase length", .stringEqualsIgnoreCase, ["web"], "webs", .notMet),
        row("StringLike", .stringLike, ["vpc-*"], "vpc-1", .met),
        row("StringLike minds case", .stringLike, ["VPC-*"], "vpc-1", .notMet),
        row("StringLike whole value", .stringLike, ["pc-*"], "vpc-1", .notMet),
        row("StringLike slash and colon", .stringLike, ["a*z"], "a/b:c/z", .met),
        row("StringLike one character", .stringLike, ["?"], "é", .met),
        row("StringLike one character", .stringLike, ["?"], "", .notMet),
        row("C5 StringLike star on empty", .stringLike, ["*"], "", .met),
        row("StringLike of two", .stringLike, ["Development/*", ""], "", .met),
        row("StringLike of two", .stringLike, ["Development/*", ""], "Production/x", .notMet),
        row("C7 text of an address", .stringLike, ["10.0.*"], "10.0.3.4", .met),
    ]

    private static let numbers = [
        row("NumericEquals", .numericEquals, ["10"], "10", .met),
        row("NumericEquals exact", .numericEquals, ["10"], "10.0", .met),
        row("NumericEquals exact", .numericEquals, ["010"], "10", .met),
        row("NumericEquals exact", .numericEquals, ["0.1"], "0.10", .met),
        row("NumericEquals no rounding", .numericEquals, ["9007199254740993"], "9007199254740992", .notMet),
        row("NumericEquals no rounding", .numericEquals, ["0.1"], "0.1000000000000000000000001", .notMet),
        row("NumericEquals signs", .numericEquals, ["+5"], "5", .met),
        row("NumericEquals signs", .numericEquals, ["-5"], "5", .notMet),
        row("NumericEquals zero", .numericEquals, ["-0"], "0.00", .met),
        row("NumericEquals list", .numericEquals, ["1", "2", "3"], "2.0", .met),
        row("C6 text", .numericEquals, ["10"], "ten", .undecided),
        row("C6 empty", .numericEquals, ["10"], "", .undecided),
        row("C6 exponent", .numericEquals, ["10"], "1e1", .undecided),
        row("C6 blank", .numericEquals, ["10"], " 10", .undecided),
        row("C6 two points", .numericEquals, ["10"], "1.0.0", .undecided),
        row("C6 bare sign", .numericEquals, ["10"], "-", .undecided),
        row("C6 hexadecimal", .numericEquals, ["10"], "0xA", .undecided),
        row("C6 a comma", .numericEquals, ["10"], "10,0", .undecided),
        row("NumericLessThan", .numericLessThan, ["10"], "9.999", .met),
        row("NumericLessThan", .numericLessThan, ["10"], "10", .notMet),
        row("NumericLessThan by value", .numericLessThan, ["10"], "9", .met),
        row("NumericLessThan negative", .numericLessThan, ["-1"], "-2", .met),
        row("NumericLessThan negative", .numericLessThan, ["-1"], "1", .notMet),
        row("C6 less than text", .numericLessThan, ["10"], "x", .undecided),
        row("NumericLessThanEquals", .numericLessThanEquals, ["10"], "10.00", .met),
        row("NumericLessThanEquals", .numericLessThanEquals, ["10"], "10.01", .notMet),
        row("NumericGreaterThan", .numericGreaterThan, ["10"], "100", .met),
        row("NumericGreaterThan", .numericGreaterThan, ["10"], "10", .notMet),
        row("NumericGreaterThan any", .numericGreaterThan, ["1000", "10"], "11", .met),
        row("NumericGreaterThanEquals", .numericGreaterThanEquals, ["-10.5"], "-10.50", .met),
        row("NumericGreaterThanEquals", .numericGreaterThanEquals, ["-10.5"], "-10.51", .notMet),
    ]

    private static let dates = [
        row("DateEquals", .dateEquals, ["2026-01-05T00:00:00Z"], "2026-01-05T00:00:00Z", .met),
        row("DateEquals zones", .dateEquals, ["2026-01-05T08:00:00+08:00"], "2026-01-05T00:00:00Z", .met),
        row("DateEquals zones", .dateEquals, ["2026-01-04T19:00:00-05:00"], "2026-01-05T00:00:00Z", .met),
        row("DateEquals seconds left out", .dateEquals, ["2026-01-05T00:00Z"], "2026-01-05T00:00:00Z", .met),
        row("DateEquals fraction", .dateEquals, ["2026-01-05T00:00:00.500Z"], "2026-01-05T00:00:00.5Z", .met),
        row("DateEquals fraction", .dateEquals, ["2026-01-05T00:00:00.500Z"], "2026-01-05T00:00:00Z", .notMet),
        row("DateLessThan", .dateLessThan, ["2026-01-05T00:00:00Z"], "2026-01-04T23:59:59.999Z", .met),
        row("DateLessThan", .dateLessThan, ["2026-01-05T00:00:00Z"], "2026-01-05T00:00:00Z", .notMet),
        row("DateLessThan instants", .dateLessThan, ["2026-01-05T00:00:00Z"], "2026-01-05T01:00:00+08:00", .met),
        row("DateLessThanEquals", .dateLessThanEquals, ["2019-08-12T17:00:00+08:00"], "2019-08-12T09:00:00Z", .met),
        row("DateLessThanEquals", .dateLessThanEquals, ["2019-08-12T17:00:00+08:00"], "2019-08-12T09:00:01Z", .notMet),
        row("DateGreaterThan", .dateGreaterThan, ["2026-02-28T23:59:59Z"], "2026-03-01T00:00:00Z", .met),
        row("DateGreaterThan leap day", .dateGreaterThan, ["2024-02-28T23:59:59Z"], "2024-02-29T00:00:00Z", .met),
        row("DateGreaterThanEquals", .dateGreaterThanEquals, ["2026-01-05T00:00:00Z"], "2026-01-04T23:59:59Z", .notMet),
        row("DateGreaterThanEquals", .dateGreaterThanEquals, ["2026-01-05T00:00:00Z"], "2026-01-05T00:00:00Z", .met),
        row("Date before 1970", .dateLessThan, ["1970-01-01T00:00:00Z"], "1969-12-31T23:59:59Z", .met),
        row("C6 bare date", .dateEquals, ["2026-01-05T00:00:00Z"], "2026-01-05", .undecided),
        row("C6 local time", .dateEquals, ["2026-01-05T00:00:00Z"], "2026-01-05T00:00:00", .undecided),
        row("C6 epoch", .dateEquals, ["2026-01-05T00:00:00Z"], "1767571200", .undecided),
        row("C6 no such day", .dateEquals, ["2026-01-05T00:00:00Z"], "2026-02-29T00:00:00Z", .undecided),
        row("C6 no such hour", .dateLessThan, ["2026-01-05T00:00:00Z"], "2026-01-01T24:00:00Z", .undecided),
        row("C6 no such month", .dateLessThan, ["2026-01-05T00:00:00Z"], "2025-13-01T00:00:00Z", .undecided),
        row("C6 zone without colon", .dateLessThan, ["2026-01-05T00:00:00Z"], "2025-01-01T00:00:00+0800", .undecided),
        row("C6 small letters", .dateLessThan, ["2026-01-05T00:00:00Z"], "2025-01-01t00:00:00z", .undecided),
        row("C6 blank", .dateLessThan, ["2026-01-05T00:00:00Z"], "2025-01-01 00:00:00Z", .undecided),
        row("C6 text behind", .dateLessThan, ["2026-01-05T00:00:00Z"], "2025-01-01T00:00:00Zx", .undecided),
        row("C6 point without digits", .dateLessThan, ["2026-01-05T00:00:00Z"], "2025-01-01T00:00:00.Z", .undecided),
    ]

    private static let booleans = [
        row("Bool", .bool, ["true"], "true", .met),
        row("Bool", .bool, ["true"], "false", .notMet),
        row("Bool", .bool, ["false"], "false", .met),
        row("Bool ignores case", .bool, ["True"], "TRUE", .met),
        row("C6 not 1", .bool, ["true"], "1", .undecided),
        row("C6 not yes", .bool, ["false"], "no", .undecided),
        row("C6 empty", .bool, ["false"], "", .undecided),
    ]

    private static let addresses = [
        row("IpAddress", .ipAddress, ["172.16.215.218"], "172.16.215.218", .met),
        row("IpAddress", .ipAddress, ["172.16.215.218"], "172.16.215.219", .notMet),
        row("IpAddress block", .ipAddress, ["192.168.0.0/16"], "192.168.255.1", .met),
        row("IpAddress block", .ipAddress, ["192.168.0.0/16"], "192.169.0.1", .notMet),
        row("IpAddress host bits", .ipAddress, ["192.168.7.9/16"], "192.168.1.1", .met),
        row("IpAddress all", .ipAddress, ["0.0.0.0/0"], "203.0.113.9", .met),
        row("IpAddress odd prefix", .ipAddress, ["10.0.0.0/9"], "10.127.0.1", .met),
        row("IpAddress odd prefix", .ipAddress, ["10.0.0.0/9"], "10.128.0.1", .notMet),
        row("IpAddress /32", .ipAddress, ["10.0.0.1/32"], "10.0.0.1", .met),
        row("IpAddress list", .ipAddress, ["10.0.0.0/8", "172.16.0.1"], "172.16.0.1", .met),
        row("IpAddress IPv6", .ipAddress, ["2001:db8::/32"], "2001:db8:1::9", .met),
        row("IpAddress IPv6", .ipAddress, ["2001:db8::/32"], "2001:db9::1", .notMet),
        row("IpAddress IPv6 forms", .ipAddress, ["2001:db8::1"], "2001:0DB8:0:0:0:0:0:1", .met),
        row("IpAddress IPv6 host bits", .ipAddress, ["2001:db8::ffff/64"], "2001:db8::1", .met),
        row("IpAddress IPv6 all", .ipAddress, ["::/0"], "2001:db8::1", .met),
        row("IpAddress families", .ipAddress, ["0.0.0.0/0"], "2001:db8::1", .notMet),
        row("IpAddress families", .ipAddress, ["::/0"], "10.0.0.1", .notMet),
        row("IpAddress mapped request", .ipAddress, ["10.0.0.0/8"], "::ffff:10.1.2.3", .met),
        row("IpAddress mapped request", .ipAddress, ["10.0.0.0/8"], "::ffff:a01:203", .met),
        row("IpAddress mapped request", .ipAddress, ["::/0"], "::ffff:10.1.2.3", .notMet),
        row("C6 host name", .ipAddress, ["10.0.0.0/8"], "localhost", .undecided),
        row("C6 leading zero", .ipAddress, ["10.0.0.0/8"], "010.0.0.1", .undecided),
        row("C6 port", .ipAddress, ["10.0.0.0/8"], "10.0.0.1:80", .undecided),
        row("C6 zone", .ipAddress, ["fe80::/10"], "fe80::1%eth0", .undecided),
        row("C6 a block", .ipAddress, ["10.0.0.0/8"], "10.0.0.0/8", .undecided),
        row("C6 three fields", .ipAddress, ["10.0.0.0/8"], "10.0.1", .undecided),
        row("C6 too large", .ipAddress, ["10.0.0.0/8"], "10.0.0.256", .undecided),
        row("C6 two gaps", .ipAddress, ["::/0"], "1::2::3", .undecided),
        row("C6 nine groups", .ipAddress, ["::/0"], "1:2:3:4:5:6:7:8:9", .undecided),
        row("C6 empty", .ipAddress, ["10.0.0.0/8"], "", .undecided),
    ]

    /// Several conditions together, and the names of keys.
    private static let combinations: [DecisionCase] = [
        DecisionCase(
            "C1 keys are ANDed", .allow, "Allow * if StringEquals a:X 1 & StringEquals a:Y 2",
            context: ["a:X": "1", "a:Y": "2"]),
        DecisionCase(
            "C1 keys are ANDed", .implicitDeny, "Allow * if StringEquals a:X 1 & StringEquals a:Y 2",
            context: ["a:X": "1", "a:Y": "3"]),
        DecisionCase(
            "C1 operators are ANDed", .implicitDeny, "Allow * if StringEquals a:X 1 & Bool a:Y true",
            context: ["a:X": "1", "a:Y": "false"]),
        DecisionCase(
            "C1 a range", .allow, "Allow * if NumericGreaterThan a:X 1 & NumericLessThan a:X 5", context: ["a:X": "3"]),
        DecisionCase(
            "C1 a range", .implicitDeny, "Allow * if NumericGreaterThan a:X 1 & NumericLessThan a:X 5",
            context: ["a:X": "7"]),
        DecisionCase(
            "C1 the same for Deny", .allow, "Allow *", "Deny * if StringEquals a:X 1 & StringEquals a:Y 2",
            context: ["a:X": "1", "a:Y": "3"]),
        DecisionCase(
            "C1 OR needs two statements", .allow, "Allow * if StringEquals a:X 1", "Allow * if StringEquals a:Y 2",
            context: ["a:X": "0", "a:Y": "2"]),
        DecisionCase(
            "C6 undecided beside not met", .allow, "Allow *", "Deny * if NumericEquals a:X 1 & StringEquals a:Y 2",
            context: ["a:X": "text", "a:Y": "3"]),
        DecisionCase(
            "C6 undecided beside met", .explicitDeny, "Allow *", "Deny * if NumericEquals a:X 1 & StringEquals a:Y 2",
            context: ["a:X": "text", "a:Y": "2"]),
        DecisionCase(
            "C6 undecided beside met", .implicitDeny, "Allow * if NumericEquals a:X 1 & StringEquals a:Y 2",
            context: ["a:X": "text", "a:Y": "2"]),
        DecisionCase(
            "C6 undecided beside missing", .allow, "Allow *", "Deny * if NumericEquals a:X 1 & Bool a:Y false",
            context: ["a:X": "text"]),
        DecisionCase(
            "C3 MFA false with an AccessKey", .implicitDeny, "Allow * if Bool acs:MFAPresent false"),
        DecisionCase(
            "C4 backstop for untagged", .explicitDeny, "Allow *", "Deny * if StringNotEquals acs:ResourceTag/owner me"),
        DecisionCase(
            "C4 both forms together", .implicitDeny, "Allow * if StringNotEquals a:X 1 & StringLike a:X *"),
        DecisionCase(
            "K1 names ignore case", .allow, "Allow * if StringEquals ACS:PRINCIPALARN me",
            context: ["acs:PrincipalArn": "me"]),
        DecisionCase(
            "K1 names ignore case", .allow, "Allow * if StringEquals acs:requesttag/Team a",
            context: ["acs:RequestTag/Team": "a"]),
        DecisionCase(
            "K1 tag keys mind case", .implicitDeny, "Allow * if StringEquals acs:RequestTag/team a",
            context: ["acs:RequestTag/Team": "a"]),
        DecisionCase(
            "K1 tag keys hold colons and slashes", .allow, "Allow * if StringEquals acs:RequestTag/a:b/c x",
            context: ["acs:requestTag/a:b/c": "x"]),
        DecisionCase(
            "K1 split at the first slash", .implicitDeny, "Allow * if StringEquals acs:RequestTag/a/B x",
            context: ["acs:RequestTag/a/b": "x"]),
        DecisionCase(
            "K1 stars in names are plain", .implicitDeny, "Allow * if StringEquals acs:RequestTag/* x",
            context: ["acs:RequestTag/a": "x"]),
        DecisionCase(
            "K1 stars in names are plain", .allow, "Allow * if StringEquals acs:RequestTag/* x",
            context: ["acs:RequestTag/*": "x"]),
        DecisionCase("K2 unknown keys are missing", .implicitDeny, "Allow * if StringLike no:Such *"),
        DecisionCase(
            "K3 tags of the resource", .allow, [["Allow * if StringEquals acs:ResourceTag/env dev"]],
            to: [DecisionCase.instance], resourceContext: [0: ["acs:ResourceTag/env": "dev"]]),
        DecisionCase(
            "K3 tags of another resource", .implicitDeny, [["Allow * if StringEquals acs:ResourceTag/env dev"]],
            to: [DecisionCase.instance, "acs:ecs:cn-x:1:disk/d-1"],
            resourceContext: [0: ["acs:ResourceTag/env": "dev"]]),
        DecisionCase(
            "K3 each resource by its own tags", .explicitDeny,
            [["Allow *", "Deny * if StringEquals acs:ResourceTag/env prod"]],
            to: [DecisionCase.instance, "acs:ecs:cn-x:1:disk/d-1"],
            resourceContext: [0: ["acs:ResourceTag/env": "dev"], 1: ["acs:ResourceTag/env": "prod"]]),
        DecisionCase(
            "K3 a new resource has none", .allow,
            [
                [
                    "Allow vpc:CreateVSwitch on acs:vpc:*:*:vpc/* if StringEquals vpc:tag/env dev",
                    "Allow vpc:CreateVSwitch on acs:vpc:*:*:vswitch/*",
                ]
            ], does: "vpc:CreateVSwitch", to: ["acs:vpc:cn-x:1:vpc/v-1", "acs:vpc:cn-x:1:vswitch/*"],
            resourceContext: [0: ["vpc:tag/env": "dev"]]),
    ]
}
