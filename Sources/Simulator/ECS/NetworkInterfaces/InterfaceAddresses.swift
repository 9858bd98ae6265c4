/// The private addresses that CreateNetworkInterface asks for, or the lowest free ones of the vSwitch.
struct InterfaceAddresses {
    let primary: String
    let secondary: [String]

    init(_ world: World, _ vSwitch: VSwitch, _ parameters: CallParameters) throws(CloudError) {
        // No vSwitch of the simulated cloud has an IPv6 block or gives out prefixes.
        for name in ["Ipv6Address", "Ipv6Prefix", "Ipv4Prefix"] {
            guard parameters.list(name).isEmpty, parameters.text("\(name)Count") == nil else { throw .invalid(name) }
        }
        let listed = parameters.list("PrivateIpAddress")
        let count = parameters.integer("SecondaryPrivateIpAddressCount")
        guard listed.isEmpty || count == nil else { throw CloudError("InvalidParameter.Conflict") }
        let wanted = [parameters.text("PrimaryIpAddress")].compactMap { $0 } + listed
        guard Set(wanted).count == wanted.count else { throw CloudError("InvalidIp.IpRepeated") }
        let used = world.addresses(in: vSwitch.id)
        for address in wanted {
            guard IPv4Address(address) != nil else { throw CloudError("InvalidIp.Address") }
            guard world.isAssignable(address, in: vSwitch) else { throw CloudError("InvalidVSwitchId.IpInvalid") }
            guard !used.contains(address) else { throw CloudError("InvalidPrivateIpAddress.Duplicated") }
        }
        var taken = Set(wanted)
        func next() throws(CloudError) -> String {
            guard let address = world.freeAddress(in: vSwitch, besides: taken) else {
                throw CloudError("InvalidVSwitchId.IpNotEnough")
            }
            taken.insert(address)
            return address
        }
        if let address = parameters.text("PrimaryIpAddress") { primary = address } else { primary = try next() }
        var secondary = listed
        for _ in 0..<max(0, count ?? 0) { secondary.append(try next()) }
        self.secondary = secondary
    }
}
