/// Resources of documents and catalogue in one spelling.
enum ResourceFacts {
    /// `acs:ecs:$regionid:$accountid:disk/$diskId` and `acs:ecs:$RegionId:$AccountId:disk/$DiskIds` are the same.
    static func key(_ text: String) -> String {
        var sections: [String] = []
        for (index, section) in text.split(separator: ":", omittingEmptySubsequences: false).enumerated() {
            let isRegion = index == 2 && section.hasPrefix("$") && section.lowercased().contains("region")
            sections.append(isRegion ? "$region" : variables(in: section))
        }
        return sections.joined(separator: ":")
    }

    private static func variables(in section: Substring) -> String {
        var output = ""
        var rest = section
        while let dollar = rest.firstIndex(of: "$") {
            output += rest[...dollar]
            rest = rest[dollar...].dropFirst()
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
            output += stem(name)
            rest = rest.dropFirst(name.count)
        }
        return output + rest
    }

    /// What a variable is about: `diskId`, `DiskIds` and `Disk.n.DiskId` are about a disk.
    private static func stem(_ name: Substring) -> String {
        var stem = (name.split(separator: ".").last ?? name).lowercased()
        if let ending = ["ids", "nos", "names", "id", "no", "name"].first(where: { stem.hasSuffix($0) && stem.count > $0.count })
        {
            stem.removeLast(ending.count)
        }
        // Older names of the documents.
        return ["group": "securitygroup", "eip": "allocation"][stem] ?? stem
    }
}
