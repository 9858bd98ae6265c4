import Bytes

extension SLB {
    /// One setting of listeners: what it is called, which protocols have it, and what it is when nobody says.
    struct ListenerSetting: Sendable {
        /// Where answers show a setting.
        enum Place: Sendable {
            /// Beside the port, in lists as well.
            case top
            /// In lists in the part of the protocol.
            case part
            /// Only where one listener is described.
            case single
            /// Only in lists, in the part of the protocol.
            case partOnly
        }

        let name: String
        let protocols: Set<Listener.Proto>
        var isNumber = false
        var place = Place.part
        /// The value of a new listener; nil for none.
        var initial: String?
        /// Another setting and the value that it must have for this one to mean anything.
        var condition: (name: String, value: String)?
        /// Whether requests can set it.
        var isSettable = true

        /// The name in requests that create listeners: of some the first letter is small.
        func value(in parameters: CallParameters) -> String? {
            guard isSettable else { return nil }
            return parameters.text(name) ?? parameters.text(name.prefix(1).lowercased() + name.dropFirst())
        }

        /// The member of an answer; nil when the listener has no value, or one without a meaning.
        func member(of listener: Listener) -> JSONValue.Member? {
            guard protocols.contains(listener.proto), let value = listener[name] else { return nil }
            if let condition, listener[condition.name] != condition.value { return nil }
            return JSONValue.Member(name, isNumber ? .number(value) : .string(value))
        }

        /// All settings of a protocol.
        static func all(of proto: Listener.Proto) -> [ListenerSetting] { all.filter { $0.protocols.contains(proto) } }
    }
}
