import HTTP

extension EventLoop {
    /// Waits until `descriptor` has something to read.
    func untilReadable(_ descriptor: Int32) async {
        await withCheckedContinuation { continuation in
            submit { [self] in
                let once = Once(continuation)
                once.watch = try? watch(descriptor, .readable) { _ in once.finish() }
                if once.watch == nil { once.finish() }
            }
        }
    }

    /// INVARIANT: touched on the loop only.
    private final class Once {
        var watch: Watch?
        private var continuation: CheckedContinuation<Void, Never>?

        init(_ continuation: CheckedContinuation<Void, Never>) {
            self.continuation = continuation
        }

        func finish() {
            watch?.cancel()
            watch = nil
            continuation?.resume()
            continuation = nil
        }
    }
}
