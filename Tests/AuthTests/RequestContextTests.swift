import Bytes
import Testing

@testable import Auth

struct RequestContextTests {
    private func context() throws -> RequestContext {
        let noon = try #require(Array("2026-01-05T12:00:00Z".utf8).withView { Instant($0) })
        var context = RequestContext(currentTime: noon, isSecureTransport: true)
        context.source = .address(NetworkAddress(v4: 0x0A00_0001))
        context.principalARN = Array("acs:ram::123:user/ann".utf8)
        context.requestTags = [.init(key: Array("team".utf8), value: Array("web".utf8))]
        context.resourceTags = [.tags([.init(key: Array("env".utf8), value: Array("dev".utf8))]), .none, .unknown]
        context.others = [(try #require(ConditionKey("vpc:Vpc")), .bytes(Array("acs:vpc:cn-x:1:vpc/v-1".utf8)))]
        return context
    }

    /// Resource 0 is an instance tagged env=dev, 1 a VPC without tags, 2 a disk whose tags could not be read.
    private static let arns = ["acs:ecs:cn-x:1:instance/i-1", "acs:vpc:cn-x:1:vpc/v-1", "acs:ecs:cn-x:1:disk/d-1"]

    @Test(
        "what a request answers",
        arguments: [
            ("Allow * if IpAddress acs:SourceIp 10.0.0.0/8", 0, true),
            ("Allow * if StringEquals acs:SourceIp 10.0.0.1", 0, true),
            ("Allow * if DateGreaterThan acs:CurrentTime 2026-01-05T19:00:00+08:00", 0, true),
            ("Allow * if DateLessThan acs:CurrentTime 2026-01-05T12:00:00Z", 0, false),
            ("Allow * if StringLike acs:CurrentTime 2026-01-05T12:00:00Z", 0, true),
            ("Allow * if Bool acs:SecureTransport true", 0, true),
            ("Allow * if StringEquals acs:SecureTransport true", 0, true),
            ("Allow * if Bool acs:MFAPresent false", 0, false),
            ("Allow * if StringEquals acs:PrincipalARN acs:ram::123:user/ann", 0, true),
            ("Allow * if StringEquals acs:RequestTag/team web", 0, true),
            ("Allow * if StringEquals acs:RequestTag/Team web", 0, false),
            ("Allow * if StringEquals acs:ResourceTag/env dev", 0, true),
            ("Allow * if StringEquals ecs:tag/env dev", 0, true),
            ("Allow * if StringEquals vpc:tag/env dev", 0, false),
            ("Allow * if StringEquals acs:ResourceTag/env dev", 1, false),
            ("Allow * if StringNotEquals acs:ResourceTag/env dev", 1, true),
            ("Allow * if StringEquals acs:ResourceTag/env dev", 2, false),
            ("Allow * if StringNotEquals acs:ResourceTag/env dev", 2, false),
            ("Allow * if StringNotEquals ecs:tag/env dev", 2, false),
            ("Allow * if StringEquals vpc:Vpc acs:vpc:cn-x:1:vpc/v-1", 0, true),
            ("Allow * if NumericEquals acs:SourceIp 10", 0, false),
            ("Allow * if DateEquals acs:SecureTransport 2026-01-05T12:00:00Z", 0, false),
            ("Allow * if StringLike acs:ResourceTag *", 0, false),
            ("Allow * if StringLike acs:SourceIp/x *", 0, false),
        ])
    func answers(_ statement: String, _ resource: Int, _ isAllowed: Bool) throws {
        #expect(try decide([statement], resource) == (isAllowed ? .allow : .implicitDeny))
    }

    @Test("tags that could not be read never let a Deny go by")
    func unknownTags() throws {
        for test in ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"] {
            let statements = ["Allow *", "Deny * if \(test) acs:ResourceTag/env prod"]
            #expect(try decide(statements, 2) == .explicitDeny, "\(test)")
        }
    }

    private func decide(_ statements: [String], _ resource: Int) throws -> Decision.Outcome {
        let set = try PolicySet(model: [statements.map(ModelStatement.init)])
        var context = try context()
        context.resourceTags = [context.resourceTags[resource]]
        return PolicySet.withViews(of: [Self.arns[resource]]) {
            set.decide(PreparedAction("ecs:StopInstance"), resources: $0, context: context).outcome
        }
    }

    @Test("a set knows the keys it asks for, each once")
    func keys() throws {
        let set = try PolicySet(model: [
            [ModelStatement("Allow * if StringEquals acs:ResourceTag/env a & IpAddress acs:SourceIp 10.0.0.1")],
            [ModelStatement("Deny * if StringEquals ACS:resourcetag/env b & NotIpAddress acs:sourceip 10.0.0.1")],
        ])
        #expect(set.conditionKeys.map(\.description) == ["acs:resourcetag/env", "acs:sourceip"])
        #expect(set.asksForResources)
        #expect(!set.asksForRequestTags)
        let other = try PolicySet(model: [[ModelStatement("Allow * if StringEquals acs:RequestTag/team a")]])
        #expect(!other.asksForResources)
        #expect(other.asksForRequestTags)
    }
}
