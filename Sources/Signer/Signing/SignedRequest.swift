import Bytes

/// A request that is ready to be sent. Reused for one call after another, it allocates nothing.
///
/// With a temporary key it holds the SecurityToken: do not log its parts.
public struct SignedRequest: Sendable {
    public enum Method: Sendable { case get, post }

    public internal(set) var method = Method.get
    /// The complete URL with its query.
    public internal(set) var url: [UInt8] = []
    /// The form of a POST; empty for a GET.
    public internal(set) var body: [UInt8] = []
    /// The signature in Base64 (RPC) or hexadecimal digits (ACS3), not encoded for a URL.
    public internal(set) var signature: [UInt8] = []
    /// What was signed: the string to sign (RPC) or the canonical request (ACS3). For diagnosis.
    public internal(set) var signedText: [UInt8] = []

    /// Header lines one after another, each with a zero byte behind it.
    var headerText: [UInt8] = []
    /// Offsets of the zero bytes.
    var headerEnds: [Int] = []
    /// Working space.
    var scratch: [UInt8] = []

    public init() {}

    /// Calls `body` for each header line, `Name: value` without a line end. The view is valid during the call only; a
    /// zero byte stands behind it, so that it serves as a C string. Host and Content-Length are left to the client.
    public func forEachHeader<Failure: Error>(_ body: (ByteView) throws(Failure) -> Void) throws(Failure) {
        try headerText.withView { (text) throws(Failure) in
            var start = 0
            for end in headerEnds {
                try body(text.slice(start..<end))
                start = end + 1
            }
        }
    }

    mutating func reset(_ method: Method) {
        self.method = method
        url.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        signature.removeAll(keepingCapacity: true)
        signedText.removeAll(keepingCapacity: true)
        headerText.removeAll(keepingCapacity: true)
        headerEnds.removeAll(keepingCapacity: true)
    }

    mutating func addHeader(_ name: StaticString, _ value: ByteView) {
        headerText.append(name)
        headerText.append(": ")
        headerText.append(value)
        endHeader()
    }

    mutating func endHeader() {
        headerEnds.append(headerText.count)
        headerText.append(0)
    }

    mutating func addFormHeader() {
        addHeader("Content-Type", SignedRequest.formType.view)
    }

    static let formType: StaticString = "application/x-www-form-urlencoded"
}
