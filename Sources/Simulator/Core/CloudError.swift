/// A refusal by the cloud. Status and message come from the catalogue's documented errors of the action, then from the
/// common errors (``ErrorBook``); a handler names the code, and a piece of the message where a code has several.
struct CloudError: Error, Hashable, Sendable {
    /// The documented code: `IncorrectInstanceStatus`.
    var code: String
    /// A piece of the documented message, to choose among rows of one code; without it the first one is taken.
    var about: String?
    /// What stands in the message in place of `{0}`, `{1}`, `{status}` …, in their order.
    var values: [String] = []
    /// Status and message for a code that the reference uses in its prose without a row of its own.
    var undocumented: Undocumented?

    struct Undocumented: Hashable, Sendable {
        var status: Int
        var message: String
    }

    init(_ code: String, about: String? = nil, values: [String] = []) {
        self.code = code
        self.about = about
        self.values = values
    }

    init(_ code: String, status: Int, message: String) {
        self.code = code
        undocumented = Undocumented(status: status, message: message)
    }

    /// A parameter that must be there is not.
    static func missing(_ name: String) -> CloudError { CloudError("MissingParameter", about: name) }

    /// A parameter whose value is not acceptable.
    static func invalid(_ name: String) -> CloudError { CloudError("InvalidParameter", about: name) }
}
