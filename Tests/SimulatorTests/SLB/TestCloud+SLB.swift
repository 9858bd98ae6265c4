import Testing

@testable import Simulator

/// Load balancers for stories.
extension TestCloud {
    var slb: TestCloud { calling("slb") }

    /// Parameters with the region.
    static func here(_ more: [String: String] = [:]) -> [String: String] {
        ["RegionId": "cn-hangzhou"].merging(more) { _, new in new }
    }

    /// Makes a public load balancer and gives its id.
    func addLoadBalancer(_ more: [String: String] = [:]) -> String {
        slb.succeed("CreateLoadBalancer", Self.here(["LoadBalancerSpec": "slb.s1.small"]).merging(more) { $1 }).text(
            "LoadBalancerId")
    }

    /// Smallest parameters of a listener.
    static func listener(_ loadBalancer: String, _ proto: String, _ port: Int, _ more: [String: String] = [:]) -> [String: String]
    {
        var parameters = here([
            "LoadBalancerId": loadBalancer, "ListenerPort": "\(port)", "BackendServerPort": "80", "Bandwidth": "-1",
        ])
        if proto.hasPrefix("HTTP") {
            parameters["HealthCheck"] = "on"
            parameters["StickySession"] = "off"
        }
        return parameters.merging(more) { _, new in new }
    }

    /// Makes a listener, starts it, and lets it run.
    func addListener(_ loadBalancer: String, _ proto: String, _ port: Int, _ more: [String: String] = [:]) {
        slb.succeed("CreateLoadBalancer\(proto)Listener", Self.listener(loadBalancer, proto, port, more))
        slb.succeed("StartLoadBalancerListener", Self.port(loadBalancer, port, proto))
        clock.advance(seconds: 60)
    }

    /// Parameters that name a listener.
    static func port(_ loadBalancer: String, _ port: Int, _ proto: String? = nil) -> [String: String] {
        var parameters = here(["LoadBalancerId": loadBalancer, "ListenerPort": "\(port)"])
        if let proto { parameters["ListenerProtocol"] = proto.lowercased() }
        return parameters
    }

    /// Servers in the default group of a load balancer, as their ids.
    func servers(of loadBalancer: String) -> [String] {
        slb.succeed("DescribeLoadBalancerAttribute", ["LoadBalancerId": loadBalancer]).list("BackendServers.BackendServer")
            .map { $0["ServerId"].text ?? "" }
    }

    /// A list of servers as JSON, each with the same further members.
    static func servers(_ ids: [String], _ more: String = "") -> String {
        "[" + ids.map { #"{"ServerId":"\#($0)"\#(more)}"# }.joined(separator: ",") + "]"
    }

    /// Uploads the test certificate and gives its id.
    func addCertificate() -> String {
        slb.succeed(
            "UploadServerCertificate",
            Self.here([
                "ServerCertificate": TestCertificate.certificate, "PrivateKey": TestCertificate.key,
            ])
        ).text("ServerCertificateId")
    }
}
