import Testing

@testable import Gateway

@Suite struct LogStyleTests {
    @Test(
        arguments: [
            (.auto, true, false, .text(isColoured: true)), (.auto, true, true, .text(isColoured: false)),
            (.auto, false, false, .json), (.json, true, false, .json), (.text, false, false, .text(isColoured: false)),
            (.text, true, false, .text(isColoured: true)),
        ] as [(Configuration.Log.Format, Bool, Bool, LogStyle)])
    func formats(_ format: Configuration.Log.Format, _ isTerminal: Bool, _ isPlain: Bool, _ style: LogStyle) {
        #expect(LogStyle(format, isTerminal: isTerminal, isPlain: isPlain) == style)
    }
}
