/// The virtual private cloud service.
enum VPC {
    static let version = "2016-04-28"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = []
}
