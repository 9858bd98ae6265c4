/// Tags as requests carry them: `Tag.n.Key` and `Tag.n.Value`.
enum TagParameters {
    /// The tags to put on a resource.
    static func tags(_ parameters: CallParameters) throws(CloudError) -> [ResourceTag] {
        var tags: [ResourceTag] = []
        for entry in parameters.structures("Tag") {
            guard let key = entry.text("Key"), isAllowed(key), !key.hasPrefix("aliyun"), !key.hasPrefix("acs:") else {
                throw refusal("InvalidTagKey.Malformed", "The specified Tag.n.Key is not valid.")
            }
            let value = entry["Value"] ?? ""
            guard isAllowed(value) else {
                throw refusal("InvalidTagValue.Malformed", "The specified Tag.n.Value is not valid.")
            }
            guard !tags.contains(where: { $0.key == key }) else {
                throw refusal("Duplicate.TagKey", "The Tag.N.Key contain duplicate key.")
            }
            tags.append(ResourceTag(key: key, value: value))
        }
        return tags
    }

    /// The tags that listed resources must have. A value without its key is refused.
    static func filter(_ parameters: CallParameters) throws(CloudError) -> [TagFilter] {
        try parameters.structures("Tag").map { entry throws(CloudError) in
            guard let key = entry.text("Key") else {
                throw refusal("InvalidTag.Mismatch", "The specified Tag.n.Key and Tag.n.Value are not match.")
            }
            return TagFilter(key: key, value: entry.text("Value"))
        }
    }

    /// Tags are checked alike everywhere, but not every action has a row for them.
    private static func refusal(_ code: String, _ message: String) -> CloudError {
        CloudError(code, status: 400, message: message)
    }

    private static func isAllowed(_ text: String) -> Bool {
        text.unicodeScalars.count <= 128 && !text.contains("http://") && !text.contains("https://")
    }
}
