/// What a Linux machine says on its console when it starts.
enum BootLog {
    static func text(of instance: Instance, _ image: Image) -> String {
        let kernel = image.platform == "CentOS" ? "3.10.0-1160.108.1.el7" : "5.10.134-16.1.al8"
        let architecture = image.architecture == "arm64" ? "aarch64" : "x86_64"
        let memory = Int(instance.type.memory * 1_048_576)
        return """
            [    0.000000] Linux version \(kernel).\(architecture) (gcc version 10.2.1)
            [    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz-\(kernel).\(architecture) root=/dev/vda1 ro console=ttyS0
            [    0.000000] DMI: Alibaba Cloud Alibaba Cloud ECS, BIOS rel-1.14.0 04/01/2014
            [    0.012345] Memory: \(memory - memory / 20)K/\(memory)K available
            [    0.020119] smpboot: Allowing \(instance.type.cpu) CPUs, 0 hotplug CPUs
            [    0.381502] virtio_blk virtio1: [vda] detected
            [    1.204417] EXT4-fs (vda1): mounted filesystem with ordered data mode
            [    1.690233] systemd[1]: Set hostname to <\(instance.hostName)>.
            [    2.104877] virtio_net virtio0 eth0: renamed from virtio0
            [  OK  ] Started Network Manager: eth0 \(instance.privateIpAddress)
            [  OK  ] Started OpenSSH server daemon.
            [  OK  ] Started aliyun-assist.
            [  OK  ] Reached target Multi-User System.

            \(image.osName)
            Kernel \(kernel).\(architecture) on an \(architecture)

            \(instance.hostName) login:\u{20}

            """
    }
}
