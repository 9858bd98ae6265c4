extension SLB {
    /// An instance of the service: an address that listeners share.
    struct LoadBalancer: Sendable {
        enum AddressType: String, Hashable, Sendable { case internet, intranet }

        enum Status: String, Hashable, Sendable { case active, inactive, locked }

        enum PayType: String, Hashable, Sendable {
            case payOnDemand = "PayOnDemand"
            case prePay = "PrePay"
        }

        /// How traffic is paid for.
        struct Charge: Hashable, Sendable {
            var isByBandwidth = false
            /// Mbit/s; -1 when traffic is paid for.
            var bandwidth = -1

            var name: String { isByBandwidth ? "paybybandwidth" : "paybytraffic" }
            /// What DescribeLoadBalancers calls it.
            var code: String { isByBandwidth ? "3" : "4" }
        }

        /// A change of the charge method, which waits for the next day.
        struct PendingCharge: Sendable {
            var charge: Charge
            var instanceChargeType: String?
            var start: SimulatedTime
        }

        let id: String
        let regionId: String
        var name: String
        let addressType: AddressType
        var ipVersion = "ipv4"
        let address: String
        var vpcId = ""
        var vSwitchId = ""
        let masterZoneId: String
        let slaveZoneId: String
        /// Empty when usage is paid for.
        var spec: String
        var payType = PayType.payOnDemand
        /// `PayBySpec` or `PayByCLCU`.
        var instanceChargeType = "PayBySpec"
        var charge: Charge
        var pendingCharge: PendingCharge?
        let creationTime: SimulatedTime
        /// End of a subscription.
        var endTime: SimulatedTime?
        var setStatus = Status.active
        var hasDeleteProtection = false
        var hasModificationProtection = false
        var modificationProtectionReason = ""
        var resourceGroupId = ""
        /// The default server group.
        var servers: [BackendServer] = []

        /// Sizes, smallest first.
        static let specs = ["slb.s1.small", "slb.s2.small", "slb.s2.medium", "slb.s3.small", "slb.s3.medium", "slb.s3.large"]

        var networkType: String { vpcId.isEmpty ? "classic" : "vpc" }

        /// `hangzhou` for `cn-hangzhou`.
        var regionAlias: String { regionId.hasPrefix("cn-") ? String(regionId.dropFirst(3)) : regionId }

        /// A subscription that is over locks the instance.
        func status(at now: SimulatedTime) -> Status {
            if let endTime, endTime <= now { return .locked }
            return setStatus
        }

        /// Refuses work on a locked instance.
        func checkUnlocked(at now: SimulatedTime) throws(CloudError) {
            guard status(at: now) != .locked else { throw CloudError("ActionNotAllowed", about: "any Business Reason") }
        }

        /// Refuses a change of specification or charges while another one waits for the next day.
        func checkUnchanged() throws(CloudError) {
            guard pendingCharge == nil else { throw CloudError("ActionNotAllowed", about: "any Operate Reason") }
        }

        /// Puts the waiting change of charges into effect.
        mutating func settleCharge() {
            guard let pending = pendingCharge else { return }
            charge = pending.charge
            if let type = pending.instanceChargeType {
                instanceChargeType = type
                spec = ""
            }
            pendingCharge = nil
        }
    }
}

extension SimulatedTime {
    /// The next midnight in China, when changes of charges come into effect.
    var nextDayInChina: SimulatedTime {
        let day: Int64 = 86_400_000
        let offset: Int64 = 28_800_000
        let local = milliseconds &+ offset
        let start = local &- (local % day + day) % day
        return SimulatedTime(milliseconds: start &+ day &- offset)
    }
}
