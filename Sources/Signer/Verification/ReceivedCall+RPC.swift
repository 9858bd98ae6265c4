import Bytes

extension ReceivedCall {
    /// Reads the RPC style: every parameter of query and form but the signature is signed, under the name it was sent
    /// with.
    mutating func readRPC(_ request: ReceivedRequest) throws(VerificationFailure) {
        var signed = WireParameters()
        var found = common
        var own = parameters
        defer {
            common = found
            parameters = own
        }
        try Self.forEachPair(of: request) { (name, value) throws(VerificationFailure) in
            let parameter = CommonParameter.named(name)
            if let parameter {
                let isRepeated = found.withValue(of: parameter.name.view) { $0 != nil }
                if isRepeated { throw .repeatedParameter("\(parameter.name)") }
                found.append(parameter.name, value)
            } else {
                own.append(name, value)
            }
            if parameter != .signature { signed.append(name, value) }
        }
        signed.sort()
        try signed.refuseRepeated()
        signedText.append(request.method)
        signedText.append("&%2F&")
        var query: [UInt8] = []
        query.append(encoded: signed)
        query.withView { signedText.append(percentEncoded: $0) }
    }
}

extension WireParameters {
    /// Makes sure that every name of sorted parameters stands once.
    func refuseRepeated() throws(VerificationFailure) {
        var previous: ByteView?
        try forEach { (name, _) throws(VerificationFailure) in
            if let previous, previous.equals(name) { throw .repeatedParameter(name.text) }
            previous = name
        }
    }
}
