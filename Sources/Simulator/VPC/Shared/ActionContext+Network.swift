/// What the handlers of this product read from most calls.
extension ActionContext {
    /// The region that the call must name; `code` is what the action documents for one that does not exist.
    func knownRegion(orElse code: String = "InvalidRegionId.NotFound") throws(CloudError) -> String {
        let region = try required("RegionId")
        guard Geography.region(region) != nil else { throw CloudError(code) }
        return region
    }

    /// A name that the call gives, if it does; `error` is for one that breaks the rules.
    func name(_ parameter: String, _ rule: Naming.NetworkRule = .plain, orElse error: CloudError) throws(CloudError) -> String? {
        guard let name = parameters.text(parameter) else { return nil }
        guard Naming.isNetworkName(name, rule) else { throw error }
        return name
    }

    /// A description of 2 to 256 characters that the call gives, if it does; `error` is for one that breaks the rules.
    func description(orElse error: CloudError) throws(CloudError) -> String? {
        guard let text = parameters.text("Description") else { return nil }
        guard Naming.isDescription(text) else { throw error }
        return text
    }

    /// Whether every filter of the call that `values` knows has the value there, or is absent.
    func matches(_ values: [(name: String, value: String)]) -> Bool {
        values.allSatisfy { filter in parameters.text(filter.name).map { $0 == filter.value } ?? true }
    }

    /// Whether something with these attributes passes every `Filter.n`: one of its values each.
    func passesFilters(_ attributes: [String: String]) -> Bool {
        parameters.structures("Filter").allSatisfy { filter in
            guard let key = filter.text("Key"), let own = attributes[key] else { return false }
            let values = filter.list("Value")
            return values.isEmpty || values.contains(own)
        }
    }
}
