import Bytes
import Routes

/// What a handler knows of the call that it answers.
struct ActionContext: Sendable {
    /// Parameters that passed the check against the catalogue, under their canonical names.
    let parameters: CallParameters
    /// When the call is answered.
    let now: SimulatedTime
    let durations: Durations
    /// The account that owns everything in this cloud.
    let accountId: String
    /// Name of the action: `StartInstance`.
    let action: String
    let site: Site

    /// The value of a parameter that the catalogue requires or this call needs.
    func required(_ name: String) throws(CloudError) -> String {
        guard let value = parameters.text(name) else { throw .missing(name) }
        return value
    }

    /// Whether the cloud is the private one.
    var isPrivateCloud: Bool { site.dialect == .apsara }

    /// The region that the call names, `RegionId` or `regionId`; nil when it names none.
    func region() throws(CloudError) -> String? {
        guard let region = parameters.text("RegionId") ?? parameters.text("regionId") else { return nil }
        guard site.geography.region(region) != nil else { throw CloudError("InvalidRegionId.NotFound") }
        return region
    }

    /// The region that the call must name.
    func requiredRegion() throws(CloudError) -> String {
        guard let region = try region() else { throw .missing("RegionId") }
        return region
    }
}

/// Answers one action: changes the world, or reads it, and gives the members of the answer without the request id.
/// A handler that throws has changed nothing: its changes are made to a copy that is then dropped.
typealias ActionHandler = @Sendable (inout World, ActionContext) throws(CloudError) -> JSONValue
