import Bytes
import Signer

/// An error in the cloud's own terms, for those who speak its protocol.
struct WireError: Error {
    var status: Int
    var code: String
    var message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// What the cloud says about a signature or a common parameter that is not right.
    init(_ failure: VerificationFailure, _ style: ReceivedCall.Style) {
        switch failure {
        case .unsupportedHTTPMethod: self.init(403, "UnsupportedHTTPMethod", "This HTTP method is not supported.")
        case .unsupportedMediaType: self.init(400, "InvalidParameter", "The body of the request is no form.")
        case .malformedEncoding: self.init(400, "InvalidParameter", "The parameters of the request cannot be decoded.")
        case .repeatedParameter(let name): self.init(400, "InvalidParameter", "The parameter \"\(name)\" is given twice.")
        case .misplacedParameter(let name):
            self.init(400, "InvalidParameter", "The parameter \"\(name)\" is a header in this style.")
        case .missingParameter(let name): self = .missing(name == "Timestamp" ? "TimeStamp" : name)
        case .unsupportedSignatureMethod, .unsupportedSignatureVersion, .unsupportedSignatureType:
            self.init(400, "InvalidParameter", "The method, version or type of the signature is not supported.")
        case .malformedTimestamp:
            self.init(400, "IllegalTimestamp", "The input parameter \"Timestamp\" is not of the form YYYY-MM-DDThh:mm:ssZ.")
        case .expiredTimestamp: self.init(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
        case .unknownKey: self.init(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        case .wrongSecurityToken: self.init(400, "InvalidSecurityToken", "Specified SecurityToken is not valid.")
        case .malformedAuthorization, .unsignedHeader, .bodyHashMismatch:
            self.init(400, "IncompleteSignature", "The request signature does not conform to the cloud's standards.")
        case .signatureMismatch(let signedText):
            // Without a temporary key there is nothing in it that the caller did not send.
            let detail = style == .rpc ? " server string to sign is:\(signedText)" : ""
            self.init(
                400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.\(detail)")
        case .usedNonce: self.init(400, "SignatureNonceUsed", "The request signature nonce has been used.")
        case .overloaded: self.init(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.")
        }
    }

    static func missing(_ name: String) -> WireError {
        WireError(
            400, "MissingParameter",
            "The input parameter \"\(name)\" that is mandatory for processing this request is not supplied.")
    }

    /// The key is no longer good.
    static let expiredKey = WireError(403, "Forbidden.AccessKeyDisabled", "The Access Key is disabled.")

    /// What the gateway itself found wrong, or did not get from the cloud.
    init(_ problem: Problem) {
        if let fault = problem.faults.first {
            if problem.faults.contains(where: { $0.reason == "is required" }),
                let missing = problem.faults.first(where: { $0.reason == "is required" })
            {
                self = .missing(missing.location)
            } else {
                let allowed = fault.allowed.map { "; allowed: \($0)" } ?? ""
                self.init(400, "InvalidParameter", "The specified parameter \"\(fault.location)\" \(fault.reason)\(allowed).")
            }
        } else if problem.code == "Forbidden.Policy" || problem.code == "Forbidden.NoRole" {
            self.init(403, "Forbidden.RAM", "User not authorized to operate on the specified resource: \(problem.detail).")
        } else {
            self.init(problem.status, problem.code, problem.detail)
        }
    }

    /// Appends the error as the cloud writes it.
    func append(to output: inout [UInt8], requestID: String, host: ByteView, _ format: CloudCall.Format) {
        let members: [(StaticString, [UInt8])] = [
            ("RequestId", Array(requestID.utf8)), ("HostId", Array(host)), ("Code", Array(code.utf8)),
            ("Message", Array(message.utf8)),
        ]
        switch format {
        case .json:
            for (index, (name, value)) in members.enumerated() {
                output.append(index == 0 ? "{\"" : ",\"")
                output.append(name)
                output.append("\":")
                value.withView { output.append(jsonString: $0) }
            }
            output.append("}")
        case .xml:
            output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>")
            for (name, value) in members {
                output.append("<")
                output.append(name)
                output.append(">")
                for byte in value { Self.append(escaped: byte, to: &output) }
                output.append("</")
                output.append(name)
                output.append(">")
            }
            output.append("</Error>")
        }
    }

    private static func append(escaped byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "&"): output.append("&amp;")
        case UInt8(ascii: "<"): output.append("&lt;")
        case UInt8(ascii: ">"): output.append("&gt;")
        case 0..<0x20 where byte != 9 && byte != 10 && byte != 13: output.append(" ")
        default: output.append(byte)
        }
    }
}
