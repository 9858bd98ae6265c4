import Bytes

/// The operations calls on disks, which tell failures by a code in an answer of success: migrate_disk and
/// query_load_progress.
enum DiskMigrationActions {
    static let handlers: [String: ActionHandler] = [
        "migrate_disk": migrate,
        "query_load_progress": progress,
    ]

    /// The codes of these calls.
    private enum Failure: String {
        case wrongRegion = "-14000400"
        case missing = "-14000401"
        case running = "-14000402"
        case unknown = "-14000404"
        case lasting = "-14000501"
        case passing = "-14000502"

        var error: CloudError { CloudError(rawValue) }
    }

    /// The same migration again is no fault; another one has to wait for the first.
    @Sendable
    private static func migrate(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let disk = try disk(world, context)
        let zone = try context.required("dest_zone_id")
        let type = context.parameters.text("dest_disk_type") ?? ""
        guard let target = context.site.geography.region(ofZone: zone) else { throw Failure.unknown.error }
        guard target.id == disk.regionId else { throw Failure.wrongRegion.error }
        if type == "io7" || type == "io8" {
            let names = ["dest_disk_iops", "dest_disk_bps"]
            guard names.allSatisfy({ context.parameters.text($0) != nil }) else { throw Failure.missing.error }
        }
        if let migration = world.apsara.migrations[disk.id], !migration.progress.isSettled(at: context.now) {
            guard migration.zoneId == zone, migration.storageType == type else { throw Failure.running.error }
            return successful
        }
        guard disk.category.isCloudDisk else { throw Failure.lasting.error }
        switch disk.state.state(at: context.now) {
        case .available: break
        // A disk stays beside the instance that it is on.
        case .inUse: guard zone == disk.zoneId else { throw Failure.wrongRegion.error }
        default: throw Failure.passing.error
        }
        world.apsara.migrations[disk.id] = DiskMigration(
            zoneId: zone, storageType: type,
            progress: Timeline(
                from: context.now, [(state: .running, lasting: context.durations[.diskMigrating])], target: .done))
        return successful
    }

    @Sendable
    private static func progress(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let disk = try disk(world, context)
        guard let migration = world.apsara.migrations[disk.id] else { throw Failure.unknown.error }
        return ["code": 200, "msg": .string(String(migration.progress.progress(at: context.now)))]
    }

    private static func disk(_ world: World, _ context: ActionContext) throws(CloudError) -> Disk {
        let region = try context.required("region_id")
        guard let disk = world.disks[try context.required("disk_id")], context.site.geography.region(region) != nil else {
            throw Failure.unknown.error
        }
        guard disk.regionId == region else { throw Failure.wrongRegion.error }
        return disk
    }

    private static let successful: JSONValue = ["code": 200, "msg": "successful"]
}
