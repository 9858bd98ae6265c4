extension SLB {
    /// A set of TLS versions and cipher suites of the account's own.
    struct TLSCipherPolicy: Sendable {
        enum State: String, Hashable, Sendable { case configuring, normal }

        let id: String
        let regionId: String
        var name: String
        var versions: [String]
        var ciphers: [String]
        var state: Timeline<State>
        let creationTime: SimulatedTime

        /// The suites that each version can use.
        static let suites: [String: Set<String>] = {
            let old: Set = [
                "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA", "AES128-SHA",
                "AES256-SHA", "DES-CBC3-SHA",
            ]
            return [
                "TLSv1.0": old, "TLSv1.1": old,
                "TLSv1.2": old.union([
                    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA256",
                    "ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384",
                    "ECDHE-RSA-AES128-SHA256", "ECDHE-RSA-AES256-SHA384", "AES128-GCM-SHA256", "AES256-GCM-SHA384",
                    "AES128-SHA256", "AES256-SHA256",
                ]),
                "TLSv1.3": [
                    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256",
                    "TLS_AES_128_CCM_8_SHA256",
                ],
            ]
        }()
    }
}
