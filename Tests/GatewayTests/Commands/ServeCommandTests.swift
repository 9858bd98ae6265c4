import HTTP
import Testing

@testable import Gateway
@testable import Simulator

@Suite struct ServeCommandTests {
    static func command(_ arguments: String...) throws -> ServeCommand {
        try #require(try GatewayTool.parseAsRoot(["serve"] + arguments) as? ServeCommand)
    }

    @Test func theCommandLineGoesBeforeTheConfiguration() throws {
        let command = try Self.command(
            "--listen", "127.0.0.1:0", "--listen", "unix:/tmp/g.sock", "--speed", "100", "--log-format", "json"
        )
        let adjusted = try command.adjusted(EmbeddedConfiguration().configuration)
        #expect(
            adjusted.listeners == [
                .init(.tcp(address: "127.0.0.1", port: 0)), .init(.unix(path: "/tmp/g.sock", mode: 0o660)),
            ]
        )
        #expect(adjusted.simulator.speed == 100)
        #expect(adjusted.log.format == .json)
    }

    @Test func withoutOptionsNothingChanges() throws {
        let configuration = EmbeddedConfiguration().configuration
        #expect(try Self.command().adjusted(configuration) == configuration)
    }

    @Test func speedNeedsASimulatedAccount() throws {
        var configuration = EmbeddedConfiguration().configuration
        for index in configuration.accounts.indices {
            configuration.accounts[index].upstream = .cloud(endpoints: [:], credentials: .environment)
        }
        #expect(throws: CommandFailure.self) { try Self.command("--speed", "2").adjusted(configuration) }
    }

    @Test func whatIsPrintedWhenCallersCanCome() throws {
        let address = BoundAddress.tcp(try #require(IPAddress("127.0.0.1")), port: 8080, isSecure: false)
        let introduction = Introduction(
            runningInstance: "i-1", zone: "z", image: "m-1", instanceType: "t", securityGroup: "sg-1", vSwitch: "vsw-1"
        )
        let ready = ReadyGateway(
            addresses: [.unix(path: "/tmp/g"), address], simulator: address, privateSimulator: address,
            introduction: introduction)
        let tokens = EmbeddedConfiguration().tokens
        let lines = String(decoding: ReadyMessage.text(of: ready, tokens: tokens), as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("ready on unix:/tmp/g"))
        #expect(lines.contains("ready on http://127.0.0.1:8080"))
        #expect(lines.contains("the simulated cloud answers on http://127.0.0.1:8080"))
        #expect(lines.contains("the simulated private cloud answers on http://127.0.0.1:8080"))
        for token in tokens {
            let text = String(decoding: token.token, as: UTF8.self)
            #expect(lines.contains { $0.hasPrefix("  \(token.principal) ") && $0.contains(text) })
        }
        let curls = lines.filter { $0.hasPrefix("  curl ") }
        #expect(curls.count == 7)
        #expect(curls.allSatisfy { $0.contains("'http://127.0.0.1:8080/") && $0.contains("Bearer acsgw_") })
        #expect(curls.last?.contains("-X DELETE") == true)
    }

    @Test func withAConfigurationNoTokensArePrinted() throws {
        let address = BoundAddress.tcp(try #require(IPAddress("127.0.0.1")), port: 8080, isSecure: true)
        let text = ReadyMessage.text(of: ReadyGateway(addresses: [address]), tokens: [])
        #expect(String(decoding: text, as: UTF8.self) == "ready on https://127.0.0.1:8080\n")
    }
}
