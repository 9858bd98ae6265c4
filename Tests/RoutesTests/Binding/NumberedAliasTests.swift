import Testing

@testable import Routes

/// Parameters that the vendor's clients number and the document does not.
@Suite struct NumberedAliasTests {
    private let bench: Bench

    init() throws { bench = Bench(try WholeCatalogue.get()) }

    private static let invoke = "POST /commands/c-1/invoke"

    @Test(arguments: [
        (invoke, #"{"instanceIds":["i-1","i-2"]}"#), (invoke, #"{"instanceId":["i-1","i-2"]}"#),
        (invoke, #"{"InstanceId.1":"i-1","InstanceId.2":"i-2"}"#), (invoke + "?InstanceId.2=i-2&InstanceId.1=i-1", ""),
        (invoke + "?instanceId=i-1,i-2", ""),
    ])
    func `a list is one JSON array, however it is spelled`(request: String, body: String) throws {
        #expect(try bench.wire(request, body) == ["RegionId=cn-hangzhou", #"InstanceIds=["i-1","i-2"]"#, "CommandId=c-1"])
        let bound = try bench.bind(request, body)
        var names = ResourceNames()
        Array("1".utf8).withView { names.name(bound, account: $0) }
        #expect(names.texts == ["command/c-1", "instance/i-1", "instance/i-2"].map { "acs:ecs:cn-hangzhou:1:" + $0 })
    }

    @Test func `what is asked for in both spellings is all named`() throws {
        let bound = try bench.bind(Self.invoke + "?instanceIds=i-1", #"{"InstanceId.1":"i-2"}"#)
        var names = ResourceNames()
        Array("1".utf8).withView { names.name(bound, account: $0) }
        #expect(Set(names.texts) == Set(["command/c-1", "instance/i-1", "instance/i-2"].map { "acs:ecs:cn-hangzhou:1:" + $0 }))
        #expect(bound.wireTexts.count == 3)
    }

    @Test func `a single value stays a single one`() throws {
        #expect(try bench.wire("GET /launch-templates?LaunchTemplateId.1=lt-1").contains("LaunchTemplateId=lt-1"))
        #expect(try bench.wire("GET /launch-templates?launchTemplateId=lt-1").contains("LaunchTemplateId=lt-1"))
        for both in ["LaunchTemplateId.1=lt-1&LaunchTemplateId.2=lt-2", "launchTemplateId=lt-1&LaunchTemplateId.1=lt-2"] {
            #expect(try bench.faults("GET /launch-templates?" + both) == ["launchTemplateId: is given twice"])
        }
    }

    @Test(arguments: [
        ("GET /invocations?commandType=RunShellScript", "Type=RunShellScript"),
        ("GET /instances/i-1/screenshot?wakeup=true", "WakeUp=true"),
        ("GET /images?imageId=m-1,m-2", "ImageId=m-1,m-2"),
    ])
    func `both spellings of a name lead to the document's`(request: String, wire: String) throws {
        #expect(try bench.wire(request).contains(wire))
    }

    /// The cloud drops the white space, and policies would have been asked about another resource.
    @Test func `an element of a comma list has no white space around it`() throws {
        let body = #"{"instanceId":["i-1"," i-2"],"duration":1}"#
        #expect(
            try bench.faults("PATCH /instance-auto-renewals", body) == ["instanceId[1]: must not begin or end with white space"])
        #expect(try bench.wire("GET /images?imageId=m-1,%20m-2").contains("ImageId=m-1,m-2"))
    }

    @Test func `each image of a list is named`() throws {
        let bound = try bench.bind("GET /images?imageId=m-1,m-2")
        var names = ResourceNames()
        Array("1".utf8).withView { names.name(bound, account: $0) }
        #expect(names.texts == ["acs:ecs:cn-hangzhou:1:image/m-1", "acs:ecs:cn-hangzhou:1:image/m-2"])
    }

    @Test(arguments: [
        (#"{"launchTemplateId":"lt-1","vSwitchId":"vsw-1"}"#, ["launchtemplate/lt-1"], ["vswitch/vsw-1"]),
        (
            #"{"launchTemplateName":"web","networkInterface":[{"vSwitchId":"vsw-1"},{"vSwitchId":"vsw-2","networkInterfaceId":"eni-1"}]}"#,
            ["launchtemplate/web", "eni/eni-1"], ["vswitch/vsw-1", "vswitch/vsw-2"]
        ),
        (#"{"dedicatedHostId":"dh-1","deploymentSetId":"ds-1"}"#, ["ddh/dh-1", "deploymentset/ds-1"], []),
    ])
    func `instances name all that they are made of`(body: String, ecs: [String], vpc: [String]) throws {
        let bound = try bench.bind("POST /instances", body)
        var names = ResourceNames()
        Array("1".utf8).withView { names.name(bound, account: $0) }
        let expected = ecs.map { "acs:ecs:cn-hangzhou:1:" + $0 } + vpc.map { "acs:vpc:cn-hangzhou:1:" + $0 }
        #expect(Set(names.texts).isSuperset(of: expected))
    }
}
