extension ActionContext {
    /// The call with what it leaves out taken from the launch template that it names; a call without one as it is.
    func filledFromLaunchTemplate(_ world: World) throws(CloudError) -> ActionContext {
        guard parameters.text("LaunchTemplateId") != nil || parameters.text("LaunchTemplateName") != nil else { return self }
        guard let template = world.launchTemplate(parameters, in: try requiredRegion()) else {
            throw CloudError("InvalidLaunchTemplate.NotFound")
        }
        guard let version = template.version(parameters.integer("LaunchTemplateVersion")) else {
            throw CloudError("InvalidLaunchTemplateVersion.NotFound")
        }
        return ActionContext(
            parameters: parameters.filled(from: version.parameters), now: now, durations: durations, accountId: accountId,
            action: action, site: site)
    }
}

extension CallParameters {
    /// Lists that a call takes over as a whole or not at all.
    private static let lists = ["DataDisk", "NetworkInterface", "Tag"]

    /// Parameters with what a launch template has for those left out. An empty value is one left out.
    fileprivate func filled(from template: CallParameters) -> CallParameters {
        var filled = self
        let ownLists = Self.lists.filter { !structures($0).isEmpty }
        let hasPrimary = structures("NetworkInterface").contains { $0.text("InstanceType") == "Primary" }
        for (name, value) in template.values where text(name) == nil {
            let isReplaced = ownLists.contains { name.hasPrefix($0 + ".") }
            switch name {
            // RunInstances finds it out from the group and the vSwitch.
            case "NetworkType": continue
            case "SecurityGroupId" where hasPrimary || !list("SecurityGroupIds").isEmpty: continue
            case "VSwitchId" where hasPrimary: continue
            case "ImageId" where text("ImageFamily") != nil: continue
            default: if !isReplaced { filled[name] = value }
            }
        }
        return filled
    }
}
