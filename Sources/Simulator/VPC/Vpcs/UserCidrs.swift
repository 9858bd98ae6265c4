/// The networks on the user's side of a VPC, as calls list them.
enum UserCidrs {
    private static let limit = 3

    /// Reads a comma list of networks.
    static func parse(_ text: String) throws(CloudError) -> [IPv4Network] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= limit else { throw CloudError("InvalidUserCidr.Quota") }
        return try parts.map { part throws(CloudError) in
            guard let network = IPv4Network(part) else { throw CloudError("InvalidParameter", about: "UserCidr invalid format") }
            guard (8...28).contains(network.prefixLength) else {
                throw CloudError("InvalidParameter", about: "UserCidr Subnet mask")
            }
            if let reserved = Vpc.serviceRange, reserved.overlaps(network) {
                throw CloudError("InvalidUserCidr.Malformed", about: "overlapping")
            }
            return network
        }
    }
}
