/// A size of virtual machine.
struct InstanceType: Hashable, Sendable {
    let id: String
    let family: Family
    let cpu: Int
    /// GiB.
    let memory: Double
    /// Interfaces, the primary one included.
    let interfaceQuantity: Int
    /// Private IPv4 addresses of one interface.
    let addressesPerInterface: Int

    /// A line of types with the same hardware.
    struct Family: Hashable, Sendable {
        let id: String
        /// `ecs-1`, the oldest, and on.
        let generation: String
        let category: String
        let level: String
        let processor: String
        /// GHz, base and turbo.
        let clock: (base: Double, turbo: Double)
        /// GiB for each vCPU; types of burstable families say their own.
        let memoryPerCPU: Double
        /// Yuan for an hour of one vCPU.
        let hourlyPricePerCPU: Double
        var architecture = "X86"
        /// Letters of the zones that do not have it.
        var missingInZones = ""
        /// Whether it cannot run without I/O optimisation.
        var needsIOOptimized = true

        static func == (left: Family, right: Family) -> Bool { left.id == right.id }
        func hash(into hasher: inout Hasher) { hasher.combine(id) }
    }

    /// vCPUs of burstable types run below full speed.
    var isBurstable: Bool { family.level == "CreditEntryLevel" }

    /// Most data disks at once, as for all types of the current generations.
    var dataDiskQuantity: Int { 16 }

    /// Yuan for an hour.
    var hourlyPrice: Double { Double(cpu) * family.hourlyPricePerCPU }

    func isOffered(in zoneId: String) -> Bool {
        guard let letter = zoneId.last else { return false }
        return !family.missingInZones.contains(letter)
    }

    /// The type with this name, or nil.
    static func named(_ id: String) -> InstanceType? { byId[id] }

    private static let byId = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}

extension InstanceType {
    static let families: [Family] = [
        Family(
            id: "ecs.t1", generation: "ecs-1", category: "Shared", level: "EntryLevel", processor: "Intel Xeon",
            clock: (2.0, 2.0), memoryPerCPU: 1, hourlyPricePerCPU: 0.22, missingInZones: "ijkl", needsIOOptimized: false),
        Family(
            id: "ecs.t5", generation: "ecs-2", category: "Shared", level: "CreditEntryLevel",
            processor: "Intel Xeon (Skylake) Platinum 8163", clock: (2.5, 2.7), memoryPerCPU: 2, hourlyPricePerCPU: 0.1),
        Family(
            id: "ecs.g5", generation: "ecs-3", category: "General-purpose", level: "EnterpriseLevel",
            processor: "Intel Xeon (Skylake) Platinum 8163", clock: (2.5, 2.7), memoryPerCPU: 4, hourlyPricePerCPU: 0.35),
        Family(
            id: "ecs.c5", generation: "ecs-3", category: "Compute-optimized", level: "EnterpriseLevel",
            processor: "Intel Xeon (Skylake) Platinum 8163", clock: (2.5, 2.7), memoryPerCPU: 2, hourlyPricePerCPU: 0.29),
        Family(
            id: "ecs.r5", generation: "ecs-3", category: "Memory-optimized", level: "EnterpriseLevel",
            processor: "Intel Xeon (Skylake) Platinum 8163", clock: (2.5, 2.7), memoryPerCPU: 8, hourlyPricePerCPU: 0.42),
        Family(
            id: "ecs.g6", generation: "ecs-4", category: "General-purpose", level: "EnterpriseLevel",
            processor: "Intel Xeon (Cascade Lake) Platinum 8269CY", clock: (2.5, 3.2), memoryPerCPU: 4,
            hourlyPricePerCPU: 0.33),
        Family(
            id: "ecs.c6", generation: "ecs-4", category: "Compute-optimized", level: "EnterpriseLevel",
            processor: "Intel Xeon (Cascade Lake) Platinum 8269CY", clock: (2.5, 3.2), memoryPerCPU: 2,
            hourlyPricePerCPU: 0.27),
        Family(
            id: "ecs.r6", generation: "ecs-4", category: "Memory-optimized", level: "EnterpriseLevel",
            processor: "Intel Xeon (Cascade Lake) Platinum 8269CY", clock: (2.5, 3.2), memoryPerCPU: 8,
            hourlyPricePerCPU: 0.4),
        Family(
            id: "ecs.g7", generation: "ecs-5", category: "General-purpose", level: "EnterpriseLevel",
            processor: "Intel Xeon (Ice Lake) Platinum 8369B", clock: (2.7, 3.5), memoryPerCPU: 4, hourlyPricePerCPU: 0.36,
            missingInZones: "g"),
        Family(
            id: "ecs.g8y", generation: "ecs-6", category: "General-purpose", level: "EnterpriseLevel",
            processor: "YiTian 710", clock: (2.75, 2.75), memoryPerCPU: 4, hourlyPricePerCPU: 0.3, architecture: "ARM",
            missingInZones: "gh"),
    ]

    static let all: [InstanceType] =
        [
            InstanceType(
                id: "ecs.t1.small", family: families[0], cpu: 1, memory: 1, interfaceQuantity: 1, addressesPerInterface: 1),
            InstanceType(
                id: "ecs.t5-lc1m1.small", family: families[1], cpu: 1, memory: 1, interfaceQuantity: 1,
                addressesPerInterface: 2),
            InstanceType(
                id: "ecs.t5-lc1m2.large", family: families[1], cpu: 2, memory: 4, interfaceQuantity: 1,
                addressesPerInterface: 2),
        ] + families.dropFirst(2).flatMap(sizes)

    /// The regular sizes of a family.
    private static func sizes(_ family: Family) -> [InstanceType] {
        [
            ("large", 2, 2, 6), ("xlarge", 4, 3, 10), ("2xlarge", 8, 4, 10), ("4xlarge", 16, 8, 20),
            ("8xlarge", 32, 8, 20),
        ].map { size, cpu, interfaces, addresses in
            InstanceType(
                id: "\(family.id).\(size)", family: family, cpu: cpu, memory: Double(cpu) * family.memoryPerCPU,
                interfaceQuantity: interfaces, addressesPerInterface: addresses)
        }
    }
}
