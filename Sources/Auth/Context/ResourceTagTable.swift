import Bytes

/// The tags of a request's resources by their ARNs. Conditions ask it while a decision is made, and it notes what they asked
/// for that it does not know: that is then found out, and the decision made again.
public final class ResourceTagTable {
    private var known: [[UInt8]: RequestContext.ResourceTags] = [:]
    /// What was asked for and is not known.
    public private(set) var missing: Set<[UInt8]> = []

    public init() {}

    /// The tags of the resource called `arn`; unknown until they are set. What names no single resource has none.
    public func tags(of arn: ByteView) -> RequestContext.ResourceTags {
        if arn.last == UInt8(ascii: "*") { return .none }
        let name = Array(arn)
        if let tags = known[name] { return tags }
        missing.insert(name)
        return .unknown
    }

    /// Notes the tags of a resource, also that they are not to be found out.
    public func set(_ tags: RequestContext.ResourceTags, of arn: [UInt8]) {
        known[arn] = tags
        missing.remove(arn)
    }
}
