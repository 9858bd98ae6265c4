/// What exists in the private cloud only.
struct ApsaraWorld: Sendable {
    var deploymentSets = Table<DeploymentSet>()
    /// Where the instances of deployment sets are, by instance id.
    var placements: [String: Placement] = [:]
    /// The latest migration of each disk, by disk id.
    var migrations: [String: DiskMigration] = [:]
}

extension World {
    /// Carries out what fell due in the private cloud up to `now`.
    mutating func settleApsara(at now: SimulatedTime) {
        for id in apsara.placements.keys.sorted() where instances[id] == nil { apsara.placements[id] = nil }
        for (id, migration) in apsara.migrations.sorted(by: { $0.key < $1.key }) {
            if disks[id] == nil {
                apsara.migrations[id] = nil
            } else if migration.progress.isSettled(at: now) {
                disks[id]?.zoneId = migration.zoneId
            }
        }
    }
}
