import Bytes

/// What every call carries beside the parameters of its action, in either signature style.
struct CallEnvelope: Sendable {
    enum Style: Hashable, Sendable {
        /// Signature and common parameters in query or form.
        case rpc
        /// `ACS3-HMAC-SHA256`: signature and common values in headers.
        case acs3
    }

    let style: Style
    let parameters: CallParameters
    let action: String?
    let version: String?

    /// Reads a request. `Format` is looked for apart from this, so that even a refusal can honour it.
    init(_ request: SimulatedRequest) throws(CloudError) {
        guard request.method == "GET" || request.method == "POST" else { throw CloudError("UnsupportedHTTPMethod") }
        let (path, query) = Self.split(request.target)
        guard path == [UInt8(ascii: "/")] else {
            throw CloudError("InvalidAction", status: 404, message: "The path of the request is not \"/\".")
        }
        style = (request.header("authorization") ?? "").hasPrefix("ACS3-") ? .acs3 : .rpc
        var parameters = CallParameters()
        do throws(CallParameters.Fault) {
            try query.withView { view throws(CallParameters.Fault) in try parameters.add(view) }
            if !request.body.isEmpty {
                let type = (request.header("content-type") ?? "").lowercased()
                guard type.hasPrefix("application/x-www-form-urlencoded") else { throw .malformed }
                try request.body.withView { view throws(CallParameters.Fault) in try parameters.add(view) }
            }
        } catch {
            switch error {
            case .malformed:
                throw CloudError("InvalidParameter", status: 400, message: "The parameters of the request cannot be decoded.")
            case .repeated(let name):
                throw CloudError("InvalidParameter", status: 400, message: "The parameter \"\(name)\" is given twice.")
            }
        }
        self.parameters = parameters
        switch style {
        case .rpc:
            action = parameters.text("Action")
            version = parameters.text("Version")
        case .acs3:
            action = request.header("x-acs-action")
            version = request.header("x-acs-version")
        }
    }

    /// The format of the answer: the `Format` parameter; else XML, the cloud's default, or JSON in the newer style.
    static func format(of request: SimulatedRequest) -> (format: AnswerWriter.Format, isKnown: Bool) {
        var parameters = CallParameters()
        let isForm = (request.header("content-type") ?? "").lowercased().hasPrefix("application/x-www-form-urlencoded")
        for part in [split(request.target).query, isForm ? request.body : []] {
            try? part.withView { view throws(CallParameters.Fault) in try parameters.add(view) }
        }
        let isNewer = (request.header("authorization") ?? "").hasPrefix("ACS3-")
        guard let name = parameters.text("Format") else { return (isNewer ? .json : .xml, true) }
        guard let format = AnswerWriter.Format(name) else { return (.xml, false) }
        return (format, true)
    }

    private static func split(_ target: [UInt8]) -> (path: [UInt8], query: [UInt8]) {
        guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return (target, []) }
        return (Array(target[..<mark]), Array(target[(mark + 1)...]))
    }
}
