/// The images that the cloud's vendor offers in every region.
enum VendorImages {
    static let linux = "aliyun_3_x64_20G_alibase_20240528.vhd"
    static let ubuntu = "ubuntu_22_04_x64_20G_alibase_20240508.vhd"
    static let centOS = "centos_7_9_x64_20G_alibase_20240403.vhd"
    static let debian = "debian_12_5_x64_20G_alibase_20240419.vhd"
    static let arm = "aliyun_3_arm64_20G_alibase_20240528.vhd"
    static let windows = "win2022_21H2_x64_dtc_en-us_40G_alibase_20240516.vhd"

    /// Adds the images to a world.
    static func seed(_ world: inout World, at now: SimulatedTime) {
        let rows: [(id: String, family: String, os: String, platform: String, name: String, size: Int, arch: String)] = [
            (centOS, "acs:centos_7_9_x64", "linux", "CentOS", "CentOS 7.9 64 bit", 20, "x86_64"),
            (debian, "acs:debian_12_5_x64", "linux", "Debian", "Debian 12.5 64 bit", 20, "x86_64"),
            (
                windows, "acs:win2022_21H2_x64_dtc_en-us", "windows", "Windows Server 2022",
                "Windows Server 2022 Data Center Edition 64bit English Edition", 40, "x86_64"
            ),
            (
                arm, "acs:alibaba_cloud_linux_3_arm64", "linux", "Aliyun Linux",
                "Alibaba Cloud Linux 3.2104 LTS 64 bit for ARM", 20, "arm64"
            ),
            (ubuntu, "acs:ubuntu_22_04_x64", "linux", "Ubuntu", "Ubuntu 22.04 64 bit", 20, "x86_64"),
            (
                linux, "acs:alibaba_cloud_linux_3_2104_lts_x64", "linux", "Aliyun Linux",
                "Alibaba Cloud Linux 3.2104 LTS 64 bit", 20, "x86_64"
            ),
        ]
        let created = now.adding(seconds: -180 * 86_400)
        for row in rows {
            world.images[row.id] = Image(
                id: row.id, regionId: Fleet.region, name: row.id, description: row.name, family: row.family,
                owner: .system, origin: .vendor, osType: row.os, platform: row.platform, architecture: row.arch,
                osName: row.name, size: row.size,
                mappings: [.init(device: DeviceName.system, kind: .system, size: row.size)], creationTime: created,
                state: Timeline(.available, since: created))
        }
    }
}
