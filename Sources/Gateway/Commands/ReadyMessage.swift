import Bytes
import HTTP
import Simulator

/// What `gateway serve` prints when callers can come.
enum ReadyMessage {
    /// A principal of the embedded default and its token.
    struct PrintedToken: Sendable {
        let principal: String
        let token: [UInt8]
        /// What it may do, in a few words.
        let rights: String
    }

    /// The addresses, and with `tokens` what to try with them.
    static func text(of ready: ReadyGateway, tokens: [PrintedToken]) -> [UInt8] {
        var output: [UInt8] = []
        for address in ready.addresses { output.append(text: "ready on \(address)\n") }
        if let simulator = ready.simulator { output.append(text: "the simulated cloud answers on \(simulator)\n") }
        if let simulator = ready.privateSimulator {
            output.append(text: "the simulated private cloud answers on \(simulator)\n")
        }
        guard !tokens.isEmpty else { return output }
        output.append("\nTokens, made for this run and kept nowhere:\n\n")
        for token in tokens {
            output.append(text: "  \(token.principal.padded(to: 8))  ")
            output.append(contentsOf: token.token)
            output.append(text: "  \(token.rights)\n")
        }
        guard let address = ready.addresses.first(where: { if case .tcp = $0 { true } else { false } }),
            let names = ready.introduction
        else { return output }
        output.append("\nTry:\n\n")
        for line in lines(names) {
            guard let token = tokens.first(where: { $0.principal == line.principal })?.token else { continue }
            output.append("  curl -sS -H 'Authorization: Bearer ")
            output.append(contentsOf: token)
            output.append(text: "' \(line.options)'\(address)\(line.path)'\n")
        }
        output.append("\n")
        return output
    }

    private struct Line {
        var principal: String
        var options = ""
        var path: String
    }

    /// A first session: look, create, stop and start, release.
    private static func lines(_ names: Introduction) -> [Line] {
        let instance = """
            {"instanceName":"my-first","zoneId":"\(names.zone)","imageId":"\(names.image)",\
            "instanceType":"\(names.instanceType)","securityGroupId":"\(names.securityGroup)","vSwitchId":"\(names.vSwitch)"}
            """
        let disk = #"{"zoneId":"\#(names.zone)","diskCategory":"cloud_efficiency","size":40}"#
        let json = "-H 'Content-Type: application/json'"
        let running = "/instances/\(names.runningInstance)"
        return [
            Line(principal: "viewer", path: "/instances?pageSize=3"),
            Line(principal: "viewer", path: running),
            Line(principal: "operator", options: "\(json) -d '\(instance)' ", path: "/instances"),
            Line(principal: "operator", options: "\(json) -d '\(disk)' ", path: "/disks"),
            Line(principal: "operator", options: "-X POST -H 'Prefer: wait=30' ", path: "\(running)/stop"),
            Line(principal: "operator", options: "-X POST -H 'Prefer: wait=30' ", path: "\(running)/start"),
            Line(principal: "admin", options: "-X DELETE ", path: "\(running)?force=true"),
        ]
    }
}

extension EmbeddedConfiguration {
    /// The tokens as they are printed.
    var tokens: [ReadyMessage.PrintedToken] {
        var tokens: [ReadyMessage.PrintedToken] = []
        forEachToken { principal, token in
            let rights =
                switch principal {
                case "admin": "everything"
                case "operator": "everything of ECS but deleting images and snapshots"
                default: "look, change nothing"
                }
            tokens.append(.init(principal: principal, token: Array(token), rights: rights))
        }
        return tokens
    }
}

extension String {
    /// The text followed by blanks up to `width` characters.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
