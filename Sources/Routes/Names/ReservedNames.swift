/// The common parameters of a call, which the gateway sets and no caller may.
enum ReservedNames {
    private static let names: Set<String> = [
        "action", "version", "format", "accesskeyid", "signature", "signaturemethod", "signatureversion", "signaturenonce",
        "signaturetype", "timestamp", "securitytoken",
    ]

    /// Whether `name`, letter case ignored, is a common parameter.
    static func contains(_ name: String) -> Bool {
        names.contains(name.lowercased())
    }
}
