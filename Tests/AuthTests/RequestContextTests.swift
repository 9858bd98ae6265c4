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
        let tags = ResourceTagTable()
        tags.set(.tags([.init(key: Array("env".utf8), value: Array("dev".utf8))]), of: Array(Self.arns[0].utf8))
        tags.set(.none, of: Array(Self.arns[1].utf8))
        tags.set(.unknown, of: Array(Self.arns[2].utf8))
        context.resourceTags = tags
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
        let context = try context()
        return PolicySet.withViews(of: [Self.arns[resource]]) {
            set.decide(PreparedAction("ecs:StopInstance"), resources: $0, context: context).outcome
        }
    }

    @Test("what is asked for and not known is noted, and is undecided until it is set")
    func missingTags() throws {
        let set = try PolicySet(model: [
            ["Allow *", "Deny ecs:Stop* if StringEquals acs:ResourceTag/env prod"].map(ModelStatement.init)
        ])
        var context = try context()
        let tags = ResourceTagTable()
        context.resourceTags = tags
        func decide(_ action: String, _ arns: [String]) -> Decision.Outcome {
            PolicySet.withViews(of: arns) { set.decide(PreparedAction(action), resources: $0, context: context).outcome }
        }
        // Where no condition asks, nothing is missing.
        #expect(decide("ecs:StartInstance", Self.arns) == .allow)
        #expect(tags.missing.isEmpty)
        // What names no single resource has no tags.
        #expect(decide("ecs:StopInstance", ["acs:ecs:cn-x:1:instance/*"]) == .allow)
        #expect(decide("ecs:StopInstance", ["*"]) == .allow)
        #expect(tags.missing.isEmpty)
        let name = Array(Self.arns[0].utf8)
        #expect(decide("ecs:StopInstance", [Self.arns[0]]) == .explicitDeny)
        #expect(tags.missing == [name])
        tags.set(.none, of: name)
        #expect(decide("ecs:StopInstance", [Self.arns[0]]) == .allow)
        tags.set(.tags([.init(key: Array("env".utf8), value: Array("prod".utf8))]), of: name)
        #expect(decide("ecs:StopInstance", [Self.arns[0]]) == .explicitDeny)
        #expect(tags.missing.isEmpty)
    }

    @Test("a tag that a request sets twice, to different values, is undecided")
    func contradictingTags() throws {
        var context = try context()
        let dev = RequestContext.Tag(key: Array("env".utf8), value: Array("dev".utf8))
        func decide(_ statement: String, _ tags: [RequestContext.Tag]) throws -> Decision.Outcome {
            context.requestTags = tags
            let set = try PolicySet(model: [["Allow * if Bool acs:SecureTransport true", statement].map(ModelStatement.init)])
            return PolicySet.withViews(of: ["*"]) { set.decide(PreparedAction("ecs:X"), resources: $0, context: context).outcome }
        }
        var prod = dev
        prod.value = Array("prod".utf8)
        #expect(try decide("Deny * if StringEquals acs:RequestTag/env prod", [dev, dev]) == .allow)
        #expect(try decide("Deny * if StringEquals acs:RequestTag/env prod", [dev, prod]) == .explicitDeny)
        #expect(try decide("Deny * if StringNotEquals acs:RequestTag/env dev", [dev, prod]) == .explicitDeny)
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
