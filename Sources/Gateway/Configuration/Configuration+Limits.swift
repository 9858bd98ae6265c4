extension Configuration {
    /// What a caller may use up. Beyond it the answer is an error that names the limit.
    public struct Limits: Sendable, Equatable {
        /// Bytes of a request's head, the request line included. Every open connection holds this much memory.
        public var head = 8 << 10
        /// Header lines of a request, at most 128.
        public var headers = 64
        /// Bytes of a request's URL.
        public var url = 4 << 10
        /// Bytes of a request's body.
        public var body = 1 << 20
        /// Levels of objects and lists in a JSON body.
        public var nesting = 32
        /// Connections over all listeners.
        public var connections = 16_384
        /// Connections from one address; nil: as many as there may be at all.
        public var connectionsPerAddress: Int?
        /// How long a connection may wait for its next request.
        public var idleTime: Duration = .seconds(75)
        /// From the first byte of a request to the end of its head.
        public var headTime: Duration = .seconds(15)
        /// From the end of the head to the end of the body.
        public var bodyTime: Duration = .seconds(60)
        /// For how long an answer may make no progress.
        public var writeTime: Duration = .seconds(30)
        /// Items that `all=true` gathers.
        public var gatheredItems = 10_000
    }
}
