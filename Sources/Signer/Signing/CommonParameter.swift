import Bytes

/// The parameters that every call of the RPC style has, by their wire names.
public enum CommonParameter: CaseIterable, Sendable {
    case accessKeyId, action, format, securityToken, signature, signatureMethod, signatureNonce, signatureType
    case signatureVersion, timestamp, version

    /// The common parameter that `name` is, ASCII letters compared without case, as the cloud does; or nil.
    public static func named(_ name: ByteView) -> CommonParameter? {
        // Most names are told apart by their length alone.
        switch name.count {
        case 6:
            if name.equalsIgnoringCase("action") { return .action }
            return name.equalsIgnoringCase("format") ? .format : nil
        case 7: return name.equalsIgnoringCase("version") ? .version : nil
        case 9:
            if name.equalsIgnoringCase("timestamp") { return .timestamp }
            return name.equalsIgnoringCase("signature") ? .signature : nil
        case 11: return name.equalsIgnoringCase("accesskeyid") ? .accessKeyId : nil
        case 13:
            if name.equalsIgnoringCase("securitytoken") { return .securityToken }
            return name.equalsIgnoringCase("signaturetype") ? .signatureType : nil
        case 14: return name.equalsIgnoringCase("signaturenonce") ? .signatureNonce : nil
        case 15: return name.equalsIgnoringCase("signaturemethod") ? .signatureMethod : nil
        case 16: return name.equalsIgnoringCase("signatureversion") ? .signatureVersion : nil
        default: return nil
        }
    }

    /// The name as documents spell it.
    public var name: StaticString {
        switch self {
        case .accessKeyId: "AccessKeyId"
        case .action: "Action"
        case .format: "Format"
        case .securityToken: "SecurityToken"
        case .signature: "Signature"
        case .signatureMethod: "SignatureMethod"
        case .signatureNonce: "SignatureNonce"
        case .signatureType: "SignatureType"
        case .signatureVersion: "SignatureVersion"
        case .timestamp: "Timestamp"
        case .version: "Version"
        }
    }
}
