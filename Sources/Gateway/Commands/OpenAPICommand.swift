import ArgumentParser
import Routes

/// `gateway openapi`
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of the API, in YAML.",
        discussion: """
            A running gateway serves the same document at /openapi.yaml.

              gateway openapi > openapi.yaml
            """
    )

    func run() throws {
        Console.put(OpenAPI.yaml(of: try Catalogue.ofThisBuild()))
    }
}
