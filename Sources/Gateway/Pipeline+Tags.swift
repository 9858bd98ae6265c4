import Bytes
import Cache
import Routes

/// What answers are made from and what writes change, as the cache names it: resource types of an account in a region, or
/// of the whole account where resources belong to no region.
extension Pipeline {
    func readTags(of call: Call) -> [Tag] {
        tags(call.bound.operation?.entry.cache.tags ?? [], call)
    }

    /// A write may also change another region, which a parameter names: the region that an image is copied to.
    func writeTags(of call: Call) -> [Tag] {
        guard let operation = call.bound.operation, let account = call.account else { return [] }
        let types = operation.entry.invalidates
        var result = tags(types, call)
        guard operation.isRegional else { return result }
        for entry in call.bound.entries where entry.parameter != operation.region {
            guard operation.parameters[entry.parameter].name.hasSuffix("RegionId") else { continue }
            let region = call.bound.withValue(of: entry) { $0.text }
            result += types.map { Tag(account: account.accountName, region: region, type: $0) }
        }
        return result
    }

    private func tags(_ types: [String], _ call: Call) -> [Tag] {
        guard let account = call.account else { return [] }
        let region = call.bound.withRegion { $0.isEmpty ? "*" : $0.text }
        return types.map { Tag(account: account.accountName, region: region, type: $0) }
    }
}
