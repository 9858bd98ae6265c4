/// Why a text asks nothing about policies that can be answered.
public struct QuestionFault: Error, Hashable, Sendable {
    /// Where, `request.resources[0]`; empty for the text as a whole.
    public let place: String
    /// What is wrong there.
    public let reason: String

    var message: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
