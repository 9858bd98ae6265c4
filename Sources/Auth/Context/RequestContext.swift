import Bytes

/// The facts about one request through the gateway, as condition keys ask for them. What is nil is missing.
public struct RequestContext: ConditionContext {
    /// One tag of a resource or of a request.
    public struct Tag: Hashable, Sendable {
        public var key: [UInt8]
        public var value: [UInt8]

        public init(key: [UInt8], value: [UInt8]) {
            self.key = key
            self.value = value
        }
    }

    /// What is known about the tags of one resource.
    public enum ResourceTags: Hashable, Sendable {
        /// The resource has no tags, or does not exist yet.
        case none
        case tags([Tag])
        /// They could not be found out, so no condition on them is decided: an Allow does not apply, a Deny does.
        case unknown
    }

    public var currentTime: Instant
    public var isSecureTransport: Bool
    /// Where the caller is.
    public var source = SourceAddress.none
    /// Whether the caller proved a second factor; nil where the way of authentication has no such notion.
    public var isMFAPresent: Bool?
    public var principalARN: [UInt8]?
    /// Borrowed for the decision.
    public var userAgent: ByteView?
    public var accessId: [UInt8]?
    /// The tags that the call sets.
    public var requestTags: [Tag] = []
    /// The tags of resources, as far as they were found out; nil where nobody does: then they are unknown.
    public var resourceTags: ResourceTagTable?
    /// Keys of single services, `vpc:Vpc` and the like.
    public var others: [(key: ConditionKey, value: ContextValue)] = []

    public init(currentTime: Instant, isSecureTransport: Bool) {
        self.currentTime = currentTime
        self.isSecureTransport = isSecureTransport
    }

    public func value(of key: ConditionKey, resource: Int, arn: ByteView) -> ContextValue {
        switch key.known {
        case .currentTime: .instant(currentTime)
        case .secureTransport: .boolean(isSecureTransport)
        case .sourceIp: source.value
        case .mfaPresent: isMFAPresent.map { .boolean($0) } ?? .missing
        case .principalARN: principalARN.map { .bytes($0) } ?? .missing
        case .userAgent: userAgent.map { .text($0) } ?? .missing
        case .accessId: accessId.map { .bytes($0) } ?? .missing
        case .requestTag: value(of: key.tag, in: requestTags)
        case .resourceTag: resourceTag(key.tag, arn)
        case .ecsTag: arn.hasPrefix("acs:ecs:") ? resourceTag(key.tag, arn) : .missing
        case .vpcTag: arn.hasPrefix("acs:vpc:") ? resourceTag(key.tag, arn) : .missing
        case nil: others.first { $0.key == key }?.value ?? .missing
        }
    }

    private func resourceTag(_ tag: [UInt8]?, _ arn: ByteView) -> ContextValue {
        switch resourceTags?.tags(of: arn) ?? .unknown {
        case .none: .missing
        case .tags(let tags): value(of: tag, in: tags)
        case .unknown: .unknown
        }
    }

    private func value(of tag: [UInt8]?, in tags: [Tag]) -> ContextValue {
        guard let tag, let first = tags.first(where: { $0.key == tag }) else { return .missing }
        // Of two values the cloud might take either.
        return tags.contains { $0.key == tag && $0.value != first.value } ? .unknown : .bytes(first.value)
    }
}
