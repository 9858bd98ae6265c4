/// The edge node service.
enum ENS {
    static let version = "2017-11-10"

    static let product = SimulatedProduct(version: version, families: families, commonErrors: commonErrors)

    private static let families: [[String: ActionHandler]] = []
}
