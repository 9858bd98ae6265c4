import Bytes

extension SLB {
    /// TLS policies of the account's own.
    enum TLSCipherPolicyActions {
        static let handlers: [String: ActionHandler] = [
            "CreateTLSCipherPolicy": create,
            "ListTLSCipherPolicies": list,
            "SetTLSCipherPolicyAttribute": set,
            "DeleteTLSCipherPolicy": delete,
        ]

        private static let quotaPerRegion = 50

        @Sendable
        private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            let (name, versions, ciphers) = try contents(context)
            guard world.slb.cipherPolicies.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
                throw CloudError("TLSCipherPolicyOverLimit")
            }
            let policy = TLSCipherPolicy(
                id: world.identifiers.resource("tls"), regionId: region, name: name, versions: versions, ciphers: ciphers,
                state: configuring(context), creationTime: context.now)
            world.slb.cipherPolicies[policy.id] = policy
            return ["TLSCipherPolicyId": .string(policy.id)]
        }

        @Sendable
        private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let region = try context.requiredRegion()
            let parameters = context.parameters
            let found = world.slb.cipherPolicies.newestFirst.filter { policy in
                policy.regionId == region && (parameters.text("TLSCipherPolicyId").map { $0 == policy.id } ?? true)
                    && (parameters.text("Name").map { $0 == policy.name } ?? true)
            }
            guard let page = TokenPage(found, context, size: parameters.integer("MaxItems") ?? 20) else {
                throw CloudError("QueryTokenInvalid")
            }
            return [
                "TotalCount": .integer(found.count), "NextToken": .string(page.nextToken),
                // So the reference has it: true says that this is the last page.
                "IsTruncated": .bool(page.nextToken.isEmpty),
                "TLSCipherPolicies": .array(
                    page.items.map { policy in
                        [
                            "InstanceId": .string(policy.id), "Name": .string(policy.name),
                            "Status": .string(policy.state.state(at: context.now).rawValue),
                            "CreateTime": .number("\(policy.creationTime.milliseconds)"),
                            "TLSVersions": .array(policy.versions.map { .string($0) }),
                            "Ciphers": .array(policy.ciphers.map { .string($0) }),
                            // Listeners name the policies of the system only.
                            "RelateListeners": [],
                        ]
                    }),
            ]
        }

        @Sendable
        private static func set(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            var policy = try settled(world, context)
            let (name, versions, ciphers) = try contents(context)
            guard (name, versions, ciphers) != (policy.name, policy.versions, policy.ciphers) else {
                throw CloudError("TLSPolicyUnchanged")
            }
            (policy.name, policy.versions, policy.ciphers) = (name, versions, ciphers)
            policy.state = configuring(context)
            world.slb.cipherPolicies[policy.id] = policy
            return ["TaskId": .string(world.identifiers.serialNumber())]
        }

        @Sendable
        private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
            let policy = try settled(world, context)
            world.slb.cipherPolicies[policy.id] = nil
            return .empty
        }

        /// The policy of the call, which must not be on its way.
        private static func settled(_ world: World, _ context: ActionContext) throws(CloudError) -> TLSCipherPolicy {
            let region = try context.requiredRegion()
            guard let policy = world.slb.cipherPolicies[try context.required("TLSCipherPolicyId")], policy.regionId == region
            else {
                throw CloudError("InvalidTLSPolicyId.NotExist")
            }
            guard policy.state.isSettled(at: context.now) else { throw CloudError("TLSPolicyConfiguring") }
            return policy
        }

        private static func configuring(_ context: ActionContext) -> Timeline<TLSCipherPolicy.State> {
            Timeline(
                from: context.now, [(state: .configuring, lasting: context.durations[own: SLB.Step.policyConfiguring])],
                target: .normal)
        }

        private static func contents(
            _ context: ActionContext
        ) throws(CloudError) -> (name: String, versions: [String], ciphers: [String]) {
            let name = try context.required("Name")
            guard SLB.Naming.isName(name, 2...128) else { throw .invalid("Name") }
            let versions = context.parameters.list("TLSVersions")
            let ciphers = context.parameters.list("Ciphers")
            guard Set(versions).count == versions.count else { throw CloudError("ParamDuplicateError.TlsVersions") }
            guard Set(ciphers).count == ciphers.count else { throw CloudError("ParamDuplicateError.Ciphers") }
            let possible = versions.reduce(into: Set<String>()) { $0.formUnion(TLSCipherPolicy.suites[$1] ?? []) }
            guard ciphers.allSatisfy(possible.contains) else { throw CloudError("TLSPolicyNoSupportCipher") }
            return (name, versions, ciphers)
        }
    }
}
