import Bytes

/// The OpenAPI 3.1 document of the gateway, made from the catalogue: the same catalogue gives the same bytes.
public enum OpenAPI {
    /// The document as YAML, in UTF-8.
    public static func yaml(of catalogue: Catalogue) -> [UInt8] {
        YAML.document(document(of: catalogue))
    }

    /// The document as a tree.
    public static func document(of catalogue: Catalogue) -> JSONValue {
        var builder = DocumentBuilder(catalogue)
        builder.addCatalogue()
        builder.addGateway()
        return builder.document()
    }
}
