import Bytes
import Routes
import Signer

/// Reads where an account's calls go, and by which key.
enum AccountCredentials {
    /// What to do with an access key that stands in the configuration.
    static let advice = """
        no secret in this file: use `credentials: {type: environment}` with ALIBABA_CLOUD_ACCESS_KEY_ID and \
        ALIBABA_CLOUD_ACCESS_KEY_SECRET, or `{type: key-file}` with `gateway keys add`, and revoke a key that was readable here
        """
    /// Products with a known public address.
    static let products = ["ecs", "vpc", "slb", "ens"]

    /// What the address of an API looks like, in words.
    private static let form = "`https://host[:port]` or `http://host[:port]`"

    static func upstream(
        _ section: ConfigurationSection, dialect: Dialect, _ reader: CredentialsReader
    ) -> Configuration.Account.Upstream {
        let endpoints = section["endpoints"]
        let credentials = section["credentials"]
        guard section["simulated"].flag(false) else {
            return .cloud(
                endpoints: read(endpoints: endpoints, dialect: dialect),
                credentials: reader.plan(credentials))
        }
        for (value, key) in [(endpoints, "endpoints"), (credentials, "credentials")] where value.isPresent {
            value.report(found: "`\(key)` beside `simulated: true`", allowed: "one of them: the simulated cloud needs none")
        }
        return .simulated
    }

    private static func read(
        endpoints value: ConfigurationValue, dialect: Dialect
    ) -> [String: Endpoint] {
        var result: [String: Endpoint] = [:]
        if dialect == .publicCloud {
            for product in products { result[product] = Endpoint("https://\(product).aliyuncs.com") }
        }
        guard value.isPresent || dialect == .apsara else { return result }
        let known = products + [AccountMaker.securityTokenService]
        for (product, entry) in value.named(allowed: "a mapping such as `{ecs: https://ecs.example.com}`") {
            guard known.contains(product) else {
                entry.reportUnknown("product", product, known: known)
                continue
            }
            guard let text = entry.scalar(allowed: form) else { continue }
            guard !text.contains("@"), let endpoint = Endpoint(text) else {
                entry.report(found: text.contains("@") ? "an address with a user name" : text.quoted, allowed: form)
                continue
            }
            if !endpoint.isSecure, !endpoint.isLocal {
                entry.warn(
                    found: "plain HTTP to \(endpoint.authority.quoted)",
                    better: "`https://`: others on the way can read and change answers"
                )
            }
            result[product] = endpoint
        }
        return result
    }
}

extension Endpoint {
    /// Host and port as they stand in the URL.
    fileprivate var authority: String { String(decoding: host, as: UTF8.self) }

    /// Whether only this machine answers there.
    var isLocal: Bool {
        authority.hasPrefix("127.") || authority.hasPrefix("[::1]") || authority == "localhost"
            || authority.hasPrefix("localhost:")
    }
}
