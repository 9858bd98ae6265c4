import Bytes
import Logging
import Testing

@testable import Gateway

@Suite struct LogSinkTests {
    @Test func linesArriveInOrderFromManyThreads() async {
        let pipe = LogPipe()
        let sink = LogSink(descriptor: pipe.writing, style: .json)
        let reading = pipe.linesInBackground()
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<1000 {
                        var line = Array("\(writer) \(number) \(String(repeating: "x", count: number % 100))\n".utf8)
                        sink.submit(&line, count: 1)
                        #expect(line.isEmpty)
                    }
                }
            }
        }
        #expect(sink.close())
        pipe.closeWritingEnd()
        let read = reading.lines()
        #expect(read.count == 4000)
        for writer in 0..<4 {
            let numbers = read.filter { $0.hasPrefix("\(writer) ") }.map { $0.split(separator: " ")[1] }
            #expect(numbers == (0..<1000).map { "\($0)" })
        }
        #expect(sink.droppedLines == 0)
    }

    @Test func aDescriptorThatIsFullIsWaitedFor() async {
        let pipe = LogPipe(isNonBlocking: true)
        let sink = LogSink(descriptor: pipe.writing, style: .json)
        let line = String(repeating: "y", count: 999) + "\n"
        for _ in 0..<100 {
            var bytes = Array(line.utf8)
            sink.submit(&bytes, count: 1)
        }
        #expect(pipe.lines(100).allSatisfy { $0.count == 999 })
        #expect(sink.close())
        #expect(sink.droppedLines == 0)
    }

    @Test func whatDoesNotFitIsDroppedCountedAndTold() {
        let pipe = LogPipe()
        let sink = LogSink(descriptor: pipe.writing, style: .json, limit: 10_000)
        // Nobody reads: the pipe holds 4 KiB, the thread at most one batch of 10 kB, the sink another 10 kB.
        let line = String(repeating: "z", count: 999)
        for _ in 0..<100 {
            var bytes = Array("\(line)\n".utf8)
            sink.submit(&bytes, count: 1)
        }
        let dropped = sink.droppedLines
        #expect(dropped >= 70 && dropped < 100)
        let reading = pipe.linesInBackground()
        #expect(sink.close())
        pipe.closeWritingEnd()
        let lines = reading.lines()
        #expect(lines.count { $0 == line } == 100 - dropped)
        let told = lines.filter { $0 != line }.map { told in
            #expect(told.contains("\"level\":\"warning\",\"msg\":\"log lines were dropped\""))
            return Int(told.split(separator: "\"").last { Int($0) != nil } ?? "") ?? 0
        }
        #expect(told.reduce(0, +) == dropped)
        #expect(sink.droppedLines == dropped)
    }

    @Test func aReaderThatWentAwayLosesLinesAndNothingElse() {
        let pipe = LogPipe()
        let sink = LogSink(descriptor: pipe.writing, style: .json)
        pipe.closeReadingEnd()
        for _ in 0..<10 {
            var bytes = Array("line\n".utf8)
            sink.submit(&bytes, count: 1)
        }
        #expect(sink.close())
        #expect(sink.droppedLines == 10)
        #expect(sink.isFailing)
    }

    @Test func afterTheEndLinesAreDropped() {
        let pipe = LogPipe()
        let sink = LogSink(descriptor: pipe.writing, style: .json)
        #expect(sink.close())
        var bytes = Array("late\n".utf8)
        sink.submit(&bytes, count: 1)
        #expect(sink.droppedLines == 1)
        #expect(sink.close())
    }

    @Test func messagesAreLinesOfTheSameForm() throws {
        let pipe = LogPipe()
        let sink = LogSink(descriptor: pipe.writing, style: .json)
        var logger = Logger(label: "gateway") { _ in LineLogHandler(sink: sink, style: .json, level: .info) }
        logger[metadataKey: "loop"] = "2"
        logger.debug("not this")
        logger.notice("line\nfeed", metadata: ["address": "127.0.0.1:8080", "b\"": "\u{1B}[2J"])
        let line = try #require(pipe.lines(1).first)
        let expected = #"","level":"notice","msg":"line\nfeed","address":"127.0.0.1:8080","b\"":"\u001b[2J","loop":"2"}"#
        #expect(line.hasPrefix(#"{"time":"20"#))
        #expect(line.hasSuffix(expected), "\(line)")
        #expect(sink.close())
    }

    @Test func messagesForPeople() {
        var output: [UInt8] = []
        LogStyle.text(isColoured: false).append(
            .error, message: "no key", members: [("account", "prod")], time: AccessRecordTests.time, to: &output
        )
        #expect(String(decoding: output, as: UTF8.self) == "08:45:32.833 error no key account=prod\n")
    }
}
