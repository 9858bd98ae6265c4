/// A virtual private cloud.
struct Vpc: Sendable {
    let id: String
    let regionId: String
    var name = ""
    var description = ""
    var cidrBlock: IPv4Network
    let creationTime: SimulatedTime
}
