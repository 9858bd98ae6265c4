/// A size of instance.
struct ENSInstanceSpec: Hashable, Sendable {
    let id: String
    let name: String
    let cores: Int
    /// MB.
    let memory: Int

    static let all: [ENSInstanceSpec] = [
        spec("ens.sn1.stiny", "计算型", 1, 2), spec("ens.sn1.tiny", "计算型", 2, 4), spec("ens.sn1.small", "计算型", 4, 8),
        spec("ens.sn1.large", "计算型", 8, 16), spec("ens.sn2.small", "通用型", 4, 16), spec("ens.sn2.large", "通用型", 8, 32),
        spec("ens.se1.tiny", "内存型", 2, 16), spec("ens.se1.large", "内存型", 8, 64),
    ]

    /// GiB that the disks of an instance may have.
    static let systemDisk = 20...200
    static let dataDisk = 20...2000

    /// Mbit/s of one instance.
    static let bandwidthLimit = 100

    /// The spec with this id, or nil.
    static func named(_ id: String) -> ENSInstanceSpec? { all.first { $0.id == id } }

    private static func spec(_ id: String, _ family: String, _ cores: Int, _ gigabytes: Int) -> ENSInstanceSpec {
        ENSInstanceSpec(id: id, name: "\(family)\(cores)C\(gigabytes)G", cores: cores, memory: gigabytes * 1024)
    }
}
