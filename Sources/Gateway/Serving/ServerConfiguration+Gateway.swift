import HTTP

extension ServerConfiguration {
    /// - Throws: ``ServeError`` for a TLS file that cannot be read any more.
    init(_ configuration: Configuration) throws(ServeError) {
        var listeners: [Listener] = []
        for listener in configuration.listeners {
            switch listener.endpoint {
            case .unix(let path, let mode): listeners.append(.unix(path: path, mode: mode))
            case .tcp(let address, let port):
                var tls: TLS?
                if let files = listener.tls {
                    tls = TLS(
                        certificate: try Self.text(files.certificate), key: try Self.text(files.key),
                        clients: try files.clients.map { clients throws(ServeError) in
                            TLS.Clients(
                                authorities: try Self.text(clients.authorities),
                                revocations: try clients.revocations.map(Self.text), isRequired: clients.isRequired)
                        })
                }
                listeners.append(.tcp(host: address, port: port, tls: tls))
            }
        }
        self.init(listeners: listeners, limits: ServerLimits(configuration.limits))
    }

    private static func text(_ path: String) throws(ServeError) -> String {
        do {
            return String(decoding: try FileText.contents(of: path, limit: 1 << 20), as: UTF8.self)
        } catch {
            throw ServeError("\(path): \(error.reason)")
        }
    }
}

extension ServerLimits {
    init(_ limits: Configuration.Limits) {
        self.init()
        headBytes = limits.head
        headerCount = limits.headers
        targetBytes = limits.url
        bodyBytes = limits.body
        connections = limits.connections
        connectionsPerAddress = limits.connectionsPerAddress ?? limits.connections
        idleTime = limits.idleTime
        headTime = limits.headTime
        bodyTime = limits.bodyTime
        writeTime = limits.writeTime
    }
}
