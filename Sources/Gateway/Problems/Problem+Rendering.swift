import Bytes

extension Problem {
    /// Appends the problem as a JSON object. Member names follow RFC 9457; ours are `code`, `origin`, `retryable`,
    /// `requestId`, `upstream` and `errors`.
    public func append(to output: inout [UInt8], requestID: ByteView) {
        output.append("{\"type\":\"urn:acs-gateway:problem:")
        output.append(text: Self.kebabCase(code))
        output.append("\",\"title\":")
        output.append(jsonString: Self.title(of: status))
        output.append(",\"status\":")
        output.append(decimal: status)
        output.append(",\"detail\":")
        output.append(jsonString: detail)
        output.append(",\"code\":")
        output.append(jsonString: code)
        output.append(",\"origin\":\"")
        output.append(text: origin.rawValue)
        output.append("\",\"retryable\":")
        output.append(retryable ? "true" : "false")
        output.append(",\"requestId\":")
        output.append(jsonString: requestID)
        if let upstream { append(upstream, to: &output) }
        if !faults.isEmpty { append(faults, to: &output) }
        output.append("}")
    }

    private func append(_ upstream: Upstream, to output: inout [UInt8]) {
        output.append(",\"upstream\":{\"action\":")
        output.append(jsonString: upstream.action)
        if let code = upstream.code {
            output.append(",\"code\":")
            output.append(jsonString: code)
        }
        if let requestID = upstream.requestID {
            output.append(",\"requestId\":")
            output.append(jsonString: requestID)
        }
        if let status = upstream.status {
            output.append(",\"status\":")
            output.append(decimal: status)
        }
        output.append("}")
    }

    private func append(_ faults: [Fault], to output: inout [UInt8]) {
        output.append(",\"errors\":[")
        for (index, fault) in faults.enumerated() {
            output.append(index == 0 ? "{" : ",{")
            output.append(fault.location.hasPrefix("/") ? "\"pointer\":" : "\"parameter\":")
            output.append(jsonString: fault.location)
            output.append(",\"reason\":")
            output.append(jsonString: fault.reason)
            if let allowed = fault.allowed {
                output.append(",\"allowed\":")
                output.append(jsonString: allowed)
            }
            output.append("}")
        }
        output.append("]")
    }

    /// `InvalidDiskId.NotFound` as `invalid-disk-id-not-found`: the last part of the problem's type.
    static func kebabCase(_ code: String) -> String {
        var output: [UInt8] = []
        var previousIsLower = false
        for byte in code.utf8 {
            guard byte.isASCIILetter || byte.isASCIIDigit else {
                if output.last != UInt8(ascii: "-"), !output.isEmpty { output.append(UInt8(ascii: "-")) }
                previousIsLower = false
                continue
            }
            let lower = byte.asciiLowercased
            if lower != byte, previousIsLower { output.append(UInt8(ascii: "-")) }
            output.append(lower)
            previousIsLower = lower == byte
        }
        if output.last == UInt8(ascii: "-") { output.removeLast() }
        return String(decoding: output, as: UTF8.self)
    }

    static func title(of status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: status < 500 ? "Request Refused" : "Server Error"
        }
    }
}
