import Bytes
import Synchronization

@testable import Gateway

/// One command line, run in this process, and what came of it.
struct CommandRun {
    let code: Int32
    let output: String
    let errors: String

    /// `secret` is what the terminal would give.
    init(_ arguments: [String], input: String = "", secret: String = "") async {
        let record = Record(input: Array(input.utf8))
        let console = Console(
            output: { bytes in record.state.withLock { $0.output += bytes } },
            errors: { bytes in record.state.withLock { $0.errors += bytes } },
            input: {
                record.state.withLock { state in
                    // Small pieces, so that lines are cut.
                    let piece = Array(state.input.prefix(7))
                    state.input.removeFirst(piece.count)
                    return piece
                }
            },
            secret: { _ in Array(secret.utf8).withView { LockedBytes(copying: $0) } }
        )
        code = await Console.$current.withValue(console) { await GatewayTool.run(arguments) }
        (output, errors) = record.state.withLock {
            (String(decoding: $0.output, as: UTF8.self), String(decoding: $0.errors, as: UTF8.self))
        }
    }

    private final class Record: Sendable {
        struct State {
            var input: [UInt8]
            var output: [UInt8] = []
            var errors: [UInt8] = []
        }

        let state: Mutex<State>

        init(input: [UInt8]) {
            state = Mutex(State(input: input))
        }
    }
}
