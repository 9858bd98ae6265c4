import Glibc

/// Which proxy, if any, upstream calls go through.
public struct ProxySettings: Hashable, Sendable {
    /// The proxy's URL for `http` upstreams, or nil. It may hold a password: do not print it.
    public var http: String?
    /// The proxy's URL for `https` upstreams, or nil. It may hold a password: do not print it.
    public var https: String?
    /// Host names, domains (with all below them), addresses and CIDR blocks that are reached directly, separated by
    /// commas; `*` for all.
    public var exceptions: String

    public init(http: String? = nil, https: String? = nil, exceptions: String = "") {
        (self.http, self.https, self.exceptions) = (http, https, exceptions)
    }

    /// No proxy.
    public static let none = ProxySettings()

    /// What the process's environment says: `https_proxy` or `HTTPS_PROXY`, `http_proxy` (in small letters only, as a CGI
    /// server sets the other from a request header), `all_proxy` or `ALL_PROXY` for what these leave open, and `no_proxy`
    /// or `NO_PROXY`.
    public static var environment: ProxySettings {
        fromEnvironment { name in getenv(name).map { String(cString: $0) } }
    }

    static func fromEnvironment(_ variable: (String) -> String?) -> ProxySettings {
        func first(_ names: String...) -> String? {
            names.lazy.compactMap(variable).first { !$0.isEmpty }
        }
        let all = first("all_proxy", "ALL_PROXY")
        return ProxySettings(
            http: first("http_proxy") ?? all,
            https: first("https_proxy", "HTTPS_PROXY") ?? all,
            exceptions: first("no_proxy", "NO_PROXY") ?? ""
        )
    }
}
