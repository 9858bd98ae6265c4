import ArgumentParser
import Routes

/// `gateway routes`
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "List every route with its action, resources and cache class.",
        discussion: """
            As a table, as a JSON array with one object for each route, or as a reference for people.

              gateway routes
              gateway routes --json | jq -r '.[] | select(.kind == "write") | .path'
            """
    )

    enum Form: String, EnumerableFlag {
        case table, json, markdown

        static func help(for value: Form) -> ArgumentHelp? {
            switch value {
            case .table: "Print a table, one route a line (default)."
            case .json: "Print a JSON array."
            case .markdown: "Print the API reference in Markdown."
            }
        }
    }

    @Flag(exclusivity: .exclusive)
    var form = Form.table

    func run() throws {
        let catalogue = try Catalogue.ofThisBuild()
        switch form {
        case .table: Console.put(RouteListing.text(of: catalogue))
        case .json: Console.put(RouteListing.json(of: catalogue))
        case .markdown: Console.put(APIReference.markdown(of: catalogue))
        }
    }
}

extension Catalogue {
    /// The catalogue that was built into the program.
    static func ofThisBuild() throws(CommandFailure) -> Catalogue {
        do {
            return try Catalogue()
        } catch {
            throw CommandFailure("the catalogue of this build is faulty:\n\(error)")
        }
    }
}
