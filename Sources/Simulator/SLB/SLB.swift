/// The load balancing service.
enum SLB {
    static let version = "2014-05-15"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = []
}
