import Bytes

/// Which browsers' pages may call the gateway from scripts (the fetch standard's CORS protocol).
struct CrossOrigin: Sendable {
    static let exposedHeaders: StaticString =
        "Age, Cache-Status, ETag, Idempotency-Replayed, Link, Location, Preference-Applied, Retry-After, X-Acs-Request-Id, X-Request-Id"
    static let allowedHeaders: StaticString =
        "Accept, Authorization, Cache-Control, Content-Type, Idempotency-Key, If-None-Match, Prefer, X-Account, X-Request-Id"
    static let allowedMethods: StaticString = "GET, HEAD, POST, PUT, PATCH, DELETE"

    private let origins: [[UInt8]]
    private let allowsAll: Bool

    /// `origins` as configured: `https://console.example.com`, or `*` for every origin.
    init(origins: [String]) {
        allowsAll = origins.contains("*")
        self.origins = origins.map { Array($0.utf8) }
    }

    var isEnabled: Bool { allowsAll || !origins.isEmpty }

    /// Whether a page of `origin` may read answers. Origins are compared byte by byte, as browsers send them.
    func allows(_ origin: ByteView) -> Bool {
        if allowsAll { return true }
        return origins.contains { allowed in allowed.withView { $0.equals(origin) } }
    }
}
