import Foundation
import Routes

/// What the vendor's API reference says about the actions of one product: the yardstick of the catalogue.
///
/// Read from `facts/<name>.txt`. Its first line has product, dialect and version. Then, one action after another:
/// `DescribeDisks read example` (`-` instead of the kind: the action has a row of the authorization table and no description),
/// `? DiskIds: String, max_items 100` for a parameter, `! acs:…` for a resource, `> Disks Struct` for a member of the answer,
/// `>> Disk[] Struct` for a member of that; a member without a type is a String.
struct ReferenceFacts {
    struct Action {
        var name: String
        /// Nil for an action that the reference only names.
        var kind: ActionEntry.Kind?
        var hasExample: Bool
        var parameters: [ParameterFacts] = []
        var resources: [(text: String, isOptional: Bool)] = []
        /// Types by path.
        var answer: [String: String] = [:]
    }

    let name: String
    let product: String
    let dialect: Dialect
    let version: String
    private(set) var actions: [Action] = []

    struct Malformed: Error {
        let line: String
    }

    /// Folder of the facts and of the lists of deliberate differences.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// Two references describe public ECS: one the actions of its document, one those that it only names.
    static let names = ["ecs", "ecs-more", "apsara-ecs", "vpc", "slb", "ens"]

    init(named name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: "facts/\(name).txt"), encoding: .utf8)
        var lines = text.split(separator: "\n").map(String.init)[...]
        let head = (lines.popFirst() ?? "").split(separator: " ").map(String.init)
        guard head.count == 3, let dialect = Dialect(rawValue: head[1]) else { throw Malformed(line: head.joined()) }
        self.name = name
        (product, self.dialect, version) = (head[0], dialect, head[2])
        var path: [String] = []
        for line in lines { try read(line, &path) }
    }

    private mutating func read(_ line: String, _ path: inout [String]) throws {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 1 else { throw Malformed(line: line) }
        switch words[0] {
        case "?":
            guard let parameter = ParameterFacts(String(line.dropFirst(2))) else { throw Malformed(line: line) }
            actions[actions.count - 1].parameters.append(parameter)
        case "!":
            actions[actions.count - 1].resources.append((words[words.count - 1], words[1] == "optional"))
        case let mark where mark.allSatisfy { $0 == ">" }:
            path = path.prefix(mark.count - 1) + [words[1]]
            let type = words.count > 2 ? words[2] : "String"
            if type != "-" { actions[actions.count - 1].answer[path.joined(separator: ".")] = type }
        default:
            let kind = ActionEntry.Kind(rawValue: words[1])
            guard kind != nil || words[1] == "-" else { throw Malformed(line: line) }
            actions.append(Action(name: words[0], kind: kind, hasExample: words.last == "example"))
        }
    }
}
