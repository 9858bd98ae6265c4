import HTTP
import Routes

extension Method {
    /// The method as the route table knows it.
    var inRoutes: RouteTable.Method {
        switch self {
        case .get: .route(.get)
        case .head: .head
        case .post: .route(.post)
        case .put: .route(.put)
        case .patch: .route(.patch)
        case .delete: .route(.delete)
        case .options, .other: .other
        }
    }
}

extension HeadFault {
    /// The problem's code.
    var code: StaticString {
        switch self {
        case .unsupportedVersion: "UnsupportedVersion"
        case .targetTooLong: "TargetTooLong"
        case .headTooLarge: "HeadTooLarge"
        case .bodyTooLarge: "BodyTooLarge"
        case .untrustedClient: "UntrustedClient"
        default: "MalformedRequest"
        }
    }
}
