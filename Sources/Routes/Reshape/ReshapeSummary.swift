import Bytes

/// What the gateway itself needs to know of an answer, gathered while it is reshaped.
public struct ReshapeSummary: Sendable {
    /// Elements of the collection; 0 when the action has none.
    public internal(set) var itemCount = 0
    /// Where the elements stand in the output, separated by commas, without the brackets. Empty in a view of one.
    public internal(set) var items = 0..<0
    /// The cloud's RequestId, when it is visible ASCII of no more than 128 characters.
    public internal(set) var requestID: String?
    public internal(set) var totalCount: Int?
    public internal(set) var pageNumber: Int?
    public internal(set) var pageSize: Int?
    /// The cloud's token of the next page, which the output of a list does not hold. May be empty.
    public internal(set) var nextToken: [UInt8]?
    /// The ids of what was created, in the order of the answer.
    public internal(set) var createdIDs: [[UInt8]] = []

    public init() {}

    /// Adds a member with a string value at the end of `object`, which is a JSON object without white space, as
    /// reshaping makes it. `name` stands for itself in JSON.
    public static func append(_ name: StaticString, _ value: ByteView, to object: inout [UInt8]) {
        guard object.last == UInt8(ascii: "}") else { return }
        object.removeLast()
        if object.last != UInt8(ascii: "{") { object.append(UInt8(ascii: ",")) }
        object.append(UInt8(ascii: "\""))
        object.append(name)
        object.append("\":")
        object.append(jsonString: value)
        object.append(UInt8(ascii: "}"))
    }
}
