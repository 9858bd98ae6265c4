import Synchronization

/// Which files a configuration is made of: noted while it is read.
final class FileTrace: Sendable {
    /// Where ``FileText`` notes what it reads, in the task that set it.
    @TaskLocal static var current: FileTrace?

    private let names = Mutex<Set<String>>([])

    func note(_ path: String) { names.withLock { _ = $0.insert(path) } }

    /// Files and folders, sorted.
    var paths: [String] { names.withLock { $0.sorted() } }
}
