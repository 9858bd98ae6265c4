import Bytes

/// Making and deleting launch templates and their versions.
enum LaunchTemplateActions {
    static let handlers: [String: ActionHandler] = [
        "CreateLaunchTemplate": create,
        "CreateLaunchTemplateVersion": createVersion,
        "DeleteLaunchTemplate": delete,
        "DeleteLaunchTemplateVersion": deleteVersions,
        "ModifyLaunchTemplateDefaultVersion": modifyDefault,
    ]

    private static let quotaPerRegion = 30
    private static let versionQuota = 30

    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let name = try context.required("LaunchTemplateName")
        guard Naming.isResourceName(name) else { throw CloudError("InvalidLaunchTemplateName.Malformed") }
        let version = try version(1, context)
        let templates = world.launchTemplates.all.filter { $0.regionId == region }
        guard !templates.contains(where: { $0.name == name }) else {
            throw CloudError("LaunchTemplateName.Duplicated", values: [name])
        }
        guard templates.count < quotaPerRegion else { throw CloudError("LaunchTemplateLimitExceed") }
        let id = world.identifiers.resource("lt")
        world.launchTemplates[id] = LaunchTemplate(
            id: id, regionId: region, name: name, creationTime: context.now, modifiedTime: context.now, versions: [version])
        return ["LaunchTemplateId": .string(id)]
    }

    @Sendable
    private static func createVersion(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var template = try world.requiredTemplate(context)
        guard template.versions.count < versionQuota else { throw CloudError("LaunchTemplateVersionLimitExceed") }
        let number = template.latestVersionNumber + 1
        template.versions.append(try version(number, context))
        template.latestVersionNumber = number
        template.modifiedTime = context.now
        world.launchTemplates[template.id] = template
        return ["LaunchTemplateVersionNumber": .integer(number)]
    }

    /// A version as the call describes it. What it names is looked at only when instances are made of it.
    private static func version(_ number: Int, _ context: ActionContext) throws(CloudError) -> LaunchTemplate.Version {
        let description = context.parameters.text("VersionDescription") ?? ""
        guard description.isEmpty || Naming.isDescription(description) else { throw CloudError("InvalidDescription.Malformed") }
        if let data = context.parameters.text("UserData") {
            guard let bytes = Array(data.utf8).withView({ Base64.decode($0) }) else {
                throw CloudError("InvalidUserData.Base64FormatInvalid")
            }
            guard bytes.count <= UserData.greatestSize else { throw CloudError("InvalidUserData.SizeExceeded") }
        }
        let own: Set = ["RegionId", "LaunchTemplateId", "LaunchTemplateName", "VersionDescription"]
        let kept = context.parameters.values.filter { !own.contains($0.key) && !$0.value.isEmpty }
        return LaunchTemplate.Version(
            number: number, description: description, creationTime: context.now, parameters: CallParameters(kept))
    }

    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let template = try world.requiredTemplate(context, otherwise: .invalid("LaunchTemplateId"))
        world.tags[.launchtemplate, template.id] = []
        world.launchTemplates[template.id] = nil
        return .empty
    }

    @Sendable
    private static func deleteVersions(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        var template = try world.requiredTemplate(context, otherwise: .invalid("LaunchTemplateId"))
        for text in context.parameters.list("DeleteVersion") {
            guard let number = Int(text), template.version(number) != nil else { throw .invalid("DeleteVersion") }
            guard number != template.defaultVersionNumber else {
                throw CloudError("InvalidOperation.DeleteDefaultVersion")
            }
            template.versions.removeAll { $0.number == number }
        }
        template.modifiedTime = context.now
        world.launchTemplates[template.id] = template
        return .empty
    }

    @Sendable
    private static func modifyDefault(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let template = try world.requiredTemplate(context)
        let text = try context.required("DefaultVersionNumber")
        guard let number = Int(text), template.version(number) != nil else {
            throw CloudError("InvalidLaunchTemplateVersion.NotFound", values: [template.id, text])
        }
        world.launchTemplates[template.id]?.defaultVersionNumber = number
        world.launchTemplates[template.id]?.modifiedTime = context.now
        return .empty
    }
}

extension World {
    /// The template that a call must name. Where none is found, `otherwise` is thrown, or that it is not found.
    func requiredTemplate(_ context: ActionContext, otherwise: CloudError? = nil) throws(CloudError) -> LaunchTemplate {
        let region = try context.requiredRegion()
        let (id, name) = (context.parameters.text("LaunchTemplateId"), context.parameters.text("LaunchTemplateName"))
        guard id != nil || name != nil else { throw .missing("LaunchTemplateId") }
        guard let template = launchTemplate(context.parameters, in: region) else {
            throw otherwise ?? CloudError("InvalidLaunchTemplate.NotFound", values: [id ?? "", name ?? ""])
        }
        return template
    }
}
