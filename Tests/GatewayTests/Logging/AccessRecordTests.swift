import Bytes
import Foundation
import HTTP
import Testing

@testable import Gateway

@Suite struct AccessRecordTests {
    /// 2026-11-21T08:45:32.833Z
    static let time: UInt64 = 1_795_250_732_833_999_999

    static func line(
        id: [UInt8] = Array("req-1".utf8), method: String = "GET", target: [UInt8] = Array("/instances".utf8),
        style: LogStyle = .json, _ change: (inout AccessRecord) -> Void = { _ in }
    ) throws -> String {
        let address = try #require(IPAddress("192.0.2.7"))
        var output: [UInt8] = []
        var clock = LogTime()
        id.withView { id in
            Array(method.utf8).withView { method in
                target.withView { target in
                    var record = AccessRecord(
                        time: time, requestID: id, method: method, target: target, status: 200, totalTime: 12_345_678,
                        bytes: 4096, peer: .ip(address, port: 40_000)
                    )
                    change(&record)
                    switch style {
                    case .json: record.appendJSON(to: &output, &clock)
                    case .text: record.appendText(to: &output, &clock, style)
                    }
                }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    @Test func aLineWithLittleToTell() throws {
        #expect(
            try Self.line() == """
                {"time":"2026-11-21T08:45:32.833Z","level":"info","msg":"request","request_id":"req-1","method":"GET",\
                "path":"/instances","status":200,"total_ms":12.345,"bytes":4096,"peer":"192.0.2.7"}

                """
        )
    }

    @Test func aLineWithEverything() throws {
        let line = try Self.line(method: "POST") { record in
            record.status = 403
            record.end = "caller-gone"
            record.principal = "viewer"
            record.action = "ecs:RunInstances"
            record.decision = "ImplicitDeny"
            record.cache = "miss"
            record.account = "sandbox"
            record.code = "Forbidden.Policy"
            record.upstreamTime = 1_000_500
            record.cloudRequestID = "0A1B"
            record.peer = .unix(uid: 1000, gid: 1000, pid: 7)
        }
        #expect(
            line == """
                {"time":"2026-11-21T08:45:32.833Z","level":"info","msg":"request","request_id":"req-1","method":"POST",\
                "path":"/instances","status":403,"end":"caller-gone","principal":"viewer","action":"ecs:RunInstances",\
                "decision":"ImplicitDeny","cache":"miss","account":"sandbox","code":"Forbidden.Policy",\
                "upstream_ms":1.000,"total_ms":12.345,"bytes":4096,"acs_request_id":"0A1B","peer":"uid=1000"}

                """
        )
    }

    @Test(arguments: [
        ("10.0.0.255", "10.0.0.255"), ("::1", "::1"), ("2001:db8::5", "2001:db8::5"), ("::ffff:127.0.0.1", "127.0.0.1"),
    ])
    func peers(_ text: String, _ written: String) throws {
        let address = try #require(IPAddress(text))
        let line = try Self.line { $0.peer = .ip(address, port: 1) }
        #expect(line.contains("\"peer\":\"\(written)\""))
    }

    @Test(arguments: [
        "/instances?Signature=SECRET", "/instances?token=SECRET", "/a?SECRET?b", "/?SECRET",
    ])
    func aQueryIsNeverLogged(_ target: String) throws {
        for style in [LogStyle.json, .text(isColoured: false), .text(isColoured: true)] {
            #expect(try !Self.line(target: Array(target.utf8), style: style).contains("SECRET"))
        }
    }

    /// What a caller may try to break out of its line, to forge another, or to talk to the terminal.
    static let attacks: [[UInt8]] = [
        Array("/a\n{\"level\":\"info\"}".utf8), Array("/a\r\nfoo".utf8), Array("/\"},{\"".utf8), Array("/\\".utf8),
        Array("/\u{1B}[2J".utf8), Array("/\u{9B}2J".utf8), Array("/\u{85}x".utf8), [0x2F, 0, 0x7F, 8],
        [0x2F, 0xFF, 0xFE], [0x2F, 0xC2], [0x2F, 0xC2, 0x41], [0x2F, 0xE2, 0x82], Array("/é€😀\u{A0}".utf8),
        [0xC2, 0xC2, 0x9B, 0xC2, 0x9B],
    ]

    @Test(arguments: attacks)
    func aLineStaysOneLineOfPrintableText(_ bytes: [UInt8]) throws {
        for style in [LogStyle.json, .text(isColoured: false)] {
            let line = try Self.line(id: bytes, target: bytes, style: style) { record in
                record.principal = String(decoding: bytes, as: UTF8.self)
                record.cloudRequestID = String(decoding: bytes, as: UTF8.self)
            }
            #expect(line.hasSuffix("\n"))
            #expect(
                line.unicodeScalars.dropLast().allSatisfy { $0.properties.generalCategory != .control },
                "\(line.debugDescription)"
            )
        }
        let json = try Self.line(id: bytes, target: bytes)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any], "\(json.debugDescription)"
        )
        // How many replacement characters stand for one broken sequence is nobody's concern.
        let parts = (object["path"] as? String)?.split(separator: "\u{FFFD}")
        #expect(parts == String(decoding: bytes, as: UTF8.self).split(separator: "\u{FFFD}"))
    }

    @Test func textForPeople() throws {
        let line = try Self.line(style: .text(isColoured: false)) { record in
            record.principal = "viewer"
            record.action = "ecs:DescribeInstances"
            record.decision = "Allow"
            record.cache = "miss"
            record.upstreamTime = 11_700_000
        }
        #expect(
            line
                == "08:45:32.833 GET /instances 200 12.345 ms (cloud 11.700) 4096 B viewer ecs:DescribeInstances Allow miss\n"
        )
    }

    @Test(arguments: [(200, "32"), (304, "32"), (404, "33"), (502, "31"), (0, "31")] as [(UInt16, String)])
    func statusesHaveColours(_ status: UInt16, _ colour: String) throws {
        let line = try Self.line(style: .text(isColoured: true)) { $0.status = status }
        #expect(line.contains("\u{1B}[\(colour)m\(status)\u{1B}[0m"))
    }
}
