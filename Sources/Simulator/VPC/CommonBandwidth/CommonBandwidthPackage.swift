/// Bandwidth that several public addresses share.
struct CommonBandwidthPackage: Sendable {
    /// Addresses of a package.
    static let addressLimit = 100

    let id: String
    let regionId: String
    var name = ""
    var description = ""
    /// Mbit/s.
    var bandwidth: Int
    let internetChargeType: String
    /// Guaranteed share in percent.
    let ratio: Int
    let creationTime: SimulatedTime
    var isLocked = false
}

extension World {
    /// The package that the call names as `BandwidthPackageId`.
    func commonPackage(_ context: ActionContext) throws(CloudError) -> CommonBandwidthPackage {
        let region = try context.knownRegion()
        guard let package = vpc.commonPackages[try context.required("BandwidthPackageId")], package.regionId == region else {
            throw CloudError("InvalidBandwidthPackageId.NotFound")
        }
        return package
    }

    /// The addresses in a package.
    func eips(inPackage id: String) -> [Eip] { vpc.eips.all.filter { $0.commonPackageId == id } }
}
