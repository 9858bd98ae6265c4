import Auth
import Bytes
import HTTP
import Routes

/// One line for every decision, and for every caller who was turned away.
extension Pipeline {
    func audit(_ exchange: Exchange, _ call: Call, _ outcome: Outcome) {
        guard let log = services.audit, call.decision != nil || call.refusal != nil else { return }
        auditLine.removeAll(keepingCapacity: true)
        let text = [
            call.action?.text ?? "", call.account?.name ?? "", call.source.description, call.cloudRequestID ?? "",
        ].map { Array($0.utf8) }
        text[0].withView { action in
            text[1].withView { account in
                text[2].withView { source in
                    text[3].withView { cloudRequestID in
                        call.requestID.bytes.withView { requestID in
                            var record = AuditRecord(
                                time: exchange.loop.wallNow &- (exchange.loop.now &- exchange.receivedAt), requestID: requestID,
                                caller: call.caller, source: source, action: action, account: account,
                                outcome: call.auditOutcome, status: Int(outcome.status))
                            record.decision = call.decision
                            if call.cloudRequestID != nil { record.cloudRequestID = cloudRequestID }
                            append(&record, call)
                        }
                    }
                }
            }
        }
        auditLine.withView { log.submit($0) }
    }

    private func append(_ record: inout AuditRecord, _ call: Call) {
        guard call.decision != nil else { return record.append(to: &auditLine) }
        let parameters = call.bound.auditParameters
        // Views into arrays that live until the line is written.
        withExtendedLifetime(parameters) {
            call.resources.withNames { names in
                record.resources = names
                Self.withRecords(parameters[...], []) {
                    record.parameters = $0
                    record.append(to: &auditLine)
                }
            }
        }
    }

    private static func withRecords(
        _ rest: ArraySlice<BoundRequest.AuditParameter>, _ made: [AuditRecord.Parameter],
        _ body: ([AuditRecord.Parameter]) -> Void
    ) {
        guard let first = rest.first else { return body(made) }
        first.name.withView { name in
            guard let value = first.value else {
                return withRecords(rest.dropFirst(), made + [.init(name: name, value: nil)], body)
            }
            value.withView { withRecords(rest.dropFirst(), made + [.init(name: name, value: $0)], body) }
        }
    }

    /// Refuses what changes something while no audit line can be written, where the configuration says so.
    func checkAudit(_ call: Call) throws(Problem) {
        guard services.configuration.audit?.onFailure == .refuseWrites, services.audit?.isFailing == true,
            call.bound.operation?.entry.kind != .read
        else { return }
        throw Problem(
            503, "AuditUnavailable", "nothing may be changed while the audit log cannot be written", origin: .gateway,
            retryable: true, retryAfter: 5)
    }
}

extension Call {
    /// What became of the request.
    fileprivate var auditOutcome: AuditRecord.Outcome {
        if let failure { return failure }
        return cache == .hit || isReplayed ? .answeredLocally : .succeeded
    }
}

extension AuditRecord.Outcome {
    /// What became of a request that ended in `problem`.
    init(_ problem: Problem) {
        if let upstream = problem.upstream {
            self = upstream.status != nil ? .failed : problem.mayHaveHadEffect ? .unknown : .refused
        } else {
            self = .refused
        }
    }
}
