import Routes
import Testing

@testable import Simulator

/// Calls of every action with values out of place: none traps, and every answer and error is a documented one.
@Suite struct VpcRandomCallTests {
    private static let oddities = [
        "0.0.0.0/0", "255.255.255.255", "10.8.1.0/29", "10.8.0.0/16", "9223372036854775807", "-1", "0", "65535", "a,b,,c", "[]",
        "{}",
        "{\"Psk\":1,\"IkeLifetime\":1e99}", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "true", "x",
        "cn-hangzhou", "cn-hangzhou-h", "é\u{1F600}", String(repeating: "k", count: 300),
    ]

    /// Ids of everything that the fleet has.
    private static func ids(_ world: World) -> [String] {
        var ids = world.vpcs.all.flatMap { [$0.id, $0.router.id, $0.router.routeTableId] } + world.vSwitches.all.map(\.id)
        ids += world.instances.all.prefix(3).map(\.id) + world.slb.loadBalancers.all.map(\.id) + world.vpc.eips.all.map(\.id)
        ids += world.vpc.natGateways.all.flatMap { [$0.id, $0.forwardTableId, $0.snatTableId] }
        ids += world.vpc.forwardEntries.all.map(\.id) + world.vpc.snatEntries.all.map(\.id) + world.vpc.eips.all.map(\.address)
        ids +=
            world.vpc.vpnGateways.all.map(\.id) + world.vpc.customerGateways.all.map(\.id)
            + world.vpc.vpnConnections.all.map(\.id)
        return ids + world.vpc.physicalConnections.all.map(\.id) + world.vpc.commonPackages.all.map(\.id)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `nothing traps`(seed: UInt64) throws {
        let test = try TestCloud.network()
        var random = IdentifierGenerator(seed: seed)
        let values = Self.oddities + test.cloud.withWorld { Self.ids($0) }
        let entries = try TestCloud.catalogue.get().operations.map(\.entry).filter { $0.product == "vpc" }
        var successes = 0
        for round in 0..<12 {
            for entry in entries {
                var call: [String: String] = [:]
                for parameter in entry.parameters {
                    guard parameter.requirement == .required || random.below(3) == 0 else { continue }
                    let name = parameter.name.split(separator: ".").map { ["n", "m"].contains($0) ? "1" : String($0) }
                    call[name.joined(separator: ".")] = Self.value(of: parameter, values, round, &random)
                }
                let reply = test.call(entry.action, call)
                successes += reply.status == 200 ? 1 : 0
                test.clock.advance(seconds: Int64(random.below(20)))
            }
        }
        #expect(successes > 100)
    }

    /// Mostly a value that the parameter allows, so that calls come far.
    private static func value(
        of parameter: Parameter, _ values: [String], _ round: Int, _ random: inout IdentifierGenerator
    ) -> String {
        if parameter.name == "RegionId", random.below(20) > 0 { return "cn-hangzhou" }
        if !parameter.allowedValues.isEmpty, random.below(10) > 0 {
            return parameter.allowedValues[random.below(parameter.allowedValues.count)]
        }
        if let least = parameter.minimum, random.below(4) > 0 { return String(Int(least) + random.below(6)) }
        return values[random.below(values.count)]
    }
}
