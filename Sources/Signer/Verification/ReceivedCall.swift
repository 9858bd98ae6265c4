import Bytes

/// A signed call as a server reads it from a request. Reading never fails, so that even the answer to a faulty call can
/// have the form the caller asked for; ``SignatureVerifier`` reports what is wrong with it.
public struct ReceivedCall: Sendable {
    /// How the call is signed: common parameters in query and form, or in headers.
    public enum Style: Sendable { case rpc, acs3 }

    public let style: Style
    /// The action's own parameters, decoded, in the order received.
    public internal(set) var parameters = WireParameters()
    /// The common ones by their documented names, wherever they stood.
    var common = WireParameters()
    /// The server's string to sign (RPC) or canonical request (ACS3).
    var signedText: [UInt8] = []
    /// What was found wrong first.
    var fault: VerificationFailure?

    /// Reads a call; `request` is not needed afterwards.
    public init(reading request: ReceivedRequest) {
        let authorization = request.header("authorization")
        style = authorization?.hasPrefix("ACS3-") == true ? .acs3 : .rpc
        do throws(VerificationFailure) {
            let isPost = request.method.equals("POST")
            guard isPost || request.method.equals("GET") else { throw .unsupportedHTTPMethod(request.method.text) }
            if style == .acs3, let authorization {
                try readACS3(request, authorization)
            } else {
                try readRPC(request)
            }
        } catch {
            fault = error
        }
    }

    public var action: String? { self[.action] }
    public var version: String? { self[.version] }
    public var accessKeyId: String? { self[.accessKeyId] }

    /// The form of the answer that the caller asked for, letter case ignored; nil when it asked for none that there is.
    public var format: CloudCall.Format? {
        switch self[.format]?.lowercased() {
        case "json": .json
        case "xml": .xml
        default: nil
        }
    }

    /// The value of a common parameter, or nil.
    public subscript(parameter: CommonParameter) -> String? {
        common.text(of: parameter.name)
    }

    /// The value of a common parameter that must be there.
    func required(_ parameter: CommonParameter) throws(VerificationFailure) -> String {
        guard let value = self[parameter], !value.isEmpty else { throw .missingParameter(missingName(of: parameter)) }
        return value
    }

    private func missingName(of parameter: CommonParameter) -> String {
        guard style == .acs3 else { return "\(parameter.name)" }
        return switch parameter {
        case .action: "x-acs-action"
        case .version: "x-acs-version"
        case .timestamp: "x-acs-date"
        case .signatureNonce: "x-acs-signature-nonce"
        case .securityToken: "x-acs-security-token"
        default: "\(parameter.name)"
        }
    }

    /// Calls `body` with each decoded name and value of a query or form.
    static func forEachPair(
        in text: ByteView, _ body: (_ name: ByteView, _ value: ByteView) throws(VerificationFailure) -> Void
    ) throws(VerificationFailure) {
        var decoded: [UInt8] = []
        var start = 0
        while start < text.count {
            let end = text.firstOffset(of: UInt8(ascii: "&"), from: start) ?? text.count
            let pair = text.slice(start..<end)
            start = end + 1
            if pair.isEmpty { continue }
            let equals = pair.firstOffset(of: UInt8(ascii: "=")) ?? pair.count
            decoded.removeAll(keepingCapacity: true)
            guard PercentCoding.decode(pair.slice(0..<equals), plusIsSpace: true, into: &decoded) else {
                throw .malformedEncoding
            }
            let middle = decoded.count
            let value = pair.slice(min(equals + 1, pair.count)..<pair.count)
            guard PercentCoding.decode(value, plusIsSpace: true, into: &decoded) else {
                throw .malformedEncoding
            }
            try decoded.withView { (bytes) throws(VerificationFailure) in
                guard bytes.isValidUTF8 else { throw .malformedEncoding }
                try body(bytes.slice(0..<middle), bytes.slice(middle..<bytes.count))
            }
        }
    }

    /// Calls `body` with each pair of the query, and of the body when that is a form.
    static func forEachPair(
        of request: ReceivedRequest, _ body: (_ name: ByteView, _ value: ByteView) throws(VerificationFailure) -> Void
    ) throws(VerificationFailure) {
        try forEachPair(in: request.query, body)
        if request.body.isEmpty { return }
        guard request.isForm else { throw .unsupportedMediaType(request.header("content-type")?.text ?? "") }
        try forEachPair(in: request.body, body)
    }
}
