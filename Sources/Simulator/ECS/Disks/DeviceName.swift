/// Names of disks inside an instance: `/dev/xvda` is the system disk, `/dev/xvdb` and on are data disks.
enum DeviceName {
    static let system = "/dev/xvda"

    /// The names of data disks in their order: `/dev/xvdb` to `/dev/xvdz`.
    static let dataDevices: [String] = "bcdefghijklmnopqrstuvwxyz".map { "/dev/xvd\($0)" }

    static func isDataDevice(_ name: String) -> Bool { dataDevices.contains(name) }

    /// The first data device that is not `used`; nil when none is left.
    static func firstFree(besides used: Set<String>) -> String? {
        dataDevices.first { !used.contains($0) }
    }
}
