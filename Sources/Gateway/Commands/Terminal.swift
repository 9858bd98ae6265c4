import Bytes
import Signer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Asks a person for a secret, which is not shown and goes into memory that is cleared.
enum Terminal {
    /// Bytes of the longest secret that is read.
    static let longest = 4096
    private static let interrupt: UInt8 = 3
    private static let endOfInput: UInt8 = 4
    private static let backspaces: [UInt8] = [8, 127]
    private static let eraseLine: UInt8 = 21

    /// Why there is no secret.
    struct Failure: Error, CustomStringConvertible {
        var reason: String
        var description: String { reason }
    }

    /// The passphrase of a key file.
    static let passphrase: @Sendable (String) throws(CredentialError) -> LockedBytes = { text throws(CredentialError) in
        do throws(Failure) {
            return try ask(text)
        } catch {
            throw CredentialError("passphrase", error.reason)
        }
    }

    /// Writes `text` to the terminal and reads a line from it, without echo.
    static func ask(_ text: String) throws(Failure) -> LockedBytes {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { throw Failure(reason: "nobody can be asked for it: there is no terminal") }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { throw Failure(reason: "the terminal does not hide what is typed") }
        // Byte by byte and without signals: an interruption must not leave the terminal without echo.
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
            throw Failure(reason: "the terminal does not hide what is typed")
        }
        defer { tcsetattr(terminal, TCSAFLUSH, &before) }
        put(text, terminal)
        defer { put("\n", terminal) }
        return try line(terminal)
    }

    private static func line(_ terminal: Int32) throws(Failure) -> LockedBytes {
        let line = LockedBytes(capacity: longest)
        var byte: UInt8 = 0
        while true {
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count > 0, byte != interrupt, byte != endOfInput || !line.isEmpty else {
                throw Failure(reason: "nothing was typed")
            }
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), endOfInput: return line
            case _ where backspaces.contains(byte): line.removeLast(1)
            case eraseLine: line.removeAll()
            default: guard line.append(byte) else { throw Failure(reason: "is longer than \(longest) bytes") }
            }
        }
    }

    private static func put(_ text: String, _ terminal: Int32) {
        var text = text
        text.withUTF8 { _ = write(terminal, $0.baseAddress, $0.count) }
    }

    /// A secret from whoever runs a command: asked for with `text` where the standard input is a terminal, else the whole of
    /// that input.
    static func secret(_ text: String) throws(Failure) -> LockedBytes {
        isatty(STDIN_FILENO) == 1 ? try ask(text) : try input()
    }

    /// The whole standard input; a line end at its end does not count.
    private static func input() throws(Failure) -> LockedBytes {
        let content = LockedBytes(capacity: longest + 1)
        while content.count <= longest {
            var count = 0
            content.fill { room in
                count = read(STDIN_FILENO, room.baseAddress, room.count)
                return count
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(reason: "the input cannot be read: \(FileText.systemReason())") }
            if count == 0 {
                content.trimLineEnd()
                return content
            }
        }
        throw Failure(reason: "the input is longer than \(longest) bytes")
    }
}
