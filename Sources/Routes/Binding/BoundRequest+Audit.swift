import Bytes

extension BoundRequest {
    /// A parameter as records show it: its wire name, and its value unless the catalogue marks it as a secret.
    public struct AuditParameter: Sendable {
        public let name: [UInt8]
        public let value: [UInt8]?
    }

    /// The bound parameters in their order. Values are cut off after 256 bytes.
    public var auditParameters: [AuditParameter] {
        guard let operation else { return [] }
        return entries.map { entry in
            var name: [UInt8] = []
            operation.wireNames.append(entry, to: &name)
            let isSecret = operation.parameters[entry.parameter].isSecret
            return AuditParameter(name: name, value: isSecret ? nil : withValue(of: entry) { Array($0.prefix(256)) })
        }
    }
}
