/// An image that instances can be made from.
struct ENSImage: Hashable, Sendable {
    let id: String
    /// The kind: `centos`.
    let system: String
    let version: String
    /// GiB.
    var size = 20

    var isWindows: Bool { system == "windows" }

    /// What instances show: `centos 6.8 x86_64`.
    var title: String { "\(system) \(version) x86_64" }

    static let all: [ENSImage] = [
        ENSImage(id: "centos_6_08_64_20G_alibase_20171208", system: "centos", version: "6.8"),
        ENSImage(id: "centos_7_06_64_20G_alibase_20190711", system: "centos", version: "7.6"),
        ENSImage(id: "ubuntu_18_04_64_20G_alibase_20190624", system: "ubuntu", version: "18.04"),
        ENSImage(id: "debian_9_09_64_20G_alibase_20190702", system: "debian", version: "9.9"),
        ENSImage(id: "win2016_64_dtc_1607_zh-cn_40G_alibase_20190816", system: "windows", version: "2016", size: 40),
    ]

    /// The image with this id, or nil.
    static func named(_ id: String) -> ENSImage? { all.first { $0.id == id } }

    /// Whether the image is CentOS 7.4 or later, which clusters need.
    var fitsClusters: Bool {
        guard system == "centos" else { return false }
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        return !numbers.lexicographicallyPrecedes([7, 4])
    }
}
