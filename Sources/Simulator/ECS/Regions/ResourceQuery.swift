import Bytes

/// What the two actions that tell of available resources ask alike, checked.
struct ResourceQuery {
    let region: Region
    /// `InstanceType`, `SystemDisk` …
    let destination: String
    /// The one zone that is asked about; nil for all.
    let zoneId: String?
    let instanceType: String?
    private let cores: Int?
    /// GiB.
    private let memory: Double?

    init(_ context: ActionContext) throws(CloudError) {
        let parameters = context.parameters
        guard let region = Geography.region(try context.required("RegionId")) else { throw CloudError("Invalid.RegionId") }
        self.region = region
        destination = try context.required("DestinationResource")
        zoneId = parameters.text("ZoneId")
        if let zoneId, !region.zones.contains(zoneId) { throw .invalid("ZoneId") }
        instanceType = parameters.text("InstanceType")
        cores = parameters.integer("Cores")
        memory = parameters.number("Memory")
        if destination != "InstanceType" {
            guard cores == nil else { throw CloudError("InvalidParam.Cores") }
            guard memory == nil else { throw CloudError("InvalidParam.Memory") }
        }
        guard instanceType == nil || cores == nil && memory == nil else {
            throw CloudError("InvalidParam.TypeAndCpuMem.Conflict")
        }
    }

    /// The types that a zone offers and the query wants.
    func types(in zone: String) -> [InstanceType] {
        InstanceType.all.filter {
            $0.isOffered(in: zone) && (instanceType ?? $0.id) == $0.id && (cores ?? $0.cpu) == $0.cpu
                && (memory ?? $0.memory) == $0.memory
        }
    }
}

/// Something that can be had, and in which sizes.
struct ResourceOffer {
    let value: String
    /// GiB of a disk; nil for what has no size.
    var sizes: ClosedRange<Int>?

    /// The system disks that instances can have.
    static var systemDisks: [ResourceOffer] {
        DiskCategory.all.compactMap { category in
            category.systemSizes.map { ResourceOffer(value: category.name, sizes: $0) }
        }
    }

    /// The data disks that instances can have, or of those the ones that can be made on their own.
    static func dataDisks(alone: Bool) -> [ResourceOffer] {
        DiskCategory.all.filter { $0.isCloudDisk || !alone && $0.systemSizes != nil }
            .map { ResourceOffer(value: $0.name, sizes: $0.dataSizes) }
    }

    /// An element of `SupportedResources`.
    var rendered: JSONValue {
        let answer: JSONValue = ["Value": .string(value), "Status": "Available", "StatusCategory": "WithStock"]
        guard let sizes else { return answer }
        return answer.with("Min", .integer(sizes.lowerBound)).with("Max", .integer(sizes.upperBound))
            .with("Unit", "GiB")
    }
}
