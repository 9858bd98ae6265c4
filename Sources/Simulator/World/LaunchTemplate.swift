/// What instances are to be like, in versions that never change.
struct LaunchTemplate: Sendable {
    struct Version: Sendable {
        let number: Int
        let description: String
        let creationTime: SimulatedTime
        /// Parameters of RunInstances, under their names there.
        let parameters: CallParameters
    }

    let id: String
    let regionId: String
    let name: String
    let creationTime: SimulatedTime
    var modifiedTime: SimulatedTime
    var defaultVersionNumber = 1
    /// The greatest number that was ever given.
    var latestVersionNumber = 1
    /// By rising numbers.
    var versions: [Version]

    /// The version with this number; without a number, the default one.
    func version(_ number: Int?) -> Version? {
        versions.first { $0.number == number ?? defaultVersionNumber }
    }
}

extension World {
    /// The template that a call names by `LaunchTemplateId`, `LaunchTemplateName` or both; nil when there is none.
    func launchTemplate(_ parameters: CallParameters, in region: String) -> LaunchTemplate? {
        let (id, name) = (parameters.text("LaunchTemplateId"), parameters.text("LaunchTemplateName"))
        guard id != nil || name != nil else { return nil }
        return launchTemplates.all.first {
            $0.regionId == region && (id == nil || $0.id == id) && (name == nil || $0.name == name)
        }
    }
}
