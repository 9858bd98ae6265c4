import Bytes
import Routes
import Signer

/// Reads where an account's calls go, and by which key.
enum AccountCredentials {
    /// What to do with an access key that stands in the configuration.
    static let advice = """
        no secret in this file: use `credentials: {type: environment}` with ALIBABA_CLOUD_ACCESS_KEY_ID and \
        ALIBABA_CLOUD_ACCESS_KEY_SECRET, or `{type: file}`, and revoke a key that was readable here
        """
    /// Products with a known public address.
    static let products = ["ecs", "vpc", "slb", "ens"]

    /// What the address of an API looks like, in words.
    private static let form = "`https://host[:port]` or `http://host[:port]`"

    private enum Kind: String, CaseIterable {
        case environment, file
    }

    static func upstream(
        _ section: ConfigurationSection, dialect: Dialect
    ) -> Configuration.Account.Upstream {
        let endpoints = section["endpoints"]
        let credentials = section["credentials"]
        guard section["simulated"].flag(false) else {
            return .cloud(endpoints: read(endpoints: endpoints, dialect: dialect), credentials: read(credentials))
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
        for (product, entry) in value.named(allowed: "a mapping such as `{ecs: https://ecs.example.com}`") {
            if !isProduct(product) {
                entry.report(found: "product \(product.quoted)", allowed: "a product code, such as `ecs`")
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

    private static func isProduct(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 32 else { return false }
        return first >= 97 && first <= 122
            && text.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }

    private static func read(_ value: ConfigurationValue) -> Configuration.Account.Credentials {
        guard value.isPresent else { return .environment }
        return value.section(allowed: "a mapping with `type`") { section in
            section.refuse(
                [
                    "access-key-id", "access-key-secret", "access_key_id", "access_key_secret", "id", "secret", "key",
                    "security-token", "sts-token", "token", "password",
                ],
                found: "an access key in the configuration", allowed: advice
            )
            let kind = section["type"].choice(Kind.environment)
            if !section["type"].isPresent {
                section["type"].report(found: "nothing", allowed: Kind.allCases.map(\.rawValue).alternatives)
            }
            guard kind == .file else { return .environment }
            let path = section["path"]
            return .file(
                path: path.isPresent ? path.readableFile(allowed: "the vendor's ini file") : nil,
                profile: section["profile"].text("default", allowed: "the name of a section of the ini file")
            )
        } ?? .environment
    }
}

extension Endpoint {
    /// Host and port as they stand in the URL.
    fileprivate var authority: String { String(decoding: host, as: UTF8.self) }

    /// Whether only this machine answers there.
    fileprivate var isLocal: Bool {
        authority.hasPrefix("127.") || authority.hasPrefix("[::1]") || authority == "localhost"
            || authority.hasPrefix("localhost:")
    }
}
