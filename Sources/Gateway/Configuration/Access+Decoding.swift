import Auth
import Bytes

extension Configuration.Group {
    /// Every group of the mapping `groups`.
    static func all(_ value: ConfigurationValue, policies: Set<String>?) -> [Self] {
        guard value.isPresent else { return [] }
        return value.named(allowed: "a mapping of group names").compactMap { name, entry in
            Configuration.Account.checkName(name, entry, what: "group")
            return entry.section(allowed: "a mapping with `policies`") { section in
                Self(name: name, policies: Configuration.Principal.policies(section["policies"], known: policies))
            }
        }
    }
}

extension Configuration.Proxies {
    /// Reads the list `trusted-proxies`.
    init(_ value: ConfigurationValue) {
        guard value.isPresent else { return }
        let allowed = "an address or a block of them, such as `10.0.0.0/8`, or `unix`"
        for element in value.list(allowed: "a list of addresses, blocks of them, and `unix`") {
            guard let text = element.scalar(allowed: allowed) else { continue }
            if text == "unix" {
                includesUnixSockets = true
            } else if let block = Array(text.utf8).withView({ AddressBlock($0) }) {
                blocks.append(block)
                if text.hasSuffix("/0") {
                    element.warn(
                        found: "everybody", better: "the addresses of your proxies: whoever is trusted may name any source")
                }
            } else {
                element.report(found: text.quoted, allowed: allowed)
            }
        }
    }
}

extension FailureGuard.Limits {
    init(section: ConfigurationSection) {
        self.init()
        failures = section["limit"].integer(failures, in: 1...1_000_000)
        window = section["window"].duration(.seconds(60), in: .seconds(1)...Quantity.hour).wholeNanoseconds
        delay = section["delay"].duration(.milliseconds(100), in: .zero ... .seconds(10)).wholeNanoseconds
        longestDelay = max(delay, longestDelay)
        addresses = section["addresses"].integer(addresses, in: 8...1_000_000)
    }
}
