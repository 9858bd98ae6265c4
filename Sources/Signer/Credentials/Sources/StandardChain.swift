import Glibc
import Synchronization

/// The places where the vendor's SDKs look for a key, in their order: environment, OIDC role of a pod, `config.json`, ini
/// file, metadata service, credentials URI. The first that gives a key is kept.
final class StandardChain: CredentialSource {
    private enum Link: Sendable {
        case source(any CredentialSource)
        case broken(CredentialError)
    }

    private let links: [Link]
    private let kept = Mutex<(any CredentialSource)?>(nil)

    init(_ context: CredentialContext) {
        links = Self.plans(context).map { plan in
            do throws(CredentialError) {
                return .source(try plan.source(context))
            } catch {
                return .broken(error)
            }
        }
    }

    var name: String { kept.withLock { $0?.name } ?? "standard chain" }
    var isLocal: Bool { kept.withLock { $0?.isLocal } ?? false }
    var isOutdated: Bool { kept.withLock { $0 }?.isOutdated ?? false }

    func load() async throws(CredentialError) -> Credentials {
        if let source = kept.withLock({ $0 }) { return try await source.load() }
        var reasons: [String] = []
        for link in links {
            do throws(CredentialError) {
                guard case .source(let source) = link else {
                    if case .broken(let error) = link { throw error }
                    continue
                }
                let credentials = try await source.load()
                // Only now: a source that gave no key must not keep the others from being asked.
                kept.withLock { $0 = source }
                return credentials
            } catch {
                reasons.append("\(error)")
            }
        }
        throw CredentialError("standard chain", "no source has a key: \(reasons.joined(separator: "; "))")
    }

    private static func plans(_ context: CredentialContext) -> [CredentialPlan] {
        var plans: [CredentialPlan] = [.environment]
        if OIDCRole.isNamed(context) { plans.append(.oidcRole(OIDCRole())) }
        if !context.flag("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") { plans.append(.profile(ProfileFile(.tool))) }
        plans.append(.profile(ProfileFile(.ini)))
        if !context.flag("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
            let name = context.text("ALIBABA_CLOUD_ECS_METADATA").flatMap { InstanceRole.isName($0.utf8) ? $0 : nil }
            plans.append(.instanceRole(InstanceRole(name: name, isHardened: context.flag("ALIBABA_CLOUD_IMDSV1_DISABLED"))))
        }
        if let url = context.text("ALIBABA_CLOUD_CREDENTIALS_URI"), CredentialsURI.isURL(url) { plans.append(.uri(url)) }
        return plans
    }
}
