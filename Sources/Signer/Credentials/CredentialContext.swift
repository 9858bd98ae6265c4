import Bytes
import Glibc

/// What sources of keys need of the world around them.
public struct CredentialContext: Sendable {
    /// Carries the requests of sources that ask a service.
    public var transport: any CredentialTransport
    /// Signs calls of STS.
    public var signer: any RequestSigner
    /// Where STS is called; nil where nobody said so.
    public var securityTokenService: Endpoint?
    /// Nanoseconds of the wall clock.
    public var clock: @Sendable () -> UInt64
    /// The value of an environment variable; nil when it is not set.
    public var variable: @Sendable (String) -> String?
    /// Asks a person for a passphrase, with this text.
    public var prompt: @Sendable (String) throws(CredentialError) -> LockedBytes

    public init(
        transport: any CredentialTransport, signer: any RequestSigner, securityTokenService: Endpoint?,
        clock: @escaping @Sendable () -> UInt64 = { SystemClock.wall },
        variable: @escaping @Sendable (String) -> String? = CredentialContext.environment,
        prompt: @escaping @Sendable (String) throws(CredentialError) -> LockedBytes = CredentialContext.noPrompt
    ) {
        self.transport = transport
        self.signer = signer
        self.securityTokenService = securityTokenService
        self.clock = clock
        self.variable = variable
        self.prompt = prompt
    }

    /// The process's environment.
    public static let environment: @Sendable (String) -> String? = { name in getenv(name).map { String(cString: $0) } }

    /// Nobody can be asked.
    public static let noPrompt: @Sendable (String) throws(CredentialError) -> LockedBytes = { _ throws(CredentialError) in
        throw CredentialError("passphrase", "nobody can be asked for it: there is no terminal")
    }

    /// Where the public cloud's STS is, as the environment says: in a region, or inside its network, if it names one.
    public static func publicSecurityTokenService(
        _ variable: (String) -> String? = CredentialContext.environment
    ) -> Endpoint? {
        guard let region = variable("ALIBABA_CLOUD_STS_REGION"), !region.isEmpty else {
            return Endpoint("https://sts.aliyuncs.com")
        }
        let isInside = variable("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")?.lowercased() == "true"
        return Endpoint("https://sts\(isInside ? "-vpc" : "").\(region).aliyuncs.com")
    }

    /// A variable's value; nil when it is absent or empty.
    func text(_ name: String) -> String? {
        guard let value = variable(name), !value.isEmpty else { return nil }
        return value
    }

    /// Whether a variable says `true`, letter case ignored.
    func flag(_ name: String) -> Bool { variable(name)?.lowercased() == "true" }
}

extension CredentialContext {
    /// The world of somebody who only reads files.
    public static let offline = CredentialContext(transport: NoTransport(), signer: RPCSigner(.sha1), securityTokenService: nil)

    private struct NoTransport: CredentialTransport {
        func send(_ request: CredentialRequest) throws(CredentialTransportError) -> CredentialAnswer {
            throw CredentialTransportError("there is no network")
        }
    }
}
