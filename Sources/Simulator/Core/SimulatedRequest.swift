import Bytes

/// One HTTP request to the simulated cloud.
public struct SimulatedRequest: Sendable {
    /// One header as received.
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// `GET`, `POST` …
    public var method: String
    /// Path and query as received, undecoded.
    public var target: [UInt8]
    public var headers: [Header]
    public var body: [UInt8]
    /// When the request arrived, by the simulator's clock.
    public var receivedAt: SimulatedTime

    public init(
        method: String, target: [UInt8], headers: [Header] = [], body: [UInt8] = [], receivedAt: SimulatedTime
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }

    /// The value of the first header with this name, letter case ignored. `name` is given in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}
