/// Faults that the simulated cloud commits on demand.
public struct FaultPlan: Sendable {
    /// One kind of fault.
    public enum Fault: Hashable, Sendable {
        /// 400 Throttling.
        case throttling
        /// 500 InternalError.
        case internalError
        /// 503 ServiceUnavailable.
        case unavailable
        /// The documented or common error with this code.
        case error(code: String)
        /// The action is carried out, and its answer is no JSON or XML any more.
        case malformedBody
        /// The action is carried out, and its answer comes as `text/html`.
        case wrongContentType
        /// The action is carried out, and its answer meets a fault of the transport.
        case transport(SimulatedResponse.TransportFault)

        /// Reads the value of `x-simulate-fault`: `throttling`, `internal-error`, `unavailable`, `error=CODE`, `delay=MS`,
        /// `disconnect`, `truncate`, `slow-body=MS`, `malformed-body`, `wrong-content-type`.
        public init?(_ text: String) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let argument = parts.count > 1 ? parts[1] : nil
            switch (parts.first, argument) {
            case ("throttling", nil): self = .throttling
            case ("internal-error", nil): self = .internalError
            case ("unavailable", nil): self = .unavailable
            case ("malformed-body", nil): self = .malformedBody
            case ("wrong-content-type", nil): self = .wrongContentType
            case ("disconnect", nil): self = .transport(.disconnect)
            case ("truncate", nil): self = .transport(.truncate)
            case ("error", let code?): self = .error(code: code)
            case ("delay", let text?):
                guard let milliseconds = Self.duration(text) else { return nil }
                self = .transport(.delay(milliseconds: milliseconds))
            case ("slow-body", let text?):
                guard let milliseconds = Self.duration(text) else { return nil }
                self = .transport(.slowBody(milliseconds: milliseconds))
            default: return nil
            }
        }

        /// Milliseconds, at most ten minutes.
        private static func duration(_ text: String) -> Int? {
            Int(text).flatMap { (0...600_000).contains($0) ? $0 : nil }
        }

        /// The error that takes the place of the action, if this fault is one.
        var error: CloudError? {
            switch self {
            case .throttling: CloudError("Throttling")
            case .internalError: CloudError("InternalError")
            case .unavailable: CloudError("ServiceUnavailable")
            case .error(let code): CloudError(code)
            case .malformedBody, .wrongContentType, .transport: nil
            }
        }
    }

    /// When a fault happens.
    public struct Rule: Sendable {
        public var fault: Fault
        /// Actions that it befalls; empty for all.
        public var actions: Set<String>
        /// From 0, never, to 1, always.
        public var probability: Double
        /// How often it happens yet; nil without end.
        public var remaining: Int?

        public init(_ fault: Fault, actions: Set<String> = [], probability: Double = 1, remaining: Int? = nil) {
            self.fault = fault
            self.actions = actions
            self.probability = probability
            self.remaining = remaining
        }
    }

    public var rules: [Rule]

    public init(_ rules: [Rule] = []) {
        self.rules = rules
    }

    /// The fault that befalls a call of `action`, if one does: the first rule that applies. Counts it.
    mutating func next(for action: String, _ random: inout IdentifierGenerator) -> Fault? {
        for index in rules.indices {
            let rule = rules[index]
            guard rule.actions.isEmpty || rule.actions.contains(action), rule.remaining != 0 else { continue }
            guard rule.probability >= 1 || Double(random.below(1_000_000)) < rule.probability * 1_000_000 else { continue }
            if let remaining = rule.remaining { rules[index].remaining = remaining - 1 }
            return rule.fault
        }
        return nil
    }
}
