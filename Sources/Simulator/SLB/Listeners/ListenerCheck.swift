extension SLB {
    /// What has to hold for the settings of a listener, whoever made or changed them.
    struct ListenerCheck {
        let world: World
        let loadBalancer: LoadBalancer
        let listener: Listener

        /// Throws the documented error for the first thing that is wrong.
        func check() throws(CloudError) {
            try checkServers()
            try checkBandwidth()
            try checkAccess()
            try checkSession()
            try checkHealthCheck()
            try checkCertificates()
            if listener.isOn("ListenerForward") { try checkForwarding() }
            if listener.isOn("ConnectionDrain"), listener.proto == .tcp, listener["ConnectionDrainTimeout"] == nil {
                throw .missing("ConnectionDrainTimeout")
            }
            if let text = listener["Description"], text.unicodeScalars.count > 256 { throw .invalid("Description") }
        }

        private func checkServers() throws(CloudError) {
            if listener["VServerGroupId"] != nil, listener["MasterSlaveServerGroupId"] != nil {
                throw CloudError("Abs.VServerGroupIdAndMasterSlaveServerGroupId.MissMatch")
            }
            for (name, kind) in [("VServerGroupId", ServerGroup.Kind.vServer), ("MasterSlaveServerGroupId", .masterSlave)] {
                guard let id = listener[name] else { continue }
                guard let group = world.slb.serverGroups[id], group.kind == kind, group.loadBalancerId == loadBalancer.id else {
                    throw CloudError("InvalidParameter", about: "VServerGroupId does not exist")
                }
            }
            guard listener.serverGroupId != nil || listener["BackendServerPort"] != nil || listener.isOn("ListenerForward") else {
                throw .missing("BackendServerPort")
            }
        }

        /// Listeners share the bandwidth that the instance pays for.
        private func checkBandwidth() throws(CloudError) {
            let own = listener.number("Bandwidth") ?? -1
            guard own != 0 else { throw CloudError("InvalidParameter", about: "specified bandwidth is not valid") }
            guard loadBalancer.charge.isByBandwidth, own > 0 else { return }
            let others = world.slb.listeners(of: loadBalancer.id).filter { $0.key != listener.key }
            let sum = others.reduce(own) { $0 + max(0, $1.number("Bandwidth") ?? 0) }
            guard sum <= loadBalancer.charge.bandwidth else {
                throw CloudError("InvalidParameter", about: "exceeds the maximum bandwidth")
            }
        }

        private func checkAccess() throws(CloudError) {
            guard listener.isOn("AclStatus") else { return }
            guard let id = listener["AclId"] else { throw .missing("AclId") }
            guard let list = world.slb.accessControlLists[id], list.regionId == loadBalancer.regionId else {
                throw CloudError("AclNotExist")
            }
            guard list.ipVersion == loadBalancer.ipVersion else { throw CloudError("IpVersionConflict") }
        }

        private func checkSession() throws(CloudError) {
            guard listener.isOn("StickySession") else { return }
            guard let type = listener["StickySessionType"] else { throw .missing("StickySessionType") }
            if type == "insert", listener["CookieTimeout"] == nil { throw .missing("CookieTimeout") }
            guard type == "server" else { return }
            guard let cookie = listener["Cookie"] else { throw .missing("Cookie") }
            guard SLB.Naming.isCookie(cookie) else { throw .invalid("Cookie") }
        }

        private func checkHealthCheck() throws(CloudError) {
            if let uri = listener["HealthCheckURI"], !SLB.Naming.isPath(uri) { throw .invalid("HealthCheckURI") }
            if let domain = listener["HealthCheckDomain"], domain != "$_ip", !SLB.Naming.isDomain(domain) {
                throw .invalid("HealthCheckDomain")
            }
            for name in ["HealthCheckReq", "HealthCheckExp"] {
                if let text = listener[name], !SLB.Naming.isAlphanumeric(text) { throw CloudError("InvalidParam.\(name)") }
            }
        }

        private func checkCertificates() throws(CloudError) {
            guard listener.proto == .https else { return }
            if let id = listener["ServerCertificateId"] {
                _ = try world.slb.certificate(id, .server, in: loadBalancer.regionId)
            }
            if let id = listener["CACertificateId"] {
                _ = try world.slb.certificate(id, .authority, in: loadBalancer.regionId)
            }
        }

        private func checkForwarding() throws(CloudError) {
            guard let port = listener.number("ForwardPort") else { throw .missing("ForwardPort") }
            let target = Listener.Key(loadBalancerId: loadBalancer.id, port: port, proto: .https)
            guard world.slb.listeners[target.text] != nil else { throw CloudError("ListenerNotFound") }
        }
    }
}
