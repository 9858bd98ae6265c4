import ArgumentParser
import Bytes
import Routes
import Signer

/// `gateway sign`
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign one call of the cloud's own API, ready to be sent.",
        discussion: """
            The access key comes from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and \
            ALIBABA_CLOUD_SECURITY_TOKEN, or, where those are not set, from the vendor's ini file. Prints a URL; for \
            signatures in headers, and for calls too long for a URL, a curl command. Parameters have the names of the \
            API and are not checked.

              gateway sign --product ecs --region cn-hangzhou DescribeInstances PageSize=10
              curl "$(gateway sign --product ecs DescribeRegions)"
            """
    )

    @Option(help: "The product's code, such as ecs.")
    var product: String

    @Option(help: "The address to call, https://host[:port]. Default: https://PRODUCT.aliyuncs.com.")
    var endpoint: String?

    @Option(help: "The parameter RegionId.")
    var region: String?

    @Option(help: "How to sign: \(SignatureMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
    var signature = SignatureMethod.hmacSHA1

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
    }

    func run() throws {
        let text = endpoint ?? "https://\(product).aliyuncs.com"
        guard let endpoint = Endpoint(text) else {
            throw CommandFailure("\(text.quoted) is no address; give --endpoint https://host[:port]", exitCode: ExitStatus.usage)
        }
        let call = CloudCall(endpoint: endpoint, action: action, version: try apiVersion())
        let key = try accessKey()
        var wire = WireParameters()
        for parameter in parameters { Self.append(parameter, to: &wire) }
        if let region, !parameters.contains(where: { $0.hasPrefix("RegionId=") }) {
            Self.append("RegionId=\(region)", to: &wire)
        }
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

    /// The environment's key, or, where that has none or the command line says so, the ini file's.
    private func accessKey() throws -> AccessKey {
        var reasons: [String] = []
        do throws(CredentialError) {
            if credentials == nil, profile == nil { return try EnvironmentCredentials().current().key }
        } catch {
            reasons.append("\(error)")
        }
        do throws(CredentialError) {
            return try FileCredentials(path: credentials, profile: profile).current().key
        } catch {
            throw CommandFailure("no access key: \((reasons + ["\(error)"]).joined(separator: "; "))")
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
