/// One thing that is wrong with a request.
public struct BindFault: Hashable, Sendable {
    /// The parameter as REST names it (`dataDisk[2].size`, elements counted from 0), as the caller wrote it when nothing
    /// is called so, or a JSON pointer, which begins with `/` or is empty for the whole body.
    public let location: String
    /// A lower-case sentence.
    public let reason: String
    /// What would be accepted, if that can be said shortly.
    public let allowed: String?

    init(_ location: String, _ reason: String, allowed: String? = nil) {
        self.location = location
        self.reason = reason
        self.allowed = allowed
    }
}

/// Everything that is wrong with a request: never empty.
public struct BindFaults: Error, Hashable, Sendable {
    public let faults: [BindFault]
}
