/// A template for system disks.
struct Image: Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        case creating = "Creating"
        case waiting = "Waiting"
        case available = "Available"
        case unavailable = "UnAvailable"
        case createFailed = "CreateFailed"
        case deprecated = "Deprecated"
    }

    enum Owner: String, Hashable, Sendable {
        case system
        case own = "self"
        case others, marketplace
    }

    /// Where an image comes from; decides what is refused while it is being made.
    enum Origin: Hashable, Sendable {
        case vendor, snapshot, copy, oss
    }

    /// One disk of the image.
    struct Mapping: Hashable, Sendable {
        var device: String
        var kind: Disk.Kind
        /// GiB.
        var size: Int
        var snapshotId = ""
        var format = ""
        var ossBucket = ""
        var ossObject = ""
    }

    /// An account that may use the image.
    struct Share: Hashable, Sendable {
        var accountId: String
        var since: SimulatedTime
    }

    let id: String
    let regionId: String
    var name: String
    var description = ""
    var version = ""
    var family = ""
    let owner: Owner
    let origin: Origin
    /// `linux` or `windows`.
    let osType: String
    let platform: String
    let architecture: String
    let osName: String
    /// GiB of the system disk.
    let size: Int
    var mappings: [Mapping]
    let creationTime: SimulatedTime
    var state: Timeline<State>
    var bootMode = "BIOS"
    var licenseType = "Auto"
    var supportsCloudInit = true
    var isPublic = false
    var isEncrypted = false
    var imdsSupport = "v1"
    var nvmeSupport = "unsupported"
    var resourceGroupId = ""
    var shares: [Share] = []
    /// The export that runs until its end.
    var exportEnd: SimulatedTime?
    var exportTaskId = ""

    var isWindows: Bool { osType == "windows" }

    func isExporting(at now: SimulatedTime) -> Bool { exportEnd.map { now < $0 } ?? false }
}

extension World {
    /// The images that can be seen in a region: its own and the vendor's, which are everywhere.
    func image(_ id: String, in region: String?) -> Image? {
        guard let image = images[id] else { return nil }
        return image.owner == .system || region == nil || image.regionId == region ? image : nil
    }

    /// Whether an instance was made from the image.
    func isUsed(_ image: Image) -> Bool { instances.all.contains { $0.imageId == image.id } }
}
