/// The kinds of routers.
enum RouterType: String, Hashable, Sendable {
    /// The router of a VPC.
    case vRouter = "VRouter"
    /// The router at the end of a leased line.
    case borderRouter = "VBR"
}
