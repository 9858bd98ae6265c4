import Bytes

/// The common parameters of a call, which the gateway sets and no caller may.
enum ReservedNames {
    private static let names: [StaticString] = [
        "action", "version", "format", "accesskeyid", "signature", "signaturemethod", "signatureversion", "signaturenonce",
        "signaturetype", "timestamp", "securitytoken",
    ]

    /// Whether `name`, letter case ignored, is a common parameter.
    static func contains(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in names.contains { bytes.equalsIgnoringCase($0) } }
    }
}
