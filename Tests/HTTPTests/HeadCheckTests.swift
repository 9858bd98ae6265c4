import Bytes
import CSystem
import Testing

@testable import HTTP

/// Cuts a head as libmicrohttpd 0.9.75 does: in place, lines at LF, blanks, colons and line ends overwritten with NUL,
/// values as far as their first NUL.
private func check(_ text: String) -> Result<CheckedHead, HeadFault> {
    var bytes = Array(text.unicodeScalars.map { UInt8($0.value) })
    return bytes.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return .failure(.malformedRequestLine) }
        func text(_ offset: Int, _ end: Int) -> ByteView {
            let view = ByteView(start: start + offset, count: end - offset)
            return view.slice(0..<(view.firstOffset(of: 0) ?? view.count))
        }
        var lines: [Range<Int>] = []
        var lineStart = 0
        for index in buffer.indices where buffer[index] == UInt8(ascii: "\n") {
            let hasReturn = index > lineStart && buffer[index - 1] == UInt8(ascii: "\r")
            lines.append(lineStart..<(hasReturn ? index - 1 : index))
            for end in lines[lines.count - 1].upperBound...index { buffer[end] = 0 }
            lineStart = index + 1
            if lines.count > 1, lines[lines.count - 1].isEmpty { break }
        }
        let first = ByteView(start: start, count: lines[0].upperBound)
        let methodEnd = first.firstOffset(of: 0x20) ?? first.count
        var targetStart = methodEnd
        while targetStart < first.count, first[targetStart] == 0x20 { targetStart += 1 }
        let targetEnd = first.lastIndex(of: 0x20) ?? first.count
        // libmicrohttpd refuses a line without three parts itself.
        guard targetStart < targetEnd else { return .failure(.malformedRequestLine) }
        buffer[methodEnd] = 0
        buffer[targetEnd] = 0
        var fields: [mhd_field] = []
        for line in lines.dropFirst() where !line.isEmpty {
            let view = ByteView(start: start, count: line.upperBound)
            guard let colon = view.firstOffset(of: UInt8(ascii: ":"), from: line.lowerBound) else { continue }
            buffer[colon] = 0
            var valueStart = colon + 1
            while valueStart < line.upperBound, [0x20, 9].contains(buffer[valueStart]) { valueStart += 1 }
            let name = text(line.lowerBound, colon)
            let value = text(valueStart, line.upperBound)
            fields.append(
                mhd_field(
                    name: start + line.lowerBound, name_length: name.count, value: start + valueStart,
                    value_length: value.count))
        }
        return fields.withUnsafeBufferPointer { fields in
            let head = RequestHead(
                block: ByteView(start: start, count: lineStart), method: text(0, methodEnd), target: text(targetStart, targetEnd),
                version: text(targetEnd + 1, lines[0].upperBound), fields: fields)
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: KnownHeader.allCases.count) {
                $0.initialize(repeating: 0)
                return HeadCheck.check(head, index: $0)
            }
        }
    }
}

struct HeadCase: Sendable, CustomTestStringConvertible {
    var head: String
    var fault: HeadFault?

    init(_ head: String, _ fault: HeadFault?) {
        self.head = head
        self.fault = fault
    }

    var testDescription: String { head.debugDescription }

    /// A GET with `lines` besides a Host.
    static func headers(_ lines: String, _ fault: HeadFault?) -> HeadCase {
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n", fault)
    }

    static func line(_ line: String, _ fault: HeadFault?) -> HeadCase {
        HeadCase("\(line)\r\nHost: a\r\n\r\n", fault)
    }

    static let requestLines: [HeadCase] = [
        .line("GET / HTTP/1.1", nil),
        .line("PURGE /a?b=c&d#".replacing("#", with: "") + " HTTP/1.0", nil),
        .line("GET /a%20b HTTP/1.1", nil),
        .line("GET http://example.com:80/a?b HTTP/1.1", nil),
        .line("GET HTTPS://[::1]/a HTTP/1.1", nil),
        .line("OPTIONS * HTTP/1.1", nil),
        .line("GET * HTTP/1.1", .invalidTarget),
        .line("GET http:///a HTTP/1.1", .invalidTarget),
        .line("GET http://a\"b/ HTTP/1.1", .invalidTarget),
        .line("GET http://example.com HTTP/1.1", .invalidTarget),
        .line("GET ftp://example.com/ HTTP/1.1", .invalidTarget),
        .line("CONNECT example.com:443 HTTP/1.1", .invalidTarget),
        .line("GET a HTTP/1.1", .invalidTarget),
        .line("GET /a#b HTTP/1.1", .invalidTarget),
        .line("GET /a\u{7F} HTTP/1.1", .invalidTarget),
        .line("GET /\u{E9} HTTP/1.1", .invalidTarget),
        .line("GET /a\tb HTTP/1.1", .invalidTarget),
        .line("GET /a b HTTP/1.1", .invalidTarget),
        .line("GET /a\rb HTTP/1.1", .invalidTarget),
        .line("GET  / HTTP/1.1", .malformedRequestLine),
        .line("GET /\0 HTTP/1.1", .malformedRequestLine),
        .line("GET\0 / HTTP/1.1", .malformedRequestLine),
        .line("GET / HTTP/1.1 ", .malformedRequestLine),
        .line("G\u{E9}T / HTTP/1.1", .invalidMethod),
        .line("GE(T / HTTP/1.1", .invalidMethod),
        .line("GE\tT / HTTP/1.1", .invalidMethod),
        .line(" / HTTP/1.1", .invalidMethod),
        .line("GET / HTTP/1.2", .unsupportedVersion),
        .line("GET / HTTP/2.0", .unsupportedVersion),
        .line("GET / http/1.1", .unsupportedVersion),
        .line("GET / HTTP/1.10", .malformedRequestLine),
    ]

    static let headerLines: [HeadCase] = [
        .headers("Accept: */*", nil),
        .headers("Accept:*/*\r\nX-Empty:\r\nX-Tab: a\tb\r\nX-Text: \u{E9}", nil),
        .headers("X-Trailing: a \t", nil),
        .headers("x!#$%&'*+-.^_`|~: 1", nil),
        .headers("Accept : a", .invalidHeaderName),
        .headers("Acc\tept: a", .invalidHeaderName),
        .headers(": a", .invalidHeaderName),
        .headers("Acc(ept: a", .invalidHeaderName),
        .headers("X-\u{E9}: a", .invalidHeaderName),
        .headers("X: a\u{1}b", .invalidHeaderValue),
        .headers("X: a\rb", .invalidHeaderValue),
        .headers("X: a\u{7F}", .invalidHeaderValue),
        .headers("X: a\0b", .malformedHeaderLine),
        .headers("X: a\nY: b", .malformedHeaderLine),
        .headers("X: a\n", .malformedHeaderLine),
        // A folded line is no field of its own; libmicrohttpd appends it to the one before.
        .headers("X: a\r\n folded", .malformedHeaderLine),
        .headers("X: a\r\n \r\nY: b", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\nHost: a\r\n\r\n", .malformedRequestLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\n\r\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\nHost: a\r\n\n", .malformedHeaderLine),
        HeadCase("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .invalidHeaderName),
    ]

    static let framing: [HeadCase] = [
        HeadCase("GET / HTTP/1.1\r\n\r\n", .missingHost),
        HeadCase("GET / HTTP/1.0\r\n\r\n", nil),
        HeadCase("GET / HTTP/1.1\r\nHost:\r\n\r\n", nil),
        HeadCase("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", nil),
        HeadCase("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .invalidHost),
        HeadCase("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .invalidHost),
        HeadCase("GET / HTTP/1.1\r\nHost: u@b\r\n\r\n", .invalidHost),
        .headers("Host: a", .repeatedHost),
        .headers("hOST: b", .repeatedHost),
        .headers("Content-Length: 5", nil),
        .headers("Content-Length: 0", nil),
        .headers("Content-Length: 5\r\nContent-Length: 5", .repeatedContentLength),
        .headers("Content-Length: 5\r\nCONTENT-LENGTH: 6", .repeatedContentLength),
        .headers("Content-Length: 5, 5", .invalidContentLength),
        .headers("Content-Length: +5", .invalidContentLength),
        .headers("Content-Length: -5", .invalidContentLength),
        .headers("Content-Length: 0x5", .invalidContentLength),
        .headers("Content-Length: 5 ", .invalidContentLength),
        .headers("Content-Length:", .invalidContentLength),
        .headers("Content-Length: 99999999999999999999", .invalidContentLength),
        .headers("Transfer-Encoding: chunked", nil),
        .headers("Transfer-Encoding: Chunked", .unsupportedTransferEncoding),
        .headers("Transfer-Encoding: chunked ", .unsupportedTransferEncoding),
        .headers("Transfer-Encoding: gzip, chunked", .unsupportedTransferEncoding),
        .headers("Transfer-Encoding: identity", .unsupportedTransferEncoding),
        .headers("Transfer-Encoding: xchunked", .unsupportedTransferEncoding),
        .headers("Transfer-Encoding:", .unsupportedTransferEncoding),
        .headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .repeatedTransferEncoding),
        .headers("Transfer-Encoding: chunked\r\nContent-Length: 5", .contentLengthWithTransferEncoding),
        .headers("Content-Length: 5\r\nTransfer-Encoding: chunked", .contentLengthWithTransferEncoding),
        HeadCase(
            "GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", .unsupportedTransferEncoding),
        .headers("Authorization: Bearer a\r\nauthorization: Bearer b", .repeatedAuthorization),
        .headers("Accept: a\r\nAccept: b", nil),
    ]
}

@Suite struct HeadCheckTests {
    @Test(arguments: HeadCase.requestLines + HeadCase.headerLines + HeadCase.framing)
    func findsTheFault(_ example: HeadCase) {
        switch check(example.head) {
        case .success: #expect(example.fault == nil)
        case .failure(let fault): #expect(fault == example.fault)
        }
    }

    @Test(arguments: [
        ("/a?b", "/a?b"), ("http://h/a?b", "/a?b"), ("https://h:1/", "/"),
    ]) func originForm(target: String, expected: String) throws {
        // The view dies with the head, so its length stands for it here: it is a suffix of the target.
        let head = try check("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n").get()
        #expect(head.originForm.count == expected.utf8.count)
    }

    @Test(arguments: [
        ("Content-Length: 0", CheckedHead.Body.none), ("Content-Length: 12", .length(12)),
        ("Content-Length: 9999999999999999999", .length(9_999_999_999_999_999_999)),
        ("Transfer-Encoding: chunked", .chunked), ("Accept: a", .none),
    ]) func body(line: String, expected: CheckedHead.Body) throws {
        try #expect(check("POST / HTTP/1.1\r\nHost: h\r\n\(line)\r\n\r\n").get().body == expected)
    }

    /// Every byte that no head may hold, in place of every byte of a good one but its last line ends: always found.
    @Test(arguments: [0, 1, 8, 10, 11, 13, 31, 127]) func noControlCharacterPasses(byte: UInt8) {
        let good = Array("POST /a?b HTTP/1.1\r\nHost: h\r\nX: y\r\n\r\n".unicodeScalars)
        for position in 0..<(good.count - 4) where good[position].value != byte {
            var head = good
            head[position] = Unicode.Scalar(byte)
            if case .success = check(String(String.UnicodeScalarView(head))) {
                // A NUL before LF cannot be told from CR: both ends of a line are overwritten with NUL.
                #expect(byte == 0 && good[position] == "\r", "byte \(byte) at \(position)")
            }
        }
    }
}

@Suite struct KnownHeaderTests {
    @Test(arguments: KnownHeader.allCases) func isFoundByItsNameInAnyCase(_ header: KnownHeader) {
        for name in ["\(header.lowercaseName)", "\(header.lowercaseName)".uppercased()] {
            #expect(Array(name.utf8).withUnsafeBufferPointer { KnownHeader($0) } == header)
        }
    }

    @Test(arguments: ["", "hosT2", "x-request-i", "authorizatiom"]) func othersAreNot(_ name: String) {
        #expect(Array(name.utf8).withUnsafeBufferPointer { KnownHeader($0) } == nil)
    }
}
