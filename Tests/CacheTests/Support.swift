import Bytes

@testable import Cache

let second: UInt64 = 1_000_000_000

/// Testing has a `Tag` too, which this file does not see.
typealias CacheTag = Tag

/// A cache under a clock that moves only when told.
final class Bench {
    let cache: Cache
    var now: UInt64 = 1000 * second

    init(capacity: Int = 64 << 20, policy: CachePolicy = CachePolicy()) {
        cache = Cache(capacity: capacity, policy: policy)
    }

    static let tag = Tag(account: "prod", region: "cn-hangzhou", type: "instance")

    func begin(
        _ key: String, lifetime: UInt64 = 10 * second, _ directives: String = "", tags: [Tag] = [tag]
    ) -> Cache.Begin {
        let directives = Array(directives.utf8).withView(RequestCacheControl.parse)
        return Array(key.utf8).withView { key in
            cache.begin(CacheRequest(key: key, lifetime: lifetime, directives: directives, now: now)) { tags }
        }
    }

    /// Leads and lands; false when there was nothing to lead.
    @discardableResult
    func store(_ key: String, _ body: String, lifetime: UInt64 = 10 * second, tags: [Tag] = [tag]) -> Bool {
        guard case .lead(let flight) = begin(key, lifetime: lifetime, tags: tags) else { return false }
        return flight.complete(draft(body)).isStored
    }

    /// The stored body, or nil on a miss (whose flight is abandoned).
    func hit(_ key: String, _ directives: String = "") -> String? {
        if case .hit(let answer) = begin(key, directives) { answer.body.text } else { nil }
    }
}

func draft(_ body: String) -> AnswerDraft {
    AnswerDraft(contentType: "application/json", body: Array(body.utf8), receivedAt: 0)
}

extension Cache.Begin {
    var answer: StoredAnswer? { if case .hit(let answer) = self { answer } else { nil } }
    var leading: LeadingFlight? { if case .lead(let flight) = self { flight } else { nil } }
    var following: Flight? { if case .follow(let flight, _) = self { flight } else { nil } }

    /// Why nothing stored was served.
    var reason: CacheStatus.Forwarding? {
        switch self {
        case .lead(let flight): flight.reason
        case .follow(_, let reason): reason
        default: nil
        }
    }

    var isAbsent: Bool { if case .absent = self { true } else { false } }
}

/// Reproducible random numbers (SplitMix64, Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
