/// How an action that answers failures with a success status tells them: by a code in the body.
public struct OutcomeRule: Hashable, Sendable {
    /// Member of the answer that holds the code, as text or number.
    public let code: String
    /// Member of the answer that holds the text of a failure.
    public let message: String
    /// The code of success.
    public let success: String
    /// The HTTP status that each code of a failure stands for.
    public let statuses: [String: Int]
}
