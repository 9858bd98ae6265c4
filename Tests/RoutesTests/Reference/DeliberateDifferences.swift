import Bytes
import Foundation

/// A place where the catalogue does not say what the reference says.
struct ReferenceDifference: CustomStringConvertible {
    let action: String
    /// `parameter DiskIds max_items`, `response Disks.Disk[].Size`, `arn acs:…`, `kind`, `action`, `example`.
    let what: String
    let reference: String
    let catalogue: String

    var description: String { "\(action): \(what): reference \(reference) | catalogue \(catalogue)" }
}

/// The differences that are meant, each with its reason: `differences/<name>.json`.
struct DeliberateDifferences {
    struct Entry: Decodable {
        /// Names of actions, or `*`.
        let actions: [String]
        let what: String
        let reason: String

        private enum CodingKeys: CodingKey { case action, what, reason }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            actions = try (try? values.decode([String].self, forKey: .action)) ?? [values.decode(String.self, forKey: .action)]
            what = try values.decode(String.self, forKey: .what)
            reason = try values.decode(String.self, forKey: .reason)
        }

        func explains(_ difference: ReferenceDifference) -> Bool {
            guard actions.contains("*") || actions.contains(difference.action) else { return false }
            if what.hasPrefix("arn "), what != "arn *" {
                return difference.what.hasPrefix("arn ") && ResourceFacts.key(what) == ResourceFacts.key(difference.what)
            }
            // A resource has no blanks; `parameter X` is about its presence only, not about its facts.
            let (wanted, given) = (what.split(separator: " "), difference.what.split(separator: " "))
            return wanted.count == given.count && zip(wanted, given).allSatisfy(Self.matches)
        }

        private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
            guard let star = pattern.firstIndex(of: "*") else { return pattern == text }
            guard text.hasPrefix(pattern[..<star]) else { return false }
            let (after, rest) = (pattern[star...].dropFirst(), text.dropFirst(pattern[..<star].count))
            return (0...rest.count).contains { matches(after, rest.dropFirst($0)) }
        }
    }

    let entries: [Entry]

    init(named name: String) throws {
        let file = ReferenceFacts.folder.appending(path: "differences/\(name).json")
        entries = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: file))
    }
}
