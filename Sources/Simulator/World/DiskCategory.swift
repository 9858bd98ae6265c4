/// A kind of block storage, with the sizes that it comes in.
struct DiskCategory: Hashable, Sendable {
    let name: String
    /// GiB of a data disk.
    let dataSizes: ClosedRange<Int>
    /// GiB of a system disk; nil when it cannot be one.
    let systemSizes: ClosedRange<Int>?
    /// Whether such disks can be detached, and created on their own.
    let isCloudDisk: Bool

    static let all: [DiskCategory] = [
        DiskCategory(name: "cloud", dataSizes: 5...2000, systemSizes: 20...500, isCloudDisk: true),
        DiskCategory(name: "cloud_efficiency", dataSizes: 20...32_768, systemSizes: 20...2048, isCloudDisk: true),
        DiskCategory(name: "cloud_ssd", dataSizes: 20...32_768, systemSizes: 20...2048, isCloudDisk: true),
        DiskCategory(name: "cloud_essd", dataSizes: 1...65_536, systemSizes: 1...2048, isCloudDisk: true),
        DiskCategory(name: "cloud_essd_entry", dataSizes: 10...32_768, systemSizes: 10...2048, isCloudDisk: true),
        DiskCategory(name: "cloud_auto", dataSizes: 1...65_536, systemSizes: 1...2048, isCloudDisk: true),
        DiskCategory(name: "ephemeral_ssd", dataSizes: 5...800, systemSizes: 20...500, isCloudDisk: false),
        DiskCategory(name: "local_ssd_pro", dataSizes: 5...800, systemSizes: nil, isCloudDisk: false),
        DiskCategory(name: "local_hdd_pro", dataSizes: 2000...5500, systemSizes: nil, isCloudDisk: false),
    ]

    /// The category with this name, or nil.
    static func named(_ name: String) -> DiskCategory? { all.first { $0.name == name } }

    /// The category that instances and their disks get when none is asked for.
    static let standard = all[1]
}
