import Auth
import Bytes
import Signer

/// Reads what makes the session of a role.
enum SessionReader {
    private static let roleForm = "`acs:ram::ACCOUNT:role/NAME`"

    /// The ARN of a role, in the account of this number unless that is nil or unknown: resources are named, and judged, as
    /// the account's own.
    static func role(_ value: ConfigurationValue, in account: String?) -> String {
        let role = value.requiredText(allowed: roleForm) { RoleSession.account(ofRole: $0) != nil }
        if let account, !account.isEmpty, let other = RoleSession.account(ofRole: role), other != account {
            value.report(
                found: "a role of account \(other.quoted)", allowed: "a role of this entry's `account-id`, \(account.quoted)")
        }
        return role
    }

    /// The name of a session; nil when nothing stands there.
    static func name(_ value: ConfigurationValue) -> String? {
        guard value.isPresent else { return nil }
        return value.requiredText(allowed: "2 to 64 letters, digits, `.`, `@`, `-` and `_`", where: RoleSession.isName)
    }

    static func duration(_ value: ConfigurationValue) -> Int {
        let standard = Duration.seconds(RoleSession.standardDuration)
        let range = Duration.seconds(RoleSession.shortestDuration)...Duration.seconds(RoleSession.longestDuration)
        return Int(value.duration(standard, in: range).components.seconds)
    }

    static func externalID(_ value: ConfigurationValue) -> String? {
        guard value.isPresent else { return nil }
        return value.requiredText(allowed: "2 to 1224 letters, digits and `+=,.@:/-_`") { text in
            (2...1224).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+=,.@:/-_".utf8.contains($0) }
        }
    }

    /// The policy of a session: the text under `policy`, or that of the file `policy-file`.
    static func policy(_ section: ConfigurationSection) -> String? {
        let inline = section["policy"]
        let file = section["policy-file"]
        if inline.isPresent, file.isPresent {
            file.report(found: "`policy-file` beside `policy`", allowed: "one of them")
        }
        let allowed = "a RAM policy of at most \(RoleSession.longestPolicy) bytes"
        let value = inline.isPresent ? inline : file
        guard value.isPresent else { return nil }
        let text = inline.isPresent ? inline.scalar(allowed: allowed) : content(of: file, allowed: allowed)
        guard let text else { return nil }
        if text.utf8.count > RoleSession.longestPolicy {
            value.report(found: "a text of \(text.utf8.count) bytes", allowed: allowed)
        }
        do throws(PolicyFaults) {
            _ = try Array(text.utf8).withView { (text) throws(PolicyFaults) in try PolicyDocument(parsing: text, name: "session")
            }
        } catch {
            for fault in error.faults {
                let place = fault.path.isEmpty ? "" : " in \(fault.path)"
                value.report(found: "a policy with \(fault.found)\(place)", allowed: fault.allowed)
            }
        }
        return text
    }

    private static func content(of file: ConfigurationValue, allowed: String) -> String? {
        let path = file.path(allowed: allowed)
        guard !path.isEmpty else { return nil }
        do {
            return String(decoding: try FileText.contents(of: path, limit: 1 << 16), as: UTF8.self)
        } catch {
            file.report(found: "\(path.quoted): \(error.reason)", allowed: allowed)
            return nil
        }
    }
}
