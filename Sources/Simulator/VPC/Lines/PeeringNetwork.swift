/// The small network between the two ends of a leased line.
struct PeeringNetwork {
    let localGatewayIp: String
    let peerGatewayIp: String
    let subnetMask: String

    /// Checks the addresses of both ends and the mask, which has 24 to 30 bits and may be dotted; `ipFault` is the code for
    /// an address that is none, with `name` in place of the parameter's.
    init(local: String, peer: String, mask: String, ipFault: (_ name: String) -> String) throws(CloudError) {
        guard let localAddress = IPv4Address(local) else { throw CloudError(ipFault("LocalGatewayIp")) }
        guard let peerAddress = IPv4Address(peer) else { throw CloudError(ipFault("PeerGatewayIp")) }
        guard let bits = Self.bits(mask), (24...30).contains(bits) else {
            throw CloudError("InvalidPeeringSubnetMask.Malformed")
        }
        let host = UInt32(32 - bits)
        guard localAddress.value >> host == peerAddress.value >> host, localAddress != peerAddress else {
            throw CloudError("InvalidIp.NotSameSubnet")
        }
        localGatewayIp = local
        peerGatewayIp = peer
        subnetMask = mask
    }

    /// The length of a mask that is written as a number or dotted; nil when it is none.
    private static func bits(_ mask: String) -> Int? {
        if let number = Int(mask) { return number }
        guard let value = IPv4Address(mask)?.value else { return nil }
        let bits = (~value).leadingZeroBitCount
        return bits == 32 || value << UInt32(bits) == 0 ? bits : nil
    }
}
