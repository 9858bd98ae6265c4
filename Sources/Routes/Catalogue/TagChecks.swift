import Bytes

/// Finds cache tags that look like a resource type but are none: a mistyped tag would leave stale answers.
enum TagChecks {
    static func find(_ entries: [ActionEntry], _ types: [Catalogue.ResourceType]) -> [LocatedFault] {
        let known = Set(types.map(\.name))
        var verdicts: [String: String?] = [:]
        var faults: [LocatedFault] = []
        for entry in entries {
            for tag in entry.cache.tags + entry.invalidates where !known.contains(tag) {
                let verdict = verdicts[tag] ?? judge(tag, known)
                verdicts[tag] = verdict
                if let verdict { faults.append(entry.fault("\(entry.action): \(verdict)")) }
            }
        }
        return faults
    }

    /// What is wrong with a tag that no file has as its resource type. Types of products that are not in the catalogue are fine.
    private static func judge(_ tag: String, _ known: Set<String>) -> String? {
        let isKebabCase = tag.utf8.allSatisfy { byte in
            byte.isASCIILetter && byte == byte.asciiLowercased || byte.isASCIIDigit || byte == UInt8(ascii: "-")
        }
        guard isKebabCase else {
            return "the tag `\(tag)` must be a resource type in small letters, digits and hyphens"
        }
        return NearestName.find(tag, among: known.sorted()).map { "unknown tag `\(tag)`; did you mean `\($0)`?" }
    }
}
