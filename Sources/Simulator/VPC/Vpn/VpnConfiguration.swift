import Bytes

/// How the two ends of a VPN connection agree on keys.
struct IkeConfiguration: Sendable {
    var key: String
    var version = "ikev1"
    var mode = "main"
    var encryption = "aes"
    var authentication = "sha1"
    var group = "group2"
    /// Seconds.
    var lifetime = 86_400
    var localId: String
    var remoteId: String
}

/// How a VPN connection protects what goes through it.
struct IpsecConfiguration: Sendable {
    var encryption = "aes"
    var authentication = "sha1"
    var group = "group2"
    /// Seconds.
    var lifetime = 86_400
}

/// Reads the JSON objects in which calls give configurations. The errors name parameters as the cloud's own software does.
enum VpnConfigurationReader {
    private static let encryptions = ["aes", "aes192", "aes256", "des", "3des"]
    private static let authentications = ["md5", "sha1"]
    private static let groups = ["group1", "group2", "group5", "group14", "group24"]

    /// Takes over what `text` says of the exchange of keys; what it does not say stays.
    static func read(_ text: String?, into config: inout IkeConfiguration) throws(CloudError) {
        guard let object = try object(text, "IkeConfig") else { return }
        try take(object, "Psk", fault: "RightPsk", &config.key) { !$0.isEmpty && $0.utf8.count <= 100 }
        try take(object, "IkeVersion", fault: "IkeVersion", &config.version) { ["ikev1", "ikev2"].contains($0) }
        try take(object, "IkeMode", fault: "IkeVersion", &config.mode) { ["main", "aggressive"].contains($0) }
        try take(object, "IkeEncAlg", fault: "IkeEncAlg", &config.encryption, encryptions.contains)
        try take(object, "IkeAuthAlg", fault: "IkeAuthAlg", &config.authentication, authentications.contains)
        try take(object, "IkePfs", fault: "IkePfs", &config.group, groups.contains)
        try takeLifetime(object, "IkeLifetime", fault: "IkeLifeTime", &config.lifetime)
        try take(object, "LocalId", fault: "LeftId", &config.localId) { $0.utf8.count <= 100 }
        try take(object, "RemoteId", fault: "RightId", &config.remoteId) { $0.utf8.count <= 100 }
    }

    /// Takes over what `text` says of the protection; what it does not say stays.
    static func read(_ text: String?, into config: inout IpsecConfiguration) throws(CloudError) {
        guard let object = try object(text, "IpsecConfig") else { return }
        try take(object, "IpsecEncAlg", fault: "IpsecEncAlg", &config.encryption, encryptions.contains)
        try take(object, "IpsecAuthAlg", fault: "IpsecAuthAlg", &config.authentication, authentications.contains)
        try take(object, "IpsecPfs", fault: "IkePfs", &config.group, (groups + ["disabled"]).contains)
        try takeLifetime(object, "IpsecLifetime", fault: "IpSecLifetime", &config.lifetime)
    }

    /// A comma list of networks that the call gives as `name`, as it stands; nil when it gives none.
    static func subnets(_ name: String, fault: String, _ context: ActionContext) throws(CloudError) -> String? {
        guard let text = context.parameters.text(name) else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.contains("/") && IPv4Network($0) != nil }) else {
            throw CloudError("InvalidParam.\(fault)")
        }
        return text
    }

    private static func object(_ text: String?, _ name: String) throws(CloudError) -> JSONValue? {
        guard var text else { return nil }
        guard let value = try? text.withUTF8({ try JSONValue(parsing: $0) }), case .object = value else {
            throw .invalid(name)
        }
        return value
    }

    private static func take(
        _ object: JSONValue, _ name: String, fault: String, _ target: inout String, _ isAllowed: (String) -> Bool
    ) throws(CloudError) {
        guard let value = object[name] else { return }
        guard case .string(let text) = value, isAllowed(text) else { throw CloudError("InvalidParam.\(fault)") }
        target = text
    }

    private static func takeLifetime(
        _ object: JSONValue, _ name: String, fault: String, _ target: inout Int
    ) throws(CloudError) {
        switch object[name] {
        case nil: return
        case .number(let text), .string(let text):
            guard let seconds = Int(text), (0...86_400).contains(seconds) else { break }
            target = seconds
            return
        default: break
        }
        throw CloudError("InvalidParam.\(fault)")
    }
}
