import Bytes
import HTTP
import Routes
import Signer
import Simulator

/// The simulated cloud in the gateway's process, with a key that is made for it alone.
struct Simulation: Sendable {
    static let keyID = "sandbox-key"

    let cloud: Cloud
    let server: SimulatorServer
    let address: BoundAddress
    let credentials: StaticCredentials

    /// Starts it on a loopback port; nil when no account uses it.
    init?(_ configuration: Configuration, _ catalogue: Catalogue) async throws(SystemError) {
        guard configuration.accounts.contains(where: { $0.upstream == .simulated }) else { return nil }
        var secret: [UInt8] = []
        for _ in 0..<4 { secret.append(hex: SystemRandom.bits64()) }
        var cloudConfiguration = CloudConfiguration(
            accessKeys: [.init(id: Self.keyID, secret: String(decoding: secret, as: UTF8.self))])
        if let account = configuration.accounts.first(where: { $0.upstream == .simulated }) {
            cloudConfiguration.accountId = account.accountID
        }
        cloud = Cloud(cloudConfiguration, catalogue: catalogue, clock: .system(speed: configuration.simulator.speed))
        credentials = StaticCredentials(
            AccessKey(id: Array(Self.keyID.utf8), secret: SecretBytes(erasing: &secret)), source: "simulated cloud")
        server = try SimulatorServer(cloud)
        address = try await server.start()
    }

    /// Where the gateway calls it.
    var endpoint: Endpoint? { Endpoint("\(address)") }
}
