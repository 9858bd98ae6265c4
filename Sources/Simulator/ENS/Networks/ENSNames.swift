/// Names and descriptions of networks and vSwitches, which have the same rules.
enum ENSNames {
    /// The name and description that the call gives, checked; nil for what it leaves out.
    static func read(
        _ nameParameter: String, _ context: ActionContext
    ) throws(CloudError) -> (name: String?, description: String?) {
        let name = context.parameters.text(nameParameter)
        if let name, !Naming.isResourceName(name) || name.contains(".") { throw CloudError("Invalid" + nameParameter) }
        let description = context.parameters.text("Description")
        if let description {
            guard Naming.isDescription(description), description.first?.isLetter == true else {
                throw CloudError("InvalidDescription")
            }
        }
        return (name, description)
    }
}
