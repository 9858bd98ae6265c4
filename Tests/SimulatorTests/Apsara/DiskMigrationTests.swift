import Testing

@testable import Simulator

/// The operations calls: lower-case names, and failures as codes in an answer of success.
@Suite struct DiskMigrationTests {
    private func migrate(_ test: TestCloud, _ disk: String, _ more: [String: String] = [:]) -> Reply {
        let base = ["region_id": TestCloud.privateRegion, "disk_id": disk, "dest_zone_id": TestCloud.otherPrivateZone]
        return test.call("migrate_disk", base.merging(more) { $1 })
    }

    private func progress(_ test: TestCloud, _ disk: String) -> Reply {
        test.call("query_load_progress", ["region_id": TestCloud.privateRegion, "disk_id": disk])
    }

    @Test func aDiskMovesWhileTimePasses() throws {
        let test = try TestCloud.privateCloud()
        let disk = test.privateDisk(named: "measurements-2019")
        #expect(progress(test, disk).text("code") == "-14000404")
        let reply = migrate(test, disk)
        #expect(String(decoding: reply.response.body, as: UTF8.self) == #"{"code":200,"msg":"successful"}"#)
        #expect(progress(test, disk).text("msg") == "0")
        test.clock.advance(seconds: 120)
        #expect(progress(test, disk).text("msg") == "80")
        #expect(test.privateDisk(disk).text("ZoneId") == TestCloud.privateZone)
        #expect(migrate(test, disk).text("code") == "200", "the same migration again tells how it is")
        #expect(migrate(test, disk, ["dest_disk_type": "io3"]).text("code") == "-14000402")
        test.clock.advance(seconds: 30)
        #expect(progress(test, disk).text("msg") == "100")
        #expect(test.privateDisk(disk).text("ZoneId") == TestCloud.otherPrivateZone)
        #expect(migrate(test, disk, ["dest_zone_id": TestCloud.privateZone]).text("code") == "200")
    }

    @Test func failuresAreCodes() throws {
        let test = try TestCloud.privateCloud()
        let disk = test.privateDisk(named: "measurements-2019")
        let used = test.privateDisk(named: "erp-database-data")
        let rows: [(String, [String: String], String)] = [
            (disk, ["dest_zone_id": "nowhere"], "-14000404"), (disk, ["dest_zone_id": "cn-beijing-btc-a01"], "-14000400"),
            (disk, ["region_id": "cn-beijing-btc-d01"], "-14000400"), (disk, ["region_id": "cn-hangzhou"], "-14000404"),
            ("d-nothing", [:], "-14000404"), (disk, ["dest_disk_type": "io7"], "-14000401"),
            (disk, ["dest_disk_type": "io8", "dest_disk_iops": "9000"], "-14000401"), (disk, ["dest_zone_id": ""], "-14000401"),
            (used, [:], "-14000400"), (used, ["dest_zone_id": TestCloud.privateZone, "dest_disk_type": "io3"], "200"),
            (disk, ["dest_disk_type": "io7", "dest_disk_iops": "9000", "dest_disk_bps": "1000"], "200"),
        ]
        for (disk, more, code) in rows {
            let reply = migrate(test, disk, more)
            #expect(reply.status == 200)
            #expect(reply.text("code") == code, "\(more)")
            #expect(!reply.text("msg").isEmpty)
        }
    }

    @Test func aDiskThatChangesHasToWait() throws {
        let test = try TestCloud.privateCloud()
        let disk = test.succeed("CreateDisk", test.here(["ZoneId": TestCloud.privateZone, "Size": "20"])).text("DiskId")
        #expect(migrate(test, disk).text("code") == "-14000502")
        test.clock.advance(seconds: 10)
        #expect(migrate(test, disk).text("code") == "200")
        test.succeed("DeleteDisk", ["DiskId": disk])
        #expect(progress(test, disk).text("code") == "-14000404")
    }

    /// What is wrong with the call itself is told as by every other action.
    @Test func theSignatureIsCheckedAsEverywhere() throws {
        let test = try TestCloud.privateCloud()
        var call = test.signed("migrate_disk", ["region_id": "r", "disk_id": "d", "dest_zone_id": "z"])
        call.secret = "wrong"
        let response = test.cloud.handle(call.request(at: test.clock.now))
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains("IncompleteSignature"))
    }
}
