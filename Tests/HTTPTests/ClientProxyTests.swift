import Bytes
import Testing

@testable import HTTP

@Suite struct ClientProxyTests {
    private func configuration(_ proxy: ProxySettings) -> ClientConfiguration {
        var configuration = ClientConfiguration()
        configuration.proxy = proxy
        return configuration
    }

    @Test func plainCallsGoThroughTheProxyWithTheirWholeURL() async throws {
        let log = Log()
        let proxy = try FaultServer { peer, _ in
            while let request = peer.readRequest() {
                log.note(request.split(separator: "\r\n").first.map(String.init) ?? "")
                peer.answer("proxied")
            }
        }
        defer { proxy.stop() }
        let settings = ProxySettings(http: "http://127.0.0.1:\(proxy.port)")
        let texts = try await withClient(configuration(settings)) { client in
            var texts: [String?] = []
            for target in ["/?a=1", "/?a=2"] {
                texts.append(await client.get(Array("http://cloud.invalid\(target)".utf8)).text)
            }
            return texts
        }
        #expect(texts == ["proxied", "proxied"])
        #expect(log.all == ["GET http://cloud.invalid/?a=1 HTTP/1.1", "GET http://cloud.invalid/?a=2 HTTP/1.1"])
    }

    @Test func secureCallsAskTheProxyForATunnel() async throws {
        let log = Log()
        let proxy = try FaultServer { peer, _ in
            log.note(peer.readRequest() ?? "")
            peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        }
        defer { proxy.stop() }
        let settings = ProxySettings(https: "http://user:pass@127.0.0.1:\(proxy.port)")
        let error = try await withClient(configuration(settings)) { client in
            await client.get(Array("https://cloud.invalid/?Signature=s3cret".utf8)).error
        }
        #expect(error == UpstreamError(.proxyRefused(status: 403), mayHaveArrived: false))
        #expect(log.all.count == 1)
        #expect(log.all[0].hasPrefix("CONNECT cloud.invalid:443 HTTP/1.1\r\n"))
        #expect(log.all[0].contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"))
        #expect(!log.all[0].contains("s3cret"))
    }

    @Test(arguments: [("", false), ("127.0.0.0/8", false), ("cloud.invalid", true), (".invalid", true), ("*", true)])
    func exceptionsAreReachedDirectly(_ exceptions: String, _ isDirect: Bool) async throws {
        let proxy = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("proxied") }
        }
        defer { proxy.stop() }
        let settings = ProxySettings(http: "http://127.0.0.1:\(proxy.port)", exceptions: exceptions)
        let outcome = try await withClient(configuration(settings)) { client in
            await client.get(Array("http://cloud.invalid/".utf8))
        }
        #expect((outcome.text == "proxied") != isDirect)
        if isDirect { #expect(outcome.error == UpstreamError(.nameNotResolved, mayHaveArrived: false)) }
    }

    @Test func thisMachineIsNeverProxied() async throws {
        let server = try FaultServer { peer, _ in
            while let request = peer.readRequest() { peer.answer(request.hasPrefix("GET /x HTTP") ? "direct" : "proxied") }
        }
        let proxy = try FaultServer { peer, _ in
            while peer.readRequest() != nil { peer.answer("proxied") }
        }
        defer { server.stop() }
        defer { proxy.stop() }
        let settings = ProxySettings(http: "http://127.0.0.1:\(proxy.port)", exceptions: "example.com")
        let text = try await withClient(configuration(settings)) { await $0.get(server.url("/x")).text }
        #expect(text == "direct")
    }
}
