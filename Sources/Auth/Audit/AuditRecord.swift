import Bytes

/// Who asked for what, what was decided and what came of it: one line of the audit log. Views are borrowed for the
/// rendering. Secrets are masked before they get here: a parameter that the catalogue marks comes without its value.
public struct AuditRecord {
    /// What became of a request.
    public enum Outcome: String, Hashable, Sendable {
        /// Refused here; nothing reached the cloud.
        case refused
        /// Answered from the cache or by a kept response.
        case answeredLocally = "answered-locally"
        case succeeded
        /// The cloud answered with an error.
        case failed
        /// The cloud was asked and its answer is not known.
        case unknown
    }

    /// One bound parameter by its wire name; the value is nil when it is a secret.
    public struct Parameter {
        public var name: ByteView
        public var value: ByteView?

        public init(name: ByteView, value: ByteView?) {
            self.name = name
            self.value = value
        }
    }

    /// Wall clock in nanoseconds at which the request arrived.
    public var time: UInt64
    public var requestID: ByteView
    public var caller: Caller?
    /// The caller's address as text; `unix` for a socket.
    public var source: ByteView
    /// `ecs:DescribeInstances`.
    public var action: ByteView
    public var resources: UnsafeBufferPointer<ByteView> = UnsafeBufferPointer(start: nil, count: 0)
    public var parameters: [Parameter] = []
    /// Nil when the request ended before it could be authorised.
    public var decision: Decision?
    /// The configured name of the cloud account.
    public var account: ByteView
    public var cloudRequestID: ByteView?
    public var outcome: Outcome
    /// HTTP status of the answer to the caller.
    public var status: Int

    public init(
        time: UInt64, requestID: ByteView, caller: Caller?, source: ByteView, action: ByteView, account: ByteView,
        outcome: Outcome, status: Int
    ) {
        self.time = time
        self.requestID = requestID
        self.caller = caller
        self.source = source
        self.action = action
        self.account = account
        self.outcome = outcome
        self.status = status
    }
}
