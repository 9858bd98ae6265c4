/// A disk on its way to another zone or kind of storage. It goes on working meanwhile.
struct DiskMigration: Sendable {
    enum Phase: Hashable, Sendable {
        case running, done
    }

    let zoneId: String
    /// Kind of storage, `io7`; empty for that of the source.
    let storageType: String
    let progress: Timeline<Phase>
}
