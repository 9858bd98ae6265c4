import Bytes

/// Answers of calls that carried a ClientToken; a repeat gets the same answer and changes nothing.
struct IdempotencyStore: Sendable {
    private struct Key: Hashable, Sendable {
        var action: String
        var token: String
    }

    private struct Entry: Sendable {
        var parameters: CallParameters
        var answer: JSONValue
        var expiry: SimulatedTime
    }

    /// Milliseconds that a token is remembered: a day.
    private static let memory: Int64 = 86_400_000

    /// Tokens that are remembered at most; beyond that the older half is forgotten.
    private static let capacity = 4096

    private var entries: [Key: Entry] = [:]

    /// The answer to repeat; nil for a new token. The same token with other parameters is refused.
    func answer(
        to action: String, token: String, _ parameters: CallParameters, book: ErrorBook, at now: SimulatedTime
    ) throws(CloudError) -> JSONValue? {
        guard let entry = entries[Key(action: action, token: token)], entry.expiry > now else { return nil }
        guard entry.parameters == parameters else {
            let codes = ["IdempotenceParamNotMatch", "InvalidParamter.Conflict"]
            throw CloudError(codes.first { book.contains($0) } ?? "IdempotentParameterMismatch")
        }
        return entry.answer
    }

    mutating func store(
        _ answer: JSONValue, to action: String, token: String, _ parameters: CallParameters, at now: SimulatedTime
    ) {
        if entries.count >= Self.capacity {
            let middle = entries.values.map(\.expiry).sorted()[entries.count / 2]
            entries = entries.filter { $0.value.expiry > max(now, middle) }
        }
        entries[Key(action: action, token: token)] = Entry(
            parameters: parameters, answer: answer, expiry: now.adding(milliseconds: Self.memory))
    }
}
