import Testing

@testable import Auth

struct PrincipalDirectoryTests {
    private let directory = PrincipalDirectory(
        accountID: "123",
        entries: [
            .init(
                name: "ann", groups: ["staff"],
                policies: [Identities.policy("own", "ecs:Start*"), Identities.policy("look", "ecs:*")]),
            .init(name: "Ops", kind: .role, policies: []),
        ],
        groups: [
            "staff": [Identities.policy("look", "ecs:Describe*")],
            "guests": [
                PolicyDocument(name: "guests", statements: [PolicyStatement(effect: .deny, actions: ["ecs:Delete*"])])
            ],
        ])

    @Test("policies of a principal and of its groups are one class")
    func union() {
        let ann = directory.principal("ann")
        #expect(ann.groups == ["staff"])
        // Of one name there is one policy.
        #expect(ann.policies.identity.names == ["own", "look"])
        let guest = directory.principal("ann", groups: ["guests"])
        #expect(guest.groups == ["guests", "staff"])
        #expect(guest.policies.identity.decide(ModelRequest(action: "ecs:DeleteDisk")).outcome == .explicitDeny)
        #expect(ann.policies.identity.decide(ModelRequest(action: "ecs:DeleteDisk")).outcome == .allow)
    }

    @Test("who is not configured has the rights of its groups alone")
    func unknown() {
        #expect(directory.principal("eve").policies.identity.names == [])
        #expect(directory.principal("eve", groups: ["staff", "nobody"]).policies.identity.names == ["look"])
        #expect(directory.principal("eve", groups: ["Staff"]).groups == [])
    }

    @Test("the same combination is the same principal; equal rights are compiled once")
    func sharing() {
        #expect(directory.principal("ann") === directory.principal("ann", groups: ["staff"]))
        let (eve, bob) = (directory.principal("eve", groups: ["staff"]), directory.principal("bob", groups: ["staff"]))
        #expect(eve !== bob)
        #expect(eve.policies.identity === bob.policies.identity)
        for index in 0..<3000 { _ = directory.principal("p\(index)", groups: ["staff"]) }
        #expect(directory.principal("p1").name == "p1")
    }

    @Test("kinds of principals in ARNs")
    func arns() {
        #expect(directory.principal("ann").arn == Array("acs:ram::123:user/ann".utf8))
        #expect(directory.principal("Ops").arn == Array("acs:ram::123:role/ops".utf8))
        #expect(directory.principal("Ops").name == "Ops")
    }
}
