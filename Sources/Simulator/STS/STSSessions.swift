import Bytes
import Signer

/// The temporary keys that were given out and have not expired for long.
struct STSSessions: Sendable {
    struct Session: Sendable {
        let key: AccessKey
        let end: SimulatedTime
        let caller: STSCaller
    }

    /// Seconds for which an expired key is still told apart from one that never was.
    private static let memory: Int64 = 3600

    private var sessions: [String: Session] = [:]
    private var generator: IdentifierGenerator

    init(seed: UInt64) {
        generator = IdentifierGenerator(seed: seed)
    }

    subscript(id: String) -> Session? { sessions[id] }

    /// A new key, made as everything here from the seed: it is good for nothing elsewhere.
    mutating func issue(_ caller: STSCaller, until end: SimulatedTime, at now: SimulatedTime) -> CloudConfiguration.AccessKey {
        sessions = sessions.filter { $0.value.end.adding(seconds: Self.memory) > now }
        let id = "STS." + generator.resource("x").dropFirst(5)
        let key = CloudConfiguration.AccessKey(
            id: String(id), secret: text(2), securityToken: "CAIS" + text(8))
        sessions[key.id] = Session(key: key.keyed, end: end, caller: caller)
        return key
    }

    private mutating func text(_ words: Int) -> String {
        var output: [UInt8] = []
        for _ in 0..<words { output.append(hex: generator.next()) }
        return String(decoding: output, as: UTF8.self)
    }
}
