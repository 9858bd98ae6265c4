import Glibc
import Synchronization

/// The environment variables of this process, which are one piece of memory without protection: a program that starts
/// while another thread changes them is refused by the system (`EFAULT`), or gets a torn copy.
enum ProcessEnvironment {
    private static let lock = Mutex(())

    /// Runs `body` while nobody else in here changes the environment or hands it to a program.
    @discardableResult
    static func exclusively<Value: Sendable, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try lock.withLock { _ throws(Failure) in try body() }
    }
}
