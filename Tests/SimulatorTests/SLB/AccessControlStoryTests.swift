import Bytes
import Testing

@testable import Simulator

@Suite struct AccessControlStoryTests {
    @Test func lists() throws {
        let test = try TestCloud()
        let made = test.slb.succeed("CreateAccessControlList", TestCloud.here(["AclName": "partners"]))
        let list = TestCloud.here(["AclId": made.text("AclId")])
        test.slb.fail("CreateAccessControlList", TestCloud.here(["AclName": "partners"]), 400, "InvalidParameter")
        func add(_ entries: String) -> Reply {
            test.slb.call("AddAccessControlListEntry", list.merging(["AclEntrys": entries]) { $1 })
        }
        #expect(add(#"[{"entry":"10.0.0.0/8","comment":"in"},{"entry":"10.0.0.0/8"},{"entry":"192.168.0.0/16"}]"#).status == 200)
        #expect(add(#"[{"entry":"10.0.0.1"}]"#).code == "IpListItemFormatError")
        #expect(add(#"[{"entry":"2001:db8::/32"}]"#).code == "IpListItemFormatError")
        #expect(add(#"[{"comment":"x"}]"#).code == "MissingParameter")
        let found = test.slb.succeed("DescribeAccessControlListAttribute", list)
        #expect(found.list("AclEntrys.AclEntry").count == 2 && found.text("AclEntrys.AclEntry.0.AclEntryComment") == "in")
        let filtered = test.slb.succeed("DescribeAccessControlListAttribute", list.merging(["AclEntryComment": "in"]) { $1 })
        #expect(filtered.list("AclEntrys.AclEntry").count == 1)
        test.slb.succeed("RemoveAccessControlListEntry", list.merging(["AclEntrys": #"[{"entry":"10.0.0.0/8"}]"#]) { $1 })
        #expect(test.slb.succeed("DescribeAccessControlListAttribute", list).list("AclEntrys.AclEntry").count == 1)
        test.slb.succeed("SetAccessControlListAttribute", list.merging(["AclName": "friends"]) { $1 })
        let page = test.slb.succeed("DescribeAccessControlLists", TestCloud.here(["PageSize": "1", "PageNumber": "1"]))
        #expect(page.text("Acls.Acl.0.AclName") == "friends" && page.text("TotalCount") == "2" && page.text("Count") == "1")
        test.slb.fail("DescribeAccessControlListAttribute", TestCloud.here(["AclId": "acl-none"]), 400, "AclNotExist")
    }

    @Test func aListHoldsThreeHundred() throws {
        let test = try TestCloud()
        let list = TestCloud.here([
            "AclId": test.slb.succeed("CreateAccessControlList", TestCloud.here(["AclName": "big"])).text("AclId")
        ])
        func entries(_ block: Int, _ count: Int) -> [String: String] {
            let rows = (0..<count).map { #"{"entry":"10.\#(block).\#($0).0/24"}"# }
            return list.merging(["AclEntrys": "[\(rows.joined(separator: ","))]"]) { $1 }
        }
        for block in 0..<6 { test.slb.succeed("AddAccessControlListEntry", entries(block, 50)) }
        test.slb.fail("AddAccessControlListEntry", entries(6, 1), 400, "OverQuota")
        test.slb.fail("AddAccessControlListEntry", entries(7, 51), 400, "InvalidParameter")
    }

    @Test func listsInUseStay() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let acl = test.slb.succeed("CreateAccessControlList", TestCloud.here(["AclName": "partners"])).text("AclId")
        let list = TestCloud.here(["AclId": acl])
        let entry = list.merging(["AclEntrys": #"[{"entry":"10.0.0.0/8"}]"#]) { $1 }
        test.slb.succeed("AddAccessControlListEntry", entry)
        test.slb.succeed(
            "CreateLoadBalancerTCPListener",
            TestCloud.listener(id, "TCP", 80, ["AclStatus": "on", "AclId": acl, "AclType": "black"]))
        let found = test.slb.succeed("DescribeAccessControlListAttribute", list)
        #expect(found.text("RelatedListeners.RelatedListener.0.AclType") == "black")
        #expect(found.text("RelatedListeners.RelatedListener.0.LoadBalancerId") == id)
        test.slb.fail("DeleteAccessControlList", list, 400, "AclInUsed")
        test.slb.fail("RemoveAccessControlListEntry", entry, 400, "UnsupportedOperation")
        // The old way and the new one exclude each other.
        test.slb.fail(
            "AddListenerWhiteListItem", TestCloud.port(id, 80).merging(["SourceItems": "10.1.1.1"]) { $1 }, 400,
            "Operation.NotAllowed")
        test.slb.succeed("SetLoadBalancerTCPListenerAttribute", TestCloud.port(id, 80).merging(["AclStatus": "off"]) { $1 })
        test.slb.succeed("RemoveAccessControlListEntry", entry)
        test.slb.succeed("DeleteAccessControlList", list)
    }

    @Test func versionsMustAgree() throws {
        let test = try TestCloud()
        let acl = test.slb.succeed("CreateAccessControlList", TestCloud.here(["AclName": "six", "AddressIPVersion": "ipv6"]))
            .text("AclId")
        test.slb.succeed(
            "AddAccessControlListEntry", TestCloud.here(["AclId": acl, "AclEntrys": #"[{"entry":"2001:db8::/32"}]"#]))
        test.slb.fail(
            "CreateLoadBalancerTCPListener",
            TestCloud.listener(test.addLoadBalancer(), "TCP", 80, ["AclStatus": "on", "AclId": acl]), 400, "IpVersionConflict")
    }

    @Test func whiteLists() throws {
        let test = try TestCloud()
        let id = test.addLoadBalancer()
        let here = TestCloud.port(id, 80)
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(id, "TCP", 80))
        func list() -> Reply { test.slb.succeed("DescribeListenerAccessControlAttribute", here) }
        #expect(list().text("AccessControlStatus") == "close" && list().text("SourceItems").isEmpty)
        test.slb.succeed("SetListenerAccessControlStatus", here.merging(["AccessControlStatus": "open_white_list"]) { $1 })
        test.slb.succeed("AddListenerWhiteListItem", here.merging(["SourceItems": "10.1.1.1,10.2.0.0/16,10.1.1.1"]) { $1 })
        #expect(list().text("SourceItems") == "10.1.1.1,10.2.0.0/16" && list().text("AccessControlStatus") == "open_white_list")
        for (item, code) in [("0.0.0.0/0", "InvalidParameter.SourceItems"), ("10.1", "InvalidAddress")] {
            test.slb.fail("AddListenerWhiteListItem", here.merging(["SourceItems": item]) { $1 }, 400, code)
        }
        test.slb.succeed("RemoveListenerWhiteListItem", here.merging(["SourceItems": "10.1.1.1"]) { $1 })
        #expect(list().text("SourceItems") == "10.2.0.0/16")
        for block in 0..<5 {
            let items = (0..<60).map { "10.\(10 + block).\($0).0/24" }.joined(separator: ",")
            let reply = test.slb.call("AddListenerWhiteListItem", here.merging(["SourceItems": items]) { $1 })
            #expect(reply.code == (block < 4 ? nil : "SourceItemsQuotaOverLimit"))
        }
        let six = test.addLoadBalancer(["AddressIPVersion": "ipv6"])
        test.slb.succeed("CreateLoadBalancerTCPListener", TestCloud.listener(six, "TCP", 80))
        test.slb.fail(
            "SetListenerAccessControlStatus", TestCloud.port(six, 80).merging(["AccessControlStatus": "close"]) { $1 }, 400,
            "OperationFailed.ActionNotSupport")
    }
}
