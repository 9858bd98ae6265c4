/// The instance types of the private cloud, as the list of its guide has them.
enum PrivateInstanceTypes {
    /// Name, vCPUs, GiB of memory, and network interfaces where they are stated.
    private static let table = """
        n4.small 1 2 1, n4.large 2 4 1, n4.xlarge 4 8 2, n4.2xlarge 8 16 2, n4.4xlarge 16 32 2, n4.8xlarge 32 64 2, \
        mn4.small 1 4 1, mn4.large 2 8 1, mn4.xlarge 4 16 2, mn4.2xlarge 8 32 2, mn4.4xlarge 16 64 2, \
        mn4.8xlarge 32 128 8, xn4.small 1 1 1, e4.small 1 8 1, e4.large 2 16 1, e4.xlarge 4 32 2, e4.2xlarge 8 64 3, \
        e4.4xlarge 16 128 8, sn1ne.large 2 4 2, sn1ne.xlarge 4 8 3, sn1ne.2xlarge 8 16 4, sn1ne.3xlarge 12 24 6, \
        sn1ne.4xlarge 16 32 8, sn1ne.6xlarge 24 48 8, sn1ne.8xlarge 32 64 8, g5.large 2 8 2, g5.xlarge 4 16 3, \
        g5.2xlarge 8 32 4, g5.3xlarge 12 48 6, g5.4xlarge 16 64 8, g5.6xlarge 24 96 8, g5.8xlarge 32 128 8, \
        g5.16xlarge 64 256 8, sn2ne.large 2 8 2, sn2ne.xlarge 4 16 3, sn2ne.2xlarge 8 32 4, sn2ne.3xlarge 12 48 6, \
        sn2ne.4xlarge 16 64 8, sn2ne.6xlarge 24 96 8, sn2ne.8xlarge 32 128 8, sn2ne.14xlarge 56 224 8, \
        se1ne.large 2 16 2, se1ne.xlarge 4 32 3, se1ne.2xlarge 8 64 4, se1ne.3xlarge 12 96 6, se1ne.4xlarge 16 128 8, \
        se1ne.6xlarge 24 192 8, se1ne.8xlarge 32 256 8, se1ne.14xlarge 56 480 8, se1.large 2 16 2, se1.xlarge 4 32 3, \
        se1.2xlarge 8 64 4, se1.4xlarge 16 128 8, se1.8xlarge 32 256 8, se1.14xlarge 56 480 8, \
        ebmg5s.24xlarge 96 384 32, ebmg5.24xlarge 96 384 32, i2.xlarge 4 32 3, i2.2xlarge 8 64 4, i2.4xlarge 16 128 8, \
        i2.8xlarge 32 256 8, i2.16xlarge 64 512 8, d1.2xlarge 8 32 4, d1.3xlarge 12 48 6, d1.4xlarge 16 64 8, \
        d1.6xlarge 24 96 8, d1-c8d3.8xlarge 32 128 8, d1.8xlarge 32 128 8, d1-c14d3.14xlarge 56 160 8, \
        d1.14xlarge 56 224 8, d2-zyy-d0.4xlarge 16 64 8, d2-zyy-d0.6xlarge 24 96 8, d2-zyy.4xlarge 16 64 8, \
        d2-zyy.6xlarge 24 96 8, d2-zyy.7xlarge 56 224 8, d2-zyy.8xlarge 32 160 8, d2-zyy.22xlarge 88 352 8, \
        d2-zyy-m40.8xlarge 32 128 8, d2-gab.4xlarge 16 64 8, d2-gab.8xlarge 32 128 8, sccg5ib.24xlarge 96 384 32, \
        scch5ib.16xlarge 64 192 32, sn1.medium 2 4 2, sn1.large 4 8 3, sn1.xlarge 8 16 4, sn1.3xlarge 16 32 8, \
        sn1.7xlarge 32 64 8, sn2.medium 2 8 2, sn2.large 4 16 3, sn2.xlarge 8 32 4, sn2.3xlarge 16 64 8, \
        sn2.7xlarge 32 128 8, sn2.14xlarge 56 224 8, f1-c8f1.2xlarge 8 60 4, f1-c8f1.4xlarge 16 120 8, \
        f1-c28f1.7xlarge 28 112 8, f1-c28f1.14xlarge 56 224 8, f3-c16f1.4xlarge 16 64 8, f3-c16f1.8xlarge 32 128 8, \
        f3-c16f1.16xlarge 64 256 8, gn5-c4g1.xlarge 4 30 3, gn5-c8g1.2xlarge 8 60 4, gn5-c4g1.2xlarge 8 60 4, \
        gn5-c8g1.4xlarge 16 120 8, gn5-c28g1.7xlarge 28 112 8, gn5-c8g1.8xlarge 32 240 8, gn5-c28g1.14xlarge 56 224 8, \
        gn5-c8g1.14xlarge 54 480 8, gn4-c4g1.xlarge 4 30 3, gn4-c8g1.2xlarge 8 30 4, gn4.8xlarge 32 48 8, \
        gn4-c4g1.2xlarge 8 60 4, gn4-c8g1.4xlarge 16 60 8, gn4.14xlarge 56 96 8, ga1.xlarge 4 10 3, ga1.2xlarge 8 20 4, \
        ga1.4xlarge 16 40 8, ga1.8xlarge 32 80 8, ga1.14xlarge 56 160 8, gn5i-c2g1.large 2 8 2, \
        gn5i-c4g1.xlarge 4 16 3, gn5i-c8g1.2xlarge 8 32 4, gn5i-c16g1.4xlarge 16 64 8, gn5i-c16g1.8xlarge 32 128 8, \
        gn5i-c24g1.12xlarge 48 192 8, gn5i-c28g1.14xlarge 56 224 8, gn5e-c11g1.3xlarge 10 58 6, \
        gn5e-c11g1.5xlarge 22 116 8, gn5e-c11g1.11xlarge 44 232 8, gn5e-c11g1.22xlarge 88 464 15, \
        gn6i-c10g1.2xlarge 10 42 4, gn6i-c10g1.5xlarge 20 84 6, gn6i-c10g1.10xlarge 40 168 8, \
        gn6i-c10g1.20xlarge 80 336 8, gn6i-c14g1.3xlarge 14 56 6, gn6i-c14g1.7xlarge 28 112 8, \
        gn6i-c14g1.14xlarge 56 224 8, gn6i-c20g1.5xlarge 20 80 6, gn6i-c20g1.10xlarge 40 160 8, \
        gn6v-c8g1.2xlarge 8 32 4, gn6v-c8g1.8xlarge 32 128 8, gn6v-c8g1.16xlarge 64 256 8, sccgn6p.24xlarge 96 768 32, \
        n4v2.small 1 2 1, n4v2.large 2 4 1, n4v2.xlarge 4 8 2, n4v2.2xlarge 8 16 2, n4v2.4xlarge 16 32 2, \
        n4v2.8xlarge 32 64 2, mn4v2.small 1 4 1, mn4v2.large 2 8 1, mn4v2.xlarge 4 16 2, mn4v2.2xlarge 8 32 2, \
        mn4v2.4xlarge 16 64 2, mn4v2.8xlarge 32 128 8, xn4v2.small 1 1 1, e4v2.small 1 8 1, e4v2.large 2 16 1, \
        e4v2.xlarge 4 32 2, e4v2.2xlarge 8 64 3, e4v2.4xlarge 16 128 8, t5-lc2m1.nano 1 0.5 1, t5-lc1m1.small 1 1 1, \
        t5-lc1m2.small 1 2 1, t5-lc1m2.large 2 4 1, t5-lc1m4.large 2 8 1, t5-c1m1.large 2 2 1, t5-c1m2.large 2 4 1, \
        t5-c1m4.large 2 8 1, t5-c1m1.xlarge 4 4 2, t5-c1m2.xlarge 4 8 2, t5-c1m4.xlarge 4 16 2, t5-c1m1.2xlarge 8 8 2, \
        t5-c1m2.2xlarge 8 16 2, t5-c1m4.2xlarge 8 32 2, t5-c1m1.4xlarge 16 16 2, t5-c1m2.4xlarge 16 32 2, n1.tiny 1 1, \
        n1.small 1 2, n1.medium 2 4, n1.large 4 8, n1.xlarge 8 16, n1.3xlarge 16 32, n1.7xlarge 32 64, n2.small 1 4, \
        n2.medium 2 8, n2.large 4 16, n2.xlarge 8 32, n2.3xlarge 16 64, n2.7xlarge 32 128, e3.small 1 8, \
        e3.medium 2 16, e3.large 4 32, e3.xlarge 8 64, e3.3xlarge 16 128, c1.small 8 8, c1.large 8 16, c2.medium 16 16, \
        c2.large 16 32, c2.xlarge 16 64, m1.medium 4 16, m1.xlarge 8 32, m2.medium 4 32, s1.small 1 2, s1.medium 1 4, \
        s1.large 1 8, s2.small 2 2, s2.large 2 4, s2.xlarge 2 8, s2.2xlarge 2 16, s3.medium 4 4, s3.large 4 8, \
        t1.small 1 1
        """

    static let all: [InstanceType] = table.split(separator: ", ").compactMap { row in
        let cells = row.split(separator: " ")
        guard cells.count >= 3, let cpu = Int(cells[1]), let memory = Double(cells[2]) else { return nil }
        let interfaces = cells.count > 3 ? Int(cells[3]) ?? 1 : 1
        return InstanceType(
            id: "ecs.\(cells[0])", family: family(of: cells[0]), cpu: cpu, memory: memory, interfaceQuantity: interfaces,
            addressesPerInterface: 10)
    }

    /// In the order of the list.
    static let families: [InstanceType.Family] = {
        var families: [InstanceType.Family] = []
        for type in all where !families.contains(type.family) { families.append(type.family) }
        return families
    }()

    /// Families of sites that were upgraded from the second version of the product, by their generation.
    private static let generations: [Substring: String] = [
        "t1": "ecs-1", "s1": "ecs-1", "s2": "ecs-1", "s3": "ecs-1", "m1": "ecs-1", "m2": "ecs-1", "c1": "ecs-1",
        "c2": "ecs-1", "n1": "ecs-2", "n2": "ecs-2", "e3": "ecs-2",
    ]

    /// The part of the name up to the first full stop or hyphen.
    private static func family(of name: Substring) -> InstanceType.Family {
        let stem = name.prefix { $0 != "." && $0 != "-" }
        let generation = generations[stem] ?? "ecs-3"
        // Processors and prices are not stated.
        return InstanceType.Family(
            id: "ecs.\(stem)", generation: generation, category: "", level: stem == "t5" ? "CreditEntryLevel" : "",
            processor: "", clock: (0, 0), memoryPerCPU: 0, hourlyPricePerCPU: 0, needsIOOptimized: generation != "ecs-1")
    }
}
