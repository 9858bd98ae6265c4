import Bytes
import CSystem
import Glibc
import Synchronization

/// One epoll loop on its own thread, and a `TaskExecutor`.
///
/// A turn is: wait for events, call their handlers, call the timers that are due, run the jobs (in the order in which they
/// were enqueued, those enqueued meanwhile included), call the end-of-turn hooks. Every method but `enqueue`, `submit`,
/// `stop`, `join` and `isCurrent` is for the loop's own thread, or for whoever sets the loop up before `start`.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: the mutable state below "Confined" is touched by the loop's own thread
/// alone, and before `start` by the thread that makes the loop (`pthread_create` orders the two). Everything that other
/// threads touch is atomic or behind the mutex.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    enum Work: Sendable {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    /// The thread's name, cut to the 15 bytes that Linux keeps.
    public let name: String

    let epoll: Int32
    private let wakeup: Int32
    private let inbox = Mutex<[Work]>([])
    private let stopping = Atomic<Bool>(false)
    /// The loop's thread as long as it runs, else 0.
    private let runningThread = Atomic<UInt>(0)
    /// The thread to join; 0 when not started or joined.
    private let joinableThread = Mutex<UInt>(0)
    /// Jobs that run in one turn before events are looked at again.
    static let jobsPerTurn = 1024
    private static let lastRounds = 64

    // Confined.
    private var ready: [Work] = []
    private var timers = TimerHeap()
    private var hooks: [() -> Void] = []
    private var lastCalls: [() -> Void] = []
    private var watches: [Watch?] = []
    private var generations: [UInt32] = []
    private var freeSlots: [Int] = []
    /// Nanoseconds of the monotonic clock, read once a turn when the wait for events ended.
    public private(set) var now: UInt64 = SystemClock.monotonic
    /// Nanoseconds since 1970 by the wall clock, read at the same time.
    public private(set) var wallNow: UInt64 = SystemClock.wall

    /// Makes a loop that does not run yet.
    public init(name: String) throws(SystemError) {
        self.name = name
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw SystemError("epoll_create1") }
        wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeup >= 0 else {
            let error = SystemError("eventfd")
            close(epoll)
            throw error
        }
        _ = try watch(wakeup, .readable) { [unowned self] _ in drainInbox() }
    }

    deinit {
        close(epoll)
        close(wakeup)
    }

    /// Starts the thread. It blocks the signals meant for the process, so that they reach the thread that handles them.
    public func start() throws(SystemError) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw SystemError("pthread_create", code: code)
        }
        joinableThread.withLock { $0 = thread }
    }

    /// Whether the caller runs on the loop's thread.
    public var isCurrent: Bool { runningThread.load(ordering: .relaxed) == pthread_self() }

    /// Asks the loop to end. Jobs that are ready still run, with those that they make ready; what comes later never does. May be
    /// called from any thread, any number of times.
    public func stop() {
        stopping.store(true, ordering: .releasing)
        wake()
    }

    /// Waits for the thread to end. Not on the loop itself.
    public func join() {
        let thread = joinableThread.withLock { thread in
            defer { thread = 0 }
            return thread
        }
        if thread != 0 { pthread_join(thread, nil) }
    }

    /// Calls `body` at the end of each turn from now on, after the jobs ran.
    public func atEndOfTurn(_ body: @escaping () -> Void) {
        assertConfined()
        hooks.append(body)
    }

    /// Calls `body` when the loop ends, after its last jobs.
    public func atEnd(_ body: @escaping () -> Void) {
        assertConfined()
        lastCalls.append(body)
    }

    /// Calls `body` once, in the first turn after this one that begins at or after `deadline`, in nanoseconds of the monotonic
    /// clock.
    public func schedule(at deadline: UInt64, _ body: @escaping () -> Void) -> TimerToken {
        assertConfined()
        return timers.schedule(at: max(deadline, now &+ 1), body)
    }

    /// Forgets a scheduled call. Does nothing when it ran already.
    public func cancel(_ token: TimerToken) {
        assertConfined()
        timers.cancel(token)
    }

    func assertConfined() {
        assert(isCurrent || runningThread.load(ordering: .relaxed) == 0, "touched from outside the event loop")
    }
}

// MARK: - Jobs

extension EventLoop {
    /// Runs `job` in this turn when called on the loop, which takes no lock; else in one that begins soon.
    public func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    /// Calls `body` on the loop, in order with the jobs. May be called from any thread.
    public func submit(_ body: @escaping @Sendable () -> Void) {
        add(.call(body))
    }

    private func add(_ work: Work) {
        if isCurrent {
            ready.append(work)
        } else {
            let isFirst = inbox.withLock { inbox in
                inbox.append(work)
                return inbox.count == 1
            }
            // Whoever finds the inbox empty wakes the loop for all that follow until it is drained.
            if isFirst { wake() }
        }
    }

    private func wake() {
        var one: UInt64 = 1
        _ = write(wakeup, &one, 8)
    }

    private func drainInbox() {
        var count: UInt64 = 0
        _ = read(wakeup, &count, 8)
        takeInbox()
    }

    private func takeInbox() {
        let arrived = inbox.withLock { inbox in
            defer { inbox = [] }
            return inbox
        }
        ready.append(contentsOf: arrived)
    }

    private func runJobs() {
        let executor = asUnownedTaskExecutor()
        var index = 0
        while index < ready.count, index < Self.jobsPerTurn {
            let work = ready[index]
            index += 1
            switch work {
            case .job(let job): job.runSynchronously(on: executor)
            case .call(let body): body()
            }
        }
        if index == ready.count {
            ready.removeAll(keepingCapacity: true)
        } else {
            ready.removeFirst(index)
        }
    }
}

// MARK: - Turns

extension EventLoop {
    private func run() {
        runningThread.store(pthread_self(), ordering: .relaxed)
        thread_set_name(name)
        blockSignals()
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { events in
            while !stopping.load(ordering: .acquiring) { turn(events) }
        }
        takeInbox()
        // Bounded, for jobs that enqueue themselves.
        for _ in 0..<Self.lastRounds where !ready.isEmpty { runJobs() }
        ready = []
        for body in lastCalls { body() }
        lastCalls = []
        // What handlers and timers captured goes on this thread, and cycles through the loop end here.
        watches = []
        generations = []
        timers = TimerHeap()
        hooks = []
        runningThread.store(0, ordering: .relaxed)
    }

    private func turn(_ events: UnsafeMutableBufferPointer<epoll_event>) {
        let count = epoll_wait(epoll, events.baseAddress, Int32(events.count), milliseconds())
        now = SystemClock.monotonic
        wallNow = SystemClock.wall
        for index in 0..<max(0, Int(count)) { dispatch(events[index]) }
        while let body = timers.popDue(at: now) { body() }
        runJobs()
        for hook in hooks { hook() }
    }

    /// How long to wait, rounded up so that a timer is due when the wait ends; -1 for as long as it takes.
    private func milliseconds() -> Int32 {
        if !ready.isEmpty { return 0 }
        guard let deadline = timers.nextDeadline() else { return -1 }
        let current = SystemClock.monotonic
        guard deadline > current else { return 0 }
        return Int32(clamping: (deadline - current - 1) / 1_000_000 + 1)
    }

    private func blockSignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

// MARK: - Descriptors

extension EventLoop {
    /// Calls `handler` whenever something of `interest` holds for the descriptor `fd`, level-triggered, until the watch is
    /// cancelled.
    public func watch(
        _ fd: Int32, _ interest: Interest, _ handler: @escaping (Interest) -> Void
    ) throws(SystemError) -> Watch {
        assertConfined()
        let slot = freeSlots.popLast() ?? watches.count
        if slot == watches.count {
            watches.append(nil)
            generations.append(0)
        }
        let watch = Watch(fd, slot: slot, loop: self, handler: handler)
        do throws(SystemError) {
            try control(EPOLL_CTL_ADD, watch, interest)
        } catch {
            freeSlots.append(slot)
            throw error
        }
        watches[slot] = watch
        return watch
    }

    func update(_ watch: Watch, _ interest: Interest) throws(SystemError) {
        assertConfined()
        try control(EPOLL_CTL_MOD, watch, interest)
    }

    func remove(_ watch: Watch) {
        assertConfined()
        guard watch.slot < watches.count, watches[watch.slot] === watch else { return }
        var event = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, watch.descriptor, &event)
        watches[watch.slot] = nil
        generations[watch.slot] &+= 1
        freeSlots.append(watch.slot)
    }

    private func control(_ operation: Int32, _ watch: Watch, _ interest: Interest) throws(SystemError) {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = UInt64(generations[watch.slot]) << 32 | UInt64(watch.slot)
        guard epoll_ctl(epoll, operation, watch.descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    /// Calls the handler unless the watch was cancelled earlier in this turn.
    private func dispatch(_ event: epoll_event) {
        let slot = Int(truncatingIfNeeded: event.data.u64 & 0xFFFF_FFFF)
        guard slot < watches.count, generations[slot] == UInt32(truncatingIfNeeded: event.data.u64 >> 32),
            let watch = watches[slot]
        else { return }
        watch.handler(Interest(rawValue: event.events))
    }
}
