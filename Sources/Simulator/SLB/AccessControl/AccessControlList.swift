extension SLB {
    /// Addresses that listeners let in or keep out.
    struct AccessControlList: Sendable {
        struct Entry: Sendable {
            /// An address block.
            var block: String
            var comment: String
        }

        let id: String
        let regionId: String
        var name: String
        let ipVersion: String
        var resourceGroupId = ""
        var entries: [Entry] = []
    }
}

extension SLBWorld {
    /// The list that a call names.
    func accessControlList(_ context: ActionContext) throws(CloudError) -> SLB.AccessControlList {
        let region = try context.requiredRegion()
        guard let found = accessControlLists[try context.required("AclId")], found.regionId == region else {
            throw CloudError("AclNotExist")
        }
        return found
    }

    /// The listeners that a list is bound to.
    func listeners(boundTo list: SLB.AccessControlList) -> [SLB.Listener] {
        listeners.all.filter { $0.isOn("AclStatus") && $0["AclId"] == list.id }
    }
}
