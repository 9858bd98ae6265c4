import Bytes
import CSystem
import Glibc

/// Runs a program and takes what it prints, in memory that is cleared afterwards. No shell; nothing on its input; its error
/// stream is dropped, since nobody knows what it tells.
enum ChildProcess {
    /// Why there is no output. Says nothing of it.
    struct Failure: Error {
        var reason: String
    }

    /// Bytes of the longest output.
    static let longestOutput = 64 << 10
    private static let pause: UInt32 = 5_000

    /// Runs `arguments` on a thread of its own, so that nobody else waits. The program and all that it started are killed
    /// when the time is over.
    static func run(_ arguments: [String], timeLimit: Duration) async throws(Failure) -> LockedBytes {
        let result: Result<LockedBytes, Failure> = await withCheckedContinuation { continuation in
            let isStarted = DetachedThread.start {
                continuation.resume(returning: outcome(arguments, timeLimit: timeLimit))
            }
            if !isStarted { continuation.resume(returning: .failure(Failure(reason: "cannot be run: no thread"))) }
        }
        return try result.get()
    }

    private static func outcome(_ arguments: [String], timeLimit: Duration) -> Result<LockedBytes, Failure> {
        do throws(Failure) {
            return .success(try run(arguments, until: SystemClock.monotonic &+ timeLimit.nanoseconds))
        } catch {
            return .failure(error)
        }
    }

    private static func run(_ arguments: [String], until deadline: UInt64) throws(Failure) -> LockedBytes {
        var ends: [Int32] = [-1, -1]
        guard open_pipe(&ends) else { throw Failure(reason: "cannot be run: \(SecretFile.systemReason())") }
        let child: pid_t
        do throws(Failure) {
            defer { close(ends[1]) }
            child = try spawn(arguments, output: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        let output = LockedBytes(capacity: longestOutput + 1)
        let fault = read(ends[0], into: output, until: deadline)
        close(ends[0])
        let status = fault == nil ? wait(for: child, until: deadline) : nil
        guard let status else {
            kill(-child, SIGKILL)
            var ignored: Int32 = 0
            while waitpid(child, &ignored, 0) < 0, errno == EINTR {}
            throw Failure(reason: fault ?? "did not end in time")
        }
        guard status & 0x7F == 0 else { throw Failure(reason: "was ended by signal \(status & 0x7F)") }
        guard status >> 8 & 0xFF == 0 else { throw Failure(reason: "ended with exit code \(status >> 8 & 0xFF)") }
        return output
    }

    /// Starts the program in a process group of its own, with signals as a program expects them.
    private static func spawn(_ arguments: [String], output: Int32) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        guard let program = words.first ?? nil else { throw Failure(reason: "has no program") }
        let code = ProcessEnvironment.exclusively { posix_spawnp(&child, program, &actions, &attributes, &words, environ) }
        guard code == 0 else { throw Failure(reason: "cannot be run: \(String(cString: strerror(code)))") }
        return child
    }

    /// Reads to the end. Gives what went wrong, or nil.
    private static func read(_ descriptor: Int32, into output: LockedBytes, until deadline: UInt64) -> String? {
        while true {
            let now = SystemClock.monotonic
            guard now < deadline else { return "did not end in time" }
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, Int32(clamping: (deadline - now) / 1_000_000 + 1))
            if ready < 0, errno == EINTR { continue }
            guard ready >= 0 else { return "its output cannot be read: \(SecretFile.systemReason())" }
            if ready == 0 { continue }
            var count = 0
            output.fill { room in
                count = Glibc.read(descriptor, room.baseAddress, room.count)
                return count
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return "its output cannot be read: \(SecretFile.systemReason())" }
            if count == 0 { return nil }
            if output.count > longestOutput { return "printed more than \(longestOutput) bytes" }
        }
    }

    /// How the child ended; nil when it did not in time.
    private static func wait(for child: pid_t, until deadline: UInt64) -> Int32? {
        var status: Int32 = 0
        while true {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            guard SystemClock.monotonic < deadline, ended == 0 || errno == EINTR else { return nil }
            usleep(pause)
        }
    }
}

extension Duration {
    /// Whole nanoseconds, kept within what fits; none when negative.
    fileprivate var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max / 2 : min(.max / 2, product &+ UInt64(clamping: attoseconds / 1_000_000_000))
    }
}
