import Bytes

extension JSONValue {
    /// A list as the cloud wraps it: `{"Disk": […]}`.
    static func list(_ element: String, _ elements: [JSONValue]) -> JSONValue {
        .object([Member(element, .array(elements))])
    }

    /// A wrapped list of texts.
    static func list(_ element: String, _ elements: [String]) -> JSONValue {
        list(element, elements.map { .string($0) })
    }

    /// An answer that has only its request id.
    static var empty: JSONValue { .object([]) }

    /// A number with a fraction, as the cloud writes prices.
    static func decimal(_ value: Double) -> JSONValue { .number("\(value)") }

    /// The object with another member behind it.
    func with(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [Member(name, value)])
    }
}
