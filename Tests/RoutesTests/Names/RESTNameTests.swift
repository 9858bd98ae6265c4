import Testing

@testable import Routes

@Suite struct RESTNameTests {
    @Test(arguments: [
        ("InstanceId", "instanceId"), ("VSwitchId", "vSwitchId"), ("VSwitch", "vSwitch"), ("KMSKeyId", "kmsKeyId"),
        ("IPVersion", "ipVersion"), ("DBInstanceId", "dbInstanceId"), ("ISP", "isp"), ("ID", "id"), ("A", "a"),
        ("SystemDisk.Category", "systemDisk.category"), ("Tag.n.Key", "tag[].key"), ("Tag.N.Key", "tag[].key"),
        ("DataDisk.1.Size", "dataDisk[].size"),
        ("NetworkInterface.n.SecurityGroupIds.m", "networkInterface[].securityGroupIds[]"),
        ("InstanceId.n", "instanceId[]"), ("Filter.n.Value.m", "filter[].value[]"), ("disk_id", "diskId"),
        ("dest_disk_bps", "destDiskBps"),
        ("diskIds", "diskIds"), ("XForwardedFor_SLBID", "xForwardedFor_SLBID"), ("Ipv6Address", "ipv6Address"),
        ("OSSBucket", "ossBucket"), ("AclEntrys", "aclEntrys"), ("IPv6", "iPv6"), ("CPU2", "cpu2"),
    ])
    func `wire names become REST names by one rule`(_ wire: String, _ rest: String) {
        #expect(RESTName.from(wire: wire) == rest)
    }

    @Test func `the rule changes nothing that it made`() throws {
        for operation in try WholeCatalogue.get().operations {
            for parameter in operation.entry.parameters {
                #expect(RESTName.from(wire: parameter.restName.replacing("[]", with: ".n")) == parameter.restName)
            }
        }
    }
}
