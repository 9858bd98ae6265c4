import Bytes

/// How an answer came about, for the Cache-Status header (RFC 9211).
public enum CacheStatus: Hashable, Sendable {
    /// Why the cloud was asked.
    public enum Forwarding: Hashable, Sendable {
        /// Nothing was stored under the key.
        case miss
        /// What was stored was too old, or a write made it out of date.
        case stale
        /// The caller's Cache-Control asked for it.
        case request
        /// The action's answers are never stored.
        case bypass
        /// The request changes something.
        case method
    }

    /// A stored answer, fresh for so many seconds more.
    case hit(ttl: UInt64)
    /// The cloud was asked for this request.
    case forwarded(Forwarding, isStored: Bool)
    /// The cloud's answer to somebody else's request, made at the same time, was shared.
    case collapsed(Forwarding)

    /// Appends the header's value.
    public func append(to output: inout [UInt8]) {
        output.append("acs-gateway; ")
        switch self {
        case .hit(let ttl):
            output.append("hit; ttl=")
            output.append(decimal: ttl)
        case .forwarded(let reason, let isStored):
            output.append(reason.parameter)
            if isStored { output.append("; stored") }
        case .collapsed(let reason):
            output.append(reason.parameter)
            output.append("; collapsed")
        }
    }
}

extension CacheStatus.Forwarding {
    fileprivate var parameter: StaticString {
        switch self {
        case .miss: "fwd=uri-miss"
        case .stale: "fwd=stale"
        case .request: "fwd=request"
        case .bypass: "fwd=bypass"
        case .method: "fwd=method"
        }
    }
}
