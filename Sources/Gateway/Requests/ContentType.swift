/// The media types that the gateway answers with.
enum ContentType: UInt8, Sendable {
    case json, native, problem, yaml, text, metrics

    var text: StaticString {
        switch self {
        case .json: "application/json"
        case .native: "application/vnd.acs.native+json"
        case .problem: "application/problem+json"
        case .yaml: "application/yaml"
        case .text: "text/plain; charset=utf-8"
        case .metrics: "text/plain; version=0.0.4; charset=utf-8"
        }
    }
}
