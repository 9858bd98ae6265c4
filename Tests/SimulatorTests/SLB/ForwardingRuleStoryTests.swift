import Bytes
import Testing

@testable import Simulator

@Suite struct ForwardingRuleStoryTests {
    /// A load balancer with a listener of HTTP at 80 and an empty group.
    private static func begin() throws -> (test: TestCloud, id: String, group: String) {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        test.slb.succeed("CreateLoadBalancerHTTPListener", TestCloud.listener(id, "HTTP", 80))
        return (test, id, test.slb.succeed("CreateVServerGroup", TestCloud.here(["LoadBalancerId": id])).text("VServerGroupId"))
    }

    private static func rules(_ id: String, _ list: String) -> [String: String] {
        TestCloud.port(id, 80).merging(["RuleList": list]) { $1 }
    }

    @Test(arguments: [
        (#"[{"RuleName":"r","VServerGroupId":"G"}]"#, 400, "RuleListMalformed"), (#"[]"#, 400, "RuleListMalformed"),
        (#"[{"RuleName":"r r","Url":"/a","VServerGroupId":"G"}]"#, 400, "RuleListMalformed"),
        (#"[{"Url":"/a","VServerGroupId":"G"}]"#, 400, "MissingParameter"),
        (#"[{"RuleName":"r","Url":"a","VServerGroupId":"G"}]"#, 400, "UrlMalformed"),
        (#"[{"RuleName":"r","Domain":"a b","VServerGroupId":"G"}]"#, 400, "DomainMalformed"),
        (#"[{"RuleName":"r","Domain":"a.com","VServerGroupId":"rsp-none"}]"#, 404, "InvalidParameter"),
        (
            #"[{"RuleName":"r","Domain":"a.com","VServerGroupId":"G"},{"RuleName":"s","Domain":"a.com","VServerGroupId":"G"}]"#,
            400, "DomainExist"
        ),
        (
            #"[{"RuleName":"r","Domain":"a.com","VServerGroupId":"G"},{"RuleName":"r","Domain":"b.com","VServerGroupId":"G"}]"#,
            400,
            "InvalidParameter"
        ),
    ])
    func rulesThatAreNone(list: String, status: Int, code: String) throws {
        let (test, id, group) = try Self.begin()
        test.slb.fail("CreateRules", Self.rules(id, list.replacing("\"G\"", with: "\"\(group)\"")), status, code)
        #expect(test.slb.succeed("DescribeRules", TestCloud.port(id, 80)).list("Rules.Rule").isEmpty)
    }

    @Test func aRuleFollowsItsListenerUntilToldOtherwise() throws {
        let (test, id, group) = try Self.begin()
        let made = test.slb.succeed(
            "CreateRules",
            Self.rules(
                id,
                """
                [{"RuleName":"r","Domain":"a.com","Url":"/cache","VServerGroupId":"\(group)"},{"RuleName":"s","Url":"/","VServerGroupId":"\(group)"}]
                """.replacing("\"/\"", with: "\"/s\"")))
        #expect(made.list("Rules.Rule").count == 2)
        let rule = TestCloud.here(["RuleId": made.text("Rules.Rule.0.RuleId")])
        var found = test.slb.succeed("DescribeRuleAttribute", rule)
        #expect(found.text("ListenerSync") == "on" && found.text("Scheduler") == "wrr" && found.text("ListenerPort") == "80")
        let own = ["ListenerSync": "off", "Scheduler": "rr", "StickySession": "off", "HealthCheck": "off"]
        for name in ["Scheduler", "StickySession", "HealthCheck"] {
            test.slb.fail("SetRule", rule.merging(own.filter { $0.key != name }) { $1 }, 400, "MissingParameter")
        }
        test.slb.fail("SetRule", rule.merging(own.merging(["HealthCheck": "on"]) { $1 }) { $1 }, 400, "MissingParameter")
        test.slb.succeed("SetRule", rule.merging(own.merging(["RuleName": "renamed"]) { $1 }) { $1 })
        found = test.slb.succeed("DescribeRuleAttribute", rule)
        #expect(found.text("Scheduler") == "rr" && found.text("RuleName") == "renamed" && found.text("ListenerSync") == "off")
        test.slb.fail("SetRule", rule.merging(["RuleName": "s"]) { $1 }, 400, "InvalidParameter")
        test.slb.fail("SetRule", rule.merging(["VServerGroupId": "rsp-none"]) { $1 }, 400, "InvalidParameter")
        #expect(
            test.slb.succeed("DescribeLoadBalancerHTTPListenerAttribute", TestCloud.port(id, 80)).list("Rules.Rule").count == 2)
        test.slb.succeed("DeleteRules", TestCloud.here(["RuleIds": "[\"\(rule["RuleId"] ?? "")\"]"]))
        test.slb.fail("DescribeRuleAttribute", rule, 404, "InvalidRuleId.NotFound")
        test.slb.fail("DeleteRules", TestCloud.here(["RuleIds": "[\"rule-none\"]"]), 404, "InvalidRuleId.NotFound")
        test.slb.succeed("DeleteLoadBalancerListener", TestCloud.port(id, 80))
        #expect(test.cloud.withWorld { $0.slb.rules.isEmpty })
    }

    @Test func onlyWebListenersHaveRules() throws {
        let (test, id, group) = try Self.begin()
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 81))
        let list = #"[{"RuleName":"r","Domain":"a.com","VServerGroupId":"\#(group)"}]"#
        test.slb.fail("CreateRules", TestCloud.port(id, 81).merging(["RuleList": list]) { $1 }, 400, "RuleNotSupport")
        test.slb.succeed("StartLoadBalancerListener", TestCloud.port(id, 80))
        test.slb.fail("CreateRules", Self.rules(id, list), 400, "OperationFailed.ListenerStatusNotSupport")
        let many = (0..<11).map { #"{"RuleName":"r\#($0)","Domain":"a\#($0).com","VServerGroupId":"\#(group)"}"# }
        test.slb.fail("CreateRules", Self.rules(id, "[\(many.joined(separator: ","))]"), 400, "InvalidParameter")
    }

    @Test func furtherDomains() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let certificate = test.addCertificate()
        let here = TestCloud.port(id, 443).merging(["Domain": "*.example.com", "ServerCertificateId": certificate]) { $1 }
        test.slb.fail("CreateDomainExtension", here, 404, "ListenerNotFound")
        test.slb.succeed(
            "CreateLoadBalancerHTTPSListener", TestCloud.listener(id, "HTTPS", 443, ["ServerCertificateId": certificate]))
        let made = test.slb.succeed("CreateDomainExtension", here).text("DomainExtensionId")
        test.slb.fail("CreateDomainExtension", here, 400, "DomainAlreadyExists")
        test.slb.fail("CreateDomainExtension", here.merging(["Domain": "a b"]) { $1 }, 400, "InvalidParameter")
        #expect(
            test.slb.succeed("DescribeDomainExtensions", TestCloud.port(id, 443)).list("DomainExtensions.DomainExtension").count
                == 1)
        let one = TestCloud.here(["DomainExtensionId": made])
        #expect(test.slb.succeed("DescribeDomainExtensionAttribute", one).text("LoadBalancerId") == id)
        let listener = test.slb.succeed("DescribeLoadBalancerHTTPSListenerAttribute", TestCloud.port(id, 443))
        #expect(listener.text("DomainExtensions.DomainExtension.0.Domain") == "*.example.com")
        test.slb.succeed("DeleteDomainExtension", one)
        test.slb.fail("DescribeDomainExtensionAttribute", one, 400, "InvalidParameter")
    }
}
