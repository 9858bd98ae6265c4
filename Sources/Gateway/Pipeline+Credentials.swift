import Signer

/// By which key the cloud is called: the account's own, or that of a role that is assumed for the caller.
extension Pipeline {
    /// Finds the caller's role in the account, if its principal has roles.
    ///
    /// A principal with roles never gets the gateway's own key: where none of its roles is of the account, it is refused.
    func chooseRole(_ call: Call) throws(Problem) {
        call.role = nil
        guard !services.callerRoles.isEmpty, let caller = call.caller, let account = call.account,
            let roles = services.callerRoles[caller.principal.name]
        else { return }
        guard let role = roles[account.index] else {
            throw Problem(
                403, "Forbidden.NoRole",
                "principal `\(caller.principal.name)` has no role to assume in account `\(account.name)`")
        }
        call.role = role
    }

    /// The key to sign a call with. Waits only for the first key of a role's session.
    func accessKey(for call: Call, _ account: CloudAccount) async throws(Problem) -> AccessKey {
        guard let role = call.role else { return try accountKey(account) }
        do throws(CredentialError) {
            guard let roles = account.roles else { throw CredentialError("STS", "no role can be assumed") }
            return try await roles.key(of: role.session)
        } catch {
            throw Self.noKey(account, " for the caller's role", error)
        }
    }

    /// The key to sign a call with, without waiting; nil when the caller's role has none yet.
    func keyAtHand(for call: Call, _ account: CloudAccount) throws(Problem) -> AccessKey? {
        guard let role = call.role else { return try accountKey(account) }
        return account.roles?.keyAtHand(of: role.session)
    }

    /// The account's own key.
    private func accountKey(_ account: CloudAccount) throws(Problem) -> AccessKey {
        do throws(CredentialError) {
            return try account.credentials.current().key
        } catch {
            throw Self.noKey(account, "", error)
        }
    }

    private static func noKey(_ account: CloudAccount, _ purpose: String, _ error: CredentialError) -> Problem {
        Problem(
            503, "NoCredentials", "account `\(account.name)` has no access key\(purpose): \(error)", origin: .credentials,
            retryable: true, retryAfter: pauseWithoutKey)
    }

    /// Sees to it that a key is renewed which the cloud did not accept.
    func note(_ problem: Problem, of key: AccessKey, _ call: Call, _ account: CloudAccount) {
        guard problem.origin == .credentials, problem.upstream?.code.map(Self.blamesKey) == true else { return }
        if let role = call.role {
            account.roles?.reject(key, of: role.session)
        } else {
            account.credentials.reject(key)
        }
    }

    /// Seconds after which a call that found no key may be tried again.
    private static let pauseWithoutKey = 2

    private static func blamesKey(_ code: String) -> Bool {
        code.hasPrefix("InvalidAccessKeyId") || code.hasPrefix("InvalidSecurityToken")
            || code.hasPrefix("Forbidden.AccessKeyDisabled")
    }
}

/// A role that is assumed for the callers of one principal in one account.
struct CallerRole: Sendable {
    /// Tells it from all others, in cache keys: what one session may see, another may not.
    let number: UInt32
    let session: RoleSession

    /// The roles of all principals, by their names and the positions of accounts.
    static func all(_ configuration: Configuration) -> [String: [Int: CallerRole]] {
        var result: [String: [Int: CallerRole]] = [:]
        var count: UInt32 = 0
        for principal in configuration.principals where !principal.roles.isEmpty {
            var own: [Int: CallerRole] = [:]
            for (index, account) in configuration.accounts.enumerated() {
                let role = principal.roles.first { RoleSession.account(ofRole: $0) == account.accountID }
                guard let role else { continue }
                count += 1
                own[index] = CallerRole(
                    number: count, session: RoleSession(role: role, name: RoleSession.name(for: principal.name)))
            }
            result[principal.name] = own
        }
        return result
    }
}
