import Bytes

/// What is called, apart from its parameters.
public struct CloudCall: Sendable {
    /// The form of the answer.
    public enum Format: Sendable { case json, xml }

    /// Where the action's own parameters go.
    public enum Placement: Sendable {
        /// In the query of a GET, unless that would pass ``longestQuery``; then as `form`.
        case automatic
        /// In the body of a POST, as a form.
        case form
    }

    /// Bytes of the longest query that is sent in a URL.
    public static let longestQuery = 8192

    public var endpoint: Endpoint
    public var action: String
    /// The API's version, as `2014-05-26`.
    public var version: String
    public var format: Format
    public var placement: Placement

    public init(
        endpoint: Endpoint, action: String, version: String, format: Format = .json, placement: Placement = .automatic
    ) {
        self.endpoint = endpoint
        self.action = action
        self.version = version
        self.format = format
        self.placement = placement
    }
}
