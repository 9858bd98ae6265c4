import Bytes
import Signer

extension SimulatedRequest {
    /// The request as the signer's verifier reads it.
    func read() -> ReceivedCall {
        let method = Array(method.utf8)
        let lines = headers.map { (name: Array($0.name.utf8), value: Array($0.value.utf8)) }
        return method.withView { method in
            target.withView { target in
                body.withView { body in
                    Self.withHeaders(lines[...], []) { headers in
                        ReceivedCall(
                            reading: ReceivedRequest(method: method, target: target, headers: headers, body: body))
                    }
                }
            }
        }
    }

    /// Whether the target's path is `/`, as for every RPC call.
    var hasRootPath: Bool { target.prefix { $0 != UInt8(ascii: "?") } == [UInt8(ascii: "/")] }

    /// Calls `body` while views of all headers are valid.
    private static func withHeaders(
        _ lines: ArraySlice<(name: [UInt8], value: [UInt8])>, _ gathered: [ReceivedRequest.Header],
        _ body: ([ReceivedRequest.Header]) -> ReceivedCall
    ) -> ReceivedCall {
        guard let line = lines.first else { return body(gathered) }
        return line.name.withView { name in
            line.value.withView { value in
                withHeaders(lines.dropFirst(), gathered + [.init(name: name, value: value)], body)
            }
        }
    }
}

extension ReceivedCall {
    /// The format of the answer: the `Format` that the call names, nil when there is no such format; else XML, the cloud's
    /// default, or JSON in the newer style.
    var answerFormat: AnswerWriter.Format? {
        guard let name = self[.format], !name.isEmpty else { return style == .rpc ? .xml : .json }
        return AnswerWriter.Format(name)
    }
}
