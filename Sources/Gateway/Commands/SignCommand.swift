import ArgumentParser
import Bytes
import Routes
import Signer

/// `gateway sign`
struct SignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign one call of the cloud's own API, ready to be sent.",
        discussion: """
            The access key comes from wherever the vendor's tools look: ALIBABA_CLOUD_ACCESS_KEY_ID, \
            ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN first. With --config, key, address, \
            signature and region are those of an account of the configuration. Prints a URL; for signatures in headers, \
            and for calls too long for a URL, a curl command. Parameters have the names of the API and are not checked.

              gateway sign --product ecs --region cn-hangzhou DescribeInstances PageSize=10
              curl "$(gateway sign --product ecs DescribeRegions)"
              gateway sign --config gateway.yaml --account prod --product ecs DescribeRegions
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "The account in the configuration; without, its default one.")
    var account: String?

    @Option(help: "The product's code, such as ecs.")
    var product: String

    @Option(help: "The address to call, https://host[:port]. Default: https://PRODUCT.aliyuncs.com.")
    var endpoint: String?

    @Option(help: "The parameter RegionId.")
    var region: String?

    @Option(help: "How to sign: \(SignatureMethod.allCases.map(\.rawValue).joined(separator: ", ")). Default: hmac-sha1.")
    var signature: SignatureMethod?

    @Option(name: .customLong("api-version"), help: "The API's version, for actions that the catalogue does not know.")
    var version: String?

    @Option(help: ArgumentHelp("The vendor's ini file to take the key from, not the environment.", valueName: "file"))
    var credentials: String?

    @Option(help: "The profile in the ini file; with it, the environment is not asked.")
    var profile: String?

    @Argument(help: "The action, such as DescribeInstances.")
    var action: String

    @Argument(help: "Parameters as Key=value.")
    var parameters: [String] = []

    func validate() throws {
        for parameter in parameters where !parameter.contains("=") || parameter.hasPrefix("=") {
            throw ValidationError("\(parameter.quoted) is no parameter; write Key=value")
        }
        if let endpoint, Endpoint(endpoint) == nil {
            throw ValidationError("\(endpoint.quoted) is no address; write https://host[:port]")
        }
        if account != nil, option.path == nil { throw ValidationError("--account needs --config FILE") }
        if option.path != nil, credentials != nil || profile != nil {
            throw ValidationError("--credentials and --profile do not go with --config, which says where the key comes from")
        }
    }

    func run() async throws {
        let account = try configuredAccount()
        let text = endpoint ?? "https://\(product).aliyuncs.com"
        let configured = endpoint == nil ? account?.endpoints[product] : nil
        guard let endpoint = configured ?? Endpoint(text) else {
            throw CommandFailure("\(text.quoted) is no address; give --endpoint https://host[:port]", exitCode: ExitStatus.usage)
        }
        let call = CloudCall(endpoint: endpoint, action: action, version: try apiVersion())
        let key = try await accessKey(account)
        var wire = WireParameters()
        for parameter in parameters { Self.append(parameter, to: &wire) }
        if let region = region ?? account?.account.region, !parameters.contains(where: { $0.hasPrefix("RegionId=") }) {
            Self.append("RegionId=\(region)", to: &wire)
        }
        let signature = signature ?? account?.account.signature ?? .hmacSHA1
        var request = SignedRequest()
        var stamps = StampSource()
        do throws(SigningError) {
            try stamps.withStamp(Timestamp(wallNanoseconds: SystemClock.wall)) { stamp throws(SigningError) in
                try signature.signer.sign(call, &wire, with: key, stamp: stamp, into: &request)
            }
        } catch {
            throw CommandFailure("\(error)", exitCode: ExitStatus.usage)
        }
        Console.put(request.shellText + [UInt8(ascii: "\n")])
    }

    /// An account of a configuration that calls a real cloud.
    private struct ConfiguredAccount {
        let account: Configuration.Account
        let endpoints: [String: Endpoint]
        let plan: CredentialPlan
    }

    /// The account that the command line names; nil when it names no configuration.
    private func configuredAccount() throws -> ConfiguredAccount? {
        guard let path = option.path else { return nil }
        let configuration = try ConfigurationOption.load(path).configuration
        let found = account.map { name in configuration.accounts.first { $0.name == name } } ?? configuration.defaultAccount
        guard let found else {
            let names = configuration.accounts.map(\.name).alternatives
            throw CommandFailure("there is no account \((account ?? "").quoted); there is \(names)", exitCode: ExitStatus.usage)
        }
        guard case .cloud(let endpoints, let plan) = found.upstream else {
            throw CommandFailure(
                "account \(found.name.quoted) is simulated: its cloud and its key live in a running gateway only")
        }
        return ConfiguredAccount(account: found, endpoints: endpoints, plan: plan)
    }

    private func apiVersion() throws -> String {
        if let version { return version }
        let catalogue = try Catalogue.ofThisBuild()
        for dialect in Dialect.allCases {
            if let operation = catalogue.operation(product: product, action: action, dialect: dialect) {
                return operation.entry.version
            }
        }
        let names = catalogue.operations.filter { $0.entry.product == product }.map(\.entry.action)
        let nearest = NearestName.find(action, among: names).map { "did you mean `\($0)`? Else " } ?? ""
        throw CommandFailure(
            "\(product) has no action \(action.quoted) in the catalogue; \(nearest)give its version by --api-version",
            exitCode: ExitStatus.usage
        )
    }

    /// The key of the account, of the ini file that the command line names, or of wherever the vendor's tools look.
    private func accessKey(_ account: ConfiguredAccount?) async throws -> AccessKey {
        let isProfile = credentials != nil || profile != nil
        let plan = isProfile ? .profile(ProfileFile(.ini, path: credentials, profile: profile)) : account?.plan ?? .standardChain
        do {
            return try await CredentialKeeper.key(of: plan, for: account?.account, endpoints: account?.endpoints ?? [:])
        } catch {
            throw CommandFailure("no access key: \(error)")
        }
    }

    private static func append(_ parameter: String, to wire: inout WireParameters) {
        let bytes = Array(parameter.utf8)
        bytes.withView { text in
            let equals = text.firstOffset(of: UInt8(ascii: "=")) ?? text.count
            wire.append(text.slice(0..<equals), text.slice(equals + 1..<text.count))
        }
    }
}

extension SignatureMethod: ExpressibleByArgument {}

extension SignedRequest {
    /// The URL alone where that is the whole request; else a curl command.
    fileprivate var shellText: [UInt8] {
        var headers: [[UInt8]] = []
        forEachHeader { headers.append(Array($0)) }
        if method == .get, headers.isEmpty { return url }
        var output: [UInt8] = []
        output.append(method == .get ? "curl" : "curl --request POST")
        for header in headers {
            output.append(" --header ")
            output.append(shellQuoted: header)
        }
        if method == .post {
            output.append(" --data ")
            output.append(shellQuoted: body)
        }
        output.append(" ")
        output.append(shellQuoted: url)
        return output
    }
}

extension Array where Element == UInt8 {
    /// Appends `text` in single quotes for a POSIX shell.
    fileprivate mutating func append(shellQuoted text: [UInt8]) {
        append("'")
        for byte in text {
            if byte == UInt8(ascii: "'") { append("'\\''") } else { append(byte) }
        }
        append("'")
    }
}
