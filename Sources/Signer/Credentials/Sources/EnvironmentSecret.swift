import Bytes
import CSystem
import Glibc
import Synchronization

/// Secrets in environment variables. Each is read once in the life of the process; after that it is gone from the
/// environment, also from `/proc/<pid>/environ`, and child processes do not inherit it.
enum EnvironmentSecret {
    private static let kept = Mutex<[String: LockedBytes]>([:])

    /// The value of a variable for all who need it; nil when it was never set, or is empty.
    static func shared(_ name: String) -> LockedBytes? {
        kept.withLock { kept in
            if let value = kept[name] { return value }
            let value = take(name) { bytes in
                defer { csystem_cleanse(bytes.baseAddress, bytes.count) }
                return LockedBytes(copying: UnsafeRawBufferPointer(bytes).bindMemory(to: UInt8.self))
            }
            guard !value.isEmpty else { return nil }
            kept[name] = value
            return value
        }
    }

    /// Calls `body` with the value of a variable where it stands, empty when there is none. `body` overwrites it; then the
    /// variable is removed.
    static func take<Value: ~Copyable>(_ name: String, _ body: (UnsafeMutableRawBufferPointer) -> Value) -> Value {
        // SAFETY: getenv's memory belongs to the environment and ends with a zero byte; only this function removes it.
        guard let value = getenv(name) else { return body(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
        let result = body(UnsafeMutableRawBufferPointer(start: value, count: strlen(value)))
        ProcessEnvironment.exclusively { unsetenv(name) }
        return result
    }
}
